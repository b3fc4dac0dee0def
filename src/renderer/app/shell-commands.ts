import type { Room } from '../stores/navigation-store.ts';
import { wordsOf } from '../words/words.ts';
import type { Command } from './command.ts';

const go = (room: Room, digit: string): Command => ({
  id: `go.${room}`,
  title: () => wordsOf('shell')(room),
  keys: [`Mod+${digit}`],
  where: 'anywhere',
  run: ({ navigation }) => navigation.go({ room }),
});

export const shellCommands: readonly Command[] = [
  {
    id: 'transport.toggle',
    title: () => wordsOf('shell')('playOrPause'),
    keys: ['Space'],
    where: 'anywhere',
    run: ({ player }) => player.toggle(),
  },
  {
    id: 'transport.next',
    title: () => wordsOf('shell')('nextLine'),
    keys: ['J'],
    where: 'anywhere',
    run: ({ player }) => player.next(),
  },
  {
    id: 'transport.previous',
    title: () => wordsOf('shell')('previousLine'),
    keys: ['K'],
    where: 'anywhere',
    run: ({ player }) => player.previous(),
  },
  {
    id: 'edit.undo',
    title: () => wordsOf('common')('undo'),
    keys: ['Mod+Z'],
    where: 'anywhere',
    whileTyping: false,
    run: ({ undo }) => undo.undo(),
  },
  {
    id: 'edit.redo',
    title: () => wordsOf('common')('redo'),
    keys: ['Mod+Shift+Z', 'Mod+Y'],
    where: 'anywhere',
    whileTyping: false,
    run: ({ undo }) => undo.redo(),
  },
  go('scripts', '1'),
  go('renders', '2'),
  go('review', '3'),
  go('history', '4'),
  go('voices', '5'),
  go('usage', '6'),
  go('settings', '7'),
  {
    id: 'palette.toggle',
    title: () => wordsOf('shell')('goToAnything'),
    keys: ['Mod+K'],
    where: 'anywhere',
    run: ({ navigation }) => navigation.show(navigation.getState().overlay === 'palette' ? null : 'palette'),
  },
  {
    id: 'shortcuts.show',
    title: () => wordsOf('shell')('keyboard'),
    keys: ['?'],
    where: 'anywhere',
    run: ({ navigation }) => navigation.show('shortcuts'),
  },
];
