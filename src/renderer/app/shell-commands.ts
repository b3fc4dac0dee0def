import { type Room, writeAddress } from '../stores/navigation-store.ts';
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
    id: 'transport.forward',
    title: () => wordsOf('shell')('forward'),
    keys: ['Shift+ArrowRight'],
    where: 'anywhere',
    run: ({ player }) => player.seek(player.getState().seconds + 1),
  },
  {
    id: 'transport.backward',
    title: () => wordsOf('shell')('backward'),
    keys: ['Shift+ArrowLeft'],
    where: 'anywhere',
    run: ({ player }) => player.seek(player.getState().seconds - 1),
  },
  {
    id: 'transport.loop',
    title: () => wordsOf('shell')('loop'),
    keys: ['L'],
    where: 'anywhere',
    run: ({ player, messages }) => {
      player.toggleLoop();
      messages.announce(wordsOf('shell')(player.getState().loop ? 'loopOn' : 'loopOff'));
    },
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
    id: 'link.copy',
    title: () => wordsOf('shell')('copyLink'),
    keys: [],
    where: 'anywhere',
    run: async ({ navigation, messages }) => {
      await navigator.clipboard.writeText(new URL(writeAddress(navigation.getState()), location.href).href);
      messages.show('notice', wordsOf('shell')('linkCopied'));
    },
  },
  {
    id: 'tour.start',
    title: () => wordsOf('shell')('startTour'),
    keys: [],
    where: 'anywhere',
    run: ({ tour }) => tour.start(),
  },
  {
    id: 'shortcuts.show',
    title: () => wordsOf('shell')('keyboard'),
    keys: ['?'],
    where: 'anywhere',
    run: ({ navigation }) => navigation.show('shortcuts'),
  },
];
