import type { Command } from '../../../app/command.ts';
import type { Studio } from '../../../stores/studio.ts';
import { nameColumnOf } from '../../../stores/variant-table.ts';
import { wordsOf } from '../../../words/words.ts';
import { orderRows } from './row-order.ts';
import { saveCsv } from './save-csv.ts';

const hasRows = ({ variants, navigation }: Studio): boolean =>
  navigation.getState().tab === 'variants' && (variants.getState().table?.variants.length ?? 0) > 0;

export const variantCommands: readonly Command[] = [
  {
    id: 'variant.addRow',
    title: () => wordsOf('variants')('addRow'),
    keys: [],
    where: 'scripts',
    isEnabled: hasRows,
    run: ({ variants }) => {
      const row = (variants.getState().table?.variants.length ?? 0) + 1;
      return variants.patch(wordsOf('variants')('undoAddRows', { count: 1 }), [{ type: 'insert', row, rows: [{}] }]);
    },
  },
  {
    id: 'variant.keepOrder',
    title: () => wordsOf('variants')('keepOrder'),
    keys: [],
    where: 'scripts',
    isEnabled: (studio) => hasRows(studio) && studio.variants.getState().view.sort !== null,
    run: ({ variants, script }) => {
      const { table, outlook, view } = variants.getState();
      const names = script.getState().checked?.variables.map(({ name }) => name) ?? [];
      if (table === null) return undefined;
      return variants.keepOrder(orderRows(table, outlook, view, nameColumnOf(table.columns, names)));
    },
  },
  {
    id: 'variant.export',
    title: () => wordsOf('variants')('exportCsv'),
    keys: [],
    where: 'scripts',
    isEnabled: hasRows,
    run: ({ variants }) => saveCsv(variants),
  },
];
