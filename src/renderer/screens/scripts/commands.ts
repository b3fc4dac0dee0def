import { pressRender } from '../../app/order.ts';
import type { Command } from '../../app/command.ts';
import { wordsOf } from '../../words/words.ts';
import { variantCommands } from './variants/commands.ts';

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
  ...variantCommands,
];
