import { pressRender } from '../../app/order.ts';
import type { Command } from '../../app/command.ts';
import { onMac } from '../../components/format.ts';
import { lineAtRow } from '../../stores/preview-store.ts';
import type { Studio } from '../../stores/studio.ts';
import { wordsOf } from '../../words/words.ts';
import { variantCommands } from './variants/commands.ts';

const inEditor = ({ script, navigation }: Studio): boolean =>
  script.getState().script !== null && navigation.getState().tab === 'script';
const hasScript = ({ script }: Studio): boolean => script.getState().script !== null;
/** Alt and an arrow goes by words on a Mac. */
const variantKey = (arrow: 'ArrowLeft' | 'ArrowRight'): string => (onMac ? `Mod+Alt+${arrow}` : `Alt+${arrow}`);

export const scriptCommands: readonly Command[] = [
  {
    id: 'script.render',
    title: () => wordsOf('scripts')('renderCommand'),
    keys: ['Mod+Enter'],
    where: 'scripts',
    run: pressRender,
  },
  {
    id: 'script.renderSheet',
    title: () => wordsOf('scripts')('renderSheetCommand'),
    keys: ['Mod+Shift+Enter'],
    where: 'scripts',
    run: ({ navigation }) => navigation.show('render'),
  },
  {
    id: 'script.save',
    title: () => wordsOf('scripts')('saveCommand'),
    keys: ['Mod+S'],
    where: 'anywhere',
    run: ({ script }) => script.save(),
  },
  {
    id: 'script.new',
    title: () => wordsOf('scripts')('newScript'),
    keys: [],
    where: 'anywhere',
    run: ({ navigation }) => navigation.show('new-script'),
  },
  {
    id: 'script.playLine',
    title: () => wordsOf('scripts')('playLine'),
    keys: ['Alt+Space', 'Mod+Shift+Space'],
    where: 'scripts',
    whileTyping: true,
    isEnabled: inEditor,
    run: ({ preview }) => {
      const { preview: shown, cursorRow } = preview.getState();
      return preview.hear(lineAtRow(shown, cursorRow));
    },
  },
  {
    id: 'script.nextVariant',
    title: () => wordsOf('scripts')('nextVariant'),
    keys: [variantKey('ArrowRight')],
    where: 'scripts',
    whileTyping: true,
    isEnabled: inEditor,
    run: ({ preview }) => preview.step(1),
  },
  {
    id: 'script.previousVariant',
    title: () => wordsOf('scripts')('previousVariant'),
    keys: [variantKey('ArrowLeft')],
    where: 'scripts',
    whileTyping: true,
    isEnabled: inEditor,
    run: ({ preview }) => preview.step(-1),
  },
  {
    id: 'script.fillIn',
    title: () => wordsOf('scripts')('fillInCommand'),
    keys: ['F8'],
    whileTyping: true,
    where: 'scripts',
    isEnabled: inEditor,
    run: ({ preview }) => preview.setFilled(!preview.getState().filled),
  },
  {
    id: 'script.find',
    title: () => wordsOf('scripts')('findCommand'),
    keys: ['Mod+Shift+F'],
    where: 'scripts',
    isEnabled: hasScript,
    run: ({ navigation }) => navigation.show('find'),
  },
  {
    id: 'script.revisions',
    title: () => wordsOf('scripts')('revisionsCommand'),
    keys: ['Mod+Shift+H'],
    where: 'scripts',
    isEnabled: hasScript,
    run: ({ navigation }) => navigation.show('revisions'),
  },
  {
    id: 'script.import',
    title: () => wordsOf('scripts')('importCommand'),
    keys: [],
    where: 'anywhere',
    run: ({ imports }) => imports.take([]),
  },
  ...variantCommands,
];
