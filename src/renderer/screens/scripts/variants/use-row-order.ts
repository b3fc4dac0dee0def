import { useRef } from 'react';
import { useStore } from 'zustand';
import { useStudio } from '../../../app/studio-context.ts';
import { orderRows, ownColumns } from './row-order.ts';

/** Rows to show. A cell that is typed over keeps its row where it is until the view, or the rows themselves, change. */
export const useRowOrder = (nameColumn: string | null): readonly number[] => {
  const { variants } = useStudio();
  const table = useStore(variants, (state) => state.table);
  const shape = useStore(variants, (state) => state.shape);
  const view = useStore(variants, (state) => state.view);
  const outlook = useStore(variants, (state) => state.outlook);
  const order = useRef<{ readonly key: string; readonly rows: readonly number[] }>(null);
  // Lengths come after the table: only an order by them waits for them.
  const isByOutlook = view.sort?.column === ownColumns.length || view.sort?.column === ownColumns.audio;
  const key = JSON.stringify([shape, view, nameColumn, isByOutlook ? outlook.size : 0]);
  if (order.current?.key !== key)
    order.current = { key, rows: table === null ? [] : orderRows(table, outlook, view, nameColumn) };
  return order.current.rows;
};
