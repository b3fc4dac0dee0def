import type { Command } from '../../app/command.ts';
import { wordsOf } from '../../words/words.ts';
import { type Section, sections } from './sections.ts';

const open = (section: Section): Command => ({
  id: `settings.${section}`,
  title: () => wordsOf('settings')('openSection', { section: wordsOf('settings')(section) }),
  keys: section === 'workspaces' ? ['Mod+,'] : [],
  where: 'anywhere',
  run: ({ navigation }) => navigation.go({ room: 'settings', query: { section } }),
});

export const settingsCommands: readonly Command[] = [
  ...sections.map(open),
  {
    id: 'library.backUp',
    title: () => wordsOf('settings')('backUp'),
    keys: [],
    where: 'anywhere',
    run: ({ library }) => library.backUp(),
  },
];
