import { useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { VariantTable } from '#contract/entities.ts';
import { useStudio } from '../../../app/studio-context.ts';
import type { GridColumn } from '../../../components/edit-grid/types.ts';
import { wordsOf } from '../../../words/words.ts';
import { type ColumnAction, ColumnMenu } from './column-menu.tsx';
import { ownColumns } from './row-order.ts';

const layoutName = 'variants.widths';
const nameWidth = 150;
const lengthWidth = 126;
const audioWidth = 144;
const leastValue = 128;
const mostValue = 340;

const isWidths = (value: unknown): value is Record<string, number> =>
  typeof value === 'object' && value !== null && Object.values(value).every((width) => typeof width === 'number');

/** The grid's columns with the widths that were chosen on this machine. */
export const useColumns = (
  table: Pick<VariantTable, 'columns' | 'variants'>,
  nameColumn: string | null,
  slotSeconds: number | null,
  /** Width of the grid in CSS px; values share what the other columns leave. */
  room: number,
  onAction: (column: string, action: ColumnAction) => void,
) => {
  const { variants, preferences } = useStudio();
  const titles = table.columns;
  const digits = String(table.variants.length).length;
  const sort = useStore(variants, (state) => state.view.sort);
  const kept = useStore(preferences, (state) => state.layout[layoutName]);
  /** While an edge is dragged. */
  const [dragged, setDragged] = useState<Readonly<Record<string, number>>>({});
  const columns = useMemo(() => {
    const t = wordsOf('variants');
    const chosen: Readonly<Record<string, number>> = { ...(isWidths(kept) ? kept : {}), ...dragged };
    const rowWidth = Math.max(44, 16 + digits * 9);
    const taken = rowWidth + nameWidth + lengthWidth + audioWidth + 16;
    const share = Math.floor((room - taken) / Math.max(1, titles.length - 1));
    const shared = Math.min(mostValue, Math.max(leastValue, share));
    const base = (id: string, title: string, fallback: number) => ({
      id,
      title,
      width: chosen[id] ?? fallback,
      sort: sort?.column === id ? sort.direction : ('none' as const),
      resizable: true as const,
    });
    const menu = (title: string, actions: readonly ColumnAction[]) => (
      <ColumnMenu column={title} actions={actions} onAction={(action) => onAction(title, action)} />
    );
    const all: GridColumn[] = [
      {
        ...base(ownColumns.row, t('rowColumn'), rowWidth),
        frozen: true,
        align: 'end',
        titleHidden: true,
      },
      ...(nameColumn === null
        ? []
        : [
            {
              ...base(nameColumn, t('nameColumn'), nameWidth),
              frozen: true as const,
              namesRow: true as const,
              editable: true as const,
              extra: menu(nameColumn, ['sortUp', 'sortDown', 'columnRight']),
            },
          ]),
      base(
        ownColumns.length,
        slotSeconds === null ? t('lengthColumn') : t('lengthOfSlot', { slot: slotSeconds }),
        lengthWidth,
      ),
      base(ownColumns.audio, t('audioColumn'), audioWidth),
      ...titles
        .filter((title) => title !== nameColumn)
        .map((title) => ({
          ...base(title, title, shared),
          editable: true as const,
          extra: menu(title, ['sortUp', 'sortDown', 'columnLeft', 'columnRight', 'rename', 'removeColumn']),
        })),
    ];
    return all;
  }, [titles, digits, nameColumn, slotSeconds, room, sort, kept, dragged, onAction]);
  const resize = (column: string, width: number, isDone: boolean): void => {
    setDragged(isDone ? {} : { [column]: width });
    if (isDone)
      void preferences.setLayout(layoutName, { ...(isWidths(kept) ? kept : {}), [column]: Math.round(width) });
  };
  return { columns, resize };
};
