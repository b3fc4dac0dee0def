import type { Command } from '../../app/command.ts';
import { wordsOf } from '../../words/words.ts';

const tab = (name: string, key: 'goSpend' | 'goRunway' | 'goBudgets' | 'goCompare'): Command => ({
  id: `usage.${name}`,
  title: () => wordsOf('usage')(key),
  keys: [],
  where: 'anywhere',
  run: ({ navigation }) => navigation.go({ room: 'usage', query: { tab: name } }),
});

export const usageCommands: readonly Command[] = [
  tab('spend', 'goSpend'),
  tab('runway', 'goRunway'),
  tab('budgets', 'goBudgets'),
  tab('compare', 'goCompare'),
  {
    id: 'usage.subscription',
    title: () => wordsOf('usage')('goSubscription'),
    keys: [],
    where: 'anywhere',
    run: ({ navigation }) => navigation.show('subscription'),
  },
  {
    id: 'notifications.show',
    title: () => wordsOf('usage')('goNotifications'),
    keys: ['Mod+I'],
    where: 'anywhere',
    run: ({ navigation }) => navigation.show('notifications'),
  },
];
