import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { VariantTable } from '#contract/entities.ts';
import type { VariantOperation } from '#contract/methods/variant.ts';
import { useStudio } from '../../app/studio-context.ts';
import { Button } from '../../components/button.tsx';
import { EditGrid } from '../../components/edit-grid/edit-grid.tsx';
import { cx } from '../../components/cx.ts';
import type { Place, Range } from '../../components/edit-grid/selection.ts';
import type { CellChange, ChangeKind } from '../../components/edit-grid/types.ts';
import { FileDrop } from '../../components/file-drop.tsx';
import { ProblemList } from '../../components/problem-list.tsx';
import { cellOf, nameColumnOf } from '../../stores/variant-table.ts';
import { wordsOf } from '../../words/words.ts';
import { cellNotes } from './variants/cell-notes.ts';
import type { ColumnAction } from './variants/column-menu.tsx';
import { ColumnSheet } from './variants/column-sheet.tsx';
import { EmptyTable } from './variants/empty-table.tsx';
import { Refused, TrialSheet } from './variants/import-notes.tsx';
import { pasteOperations, removeOperations } from './variants/operations.ts';
import { AudioCell, audioText, LengthCell, lengthText, RowCell } from './variants/outlook-cells.tsx';
import { ownColumns } from './variants/row-order.ts';
import { Summary } from './variants/summary.tsx';
import { Toolbar } from './variants/toolbar.tsx';
import { useColumns } from './variants/use-columns.tsx';
import { useRowOrder } from './variants/use-row-order.ts';
import styles from './variants/variants-tab.module.css';

type AskedColumn =
  | { readonly kind: 'new'; readonly before: string | null }
  | { readonly kind: 'rename'; readonly column: string };

const firstCell: Range = { top: 0, bottom: 0, left: 0, right: 0 };

const Table = ({ table, nameColumn }: { readonly table: VariantTable; readonly nameColumn: string | null }) => {
  const { variants, player, script } = useStudio();
  const t = wordsOf('variants');
  const outlook = useStore(variants, (state) => state.outlook);
  const isWorking = useStore(variants, (state) => state.outlookStale);
  const sort = useStore(variants, (state) => state.view.sort);
  const slotSeconds = useStore(script, (state) => state.checked?.slotSeconds ?? null);
  const needed = useStore(script, (state) => state.checked?.variables);
  const onAir = useStore(player, (state) => (state.phase === 'stopped' ? null : (state.program?.title ?? null)));
  const [chosen, setChosen] = useState(firstCell);
  const [active, setActive] = useState<Place>({ row: 0, column: 0 });
  const [asked, setAsked] = useState<AskedColumn | null>(null);
  const [room, setRoom] = useState(0);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const watch = new ResizeObserver(([entry]) => setRoom(Math.round(entry?.contentRect.width ?? 0)));
    if (place.current !== null) watch.observe(place.current);
    return () => watch.disconnect();
  }, []);
  const shown = useRowOrder(nameColumn);
  const notes = useMemo(() => cellNotes(table), [table]);
  const editable = useMemo(
    () => [...(nameColumn === null ? [] : [nameColumn]), ...table.columns.filter((column) => column !== nameColumn)],
    [table.columns, nameColumn],
  );
  const wanted = useMemo(
    () => (needed ?? []).map(({ name }) => name).filter((name) => !table.columns.includes(name)),
    [needed, table.columns],
  );

  const variantAt = (row: number) => table.variants[(shown[row] ?? 0) - 1];
  const text = (row: number, column: string): string => {
    const variant = variantAt(row);
    if (variant === undefined) return '';
    if (column === ownColumns.row) return String(variant.row);
    if (column === ownColumns.length) return lengthText(outlook.get(variant.row), slotSeconds);
    if (column === ownColumns.audio) return audioText(outlook.get(variant.row), isWorking);
    return cellOf(variant, column, nameColumn);
  };
  const play = (row: number): void => {
    const open = script.getState().script;
    const variant = variantAt(row);
    if (open !== null && variant !== undefined) void player.startSpot(open.id, variant.name, open.title);
  };
  const draw = (row: number, column: string) => {
    const variant = variantAt(row);
    if (variant === undefined) return undefined;
    if (column === ownColumns.row)
      return <RowCell row={variant.row} label={t('playVariant', { name: variant.name })} onPlay={() => play(row)} />;
    const ahead = outlook.get(variant.row);
    if (column === ownColumns.length)
      return <LengthCell outlook={ahead} slotSeconds={slotSeconds} isWorking={isWorking} />;
    if (column === ownColumns.audio) return <AudioCell outlook={ahead} isWorking={isWorking} />;
    return undefined;
  };

  const change = (changes: readonly CellChange[], _kind: ChangeKind): void => {
    const operations = changes.map(
      ({ row, column, value }): VariantOperation => ({ type: 'set', row: shown[row] ?? 0, column, value }),
    );
    const [first] = changes;
    const what =
      changes.length === 1 && first !== undefined
        ? t('undoTyped', { column: first.column, row: variantAt(first.row)?.name ?? '' })
        : t('undoCells', { count: changes.length });
    void variants.patch(what, operations);
  };
  const paste = (
    at: { readonly row: number; readonly column: string },
    cells: readonly (readonly string[])[],
  ): void => {
    const { operations, left } = pasteOperations(table, shown, editable, at, cells);
    void variants.patch(t('undoPaste', { count: cells.length }), operations);
    if (left > 0) variants.warn(t('pasteTooWide', { count: left }));
  };
  const addRow = (before: number | null): void => {
    const row = before ?? table.variants.length + 1;
    void variants.patch(t('undoAddRows', { count: 1 }), [{ type: 'insert', row, rows: [{}] }]);
  };
  const removeRows = (): void => {
    const rows = shown.slice(chosen.top, chosen.bottom + 1);
    void variants.patch(t('undoRemoveRows', { count: rows.length }), removeOperations(rows));
  };
  const sortBy = useCallback(
    (column: string): void => {
      const now = variants.getState().view.sort;
      const next = now?.column !== column ? 'ascending' : now.direction === 'ascending' ? 'descending' : null;
      variants.look({ sort: next === null || column === ownColumns.row ? null : { column, direction: next } });
    },
    [variants],
  );
  const act = useCallback(
    (column: string, action: ColumnAction): void => {
      const { columns } = variants.getState().table ?? table;
      const say = wordsOf('variants');
      if (action === 'sortUp') variants.look({ sort: { column, direction: 'ascending' } });
      else if (action === 'sortDown') variants.look({ sort: { column, direction: 'descending' } });
      else if (action === 'columnLeft') setAsked({ kind: 'new', before: column });
      else if (action === 'columnRight')
        setAsked({ kind: 'new', before: columns[columns.indexOf(column) + 1] ?? null });
      else if (action === 'rename') setAsked({ kind: 'rename', column });
      else void variants.patch(say('undoRemoveColumn', { column }), [{ type: 'remove_column', column }]);
    },
    [variants, table],
  );
  const { columns, resize } = useColumns(table, nameColumn, slotSeconds, room, act);
  const named = (name: string): void => {
    if (asked === null) return;
    if (asked.kind === 'new')
      void variants.patch(t('undoAddColumn', { column: name }), [
        { type: 'insert_column', column: name, before: asked.before },
      ]);
    else
      void variants.patch(t('undoRenameColumn', { column: asked.column }), [
        { type: 'rename_column', column: asked.column, to: name },
      ]);
  };

  const loose = table.problems.filter(({ line }) => line === null);
  const here = notes.get(`${shown[active.row]} ${columns[active.column]?.id}`);
  const sortTitle = columns.find(({ id }) => id === sort?.column)?.title ?? '';
  const words = {
    cell: (values: { readonly column: string; readonly row: string; readonly text: string }) => t('cell', values),
    empty: t('emptyCell'),
    hint: t('gridHint'),
  };
  return (
    <>
      <Toolbar
        shown={shown.length}
        chosen={chosen.bottom - chosen.top + 1}
        onAddRow={() => addRow(null)}
        onAddColumn={() => setAsked({ kind: 'new', before: null })}
        onRemoveRows={removeRows}
      />
      <Refused />
      {loose.length > 0 && <ProblemList problems={loose} unit="Row" />}
      <div
        ref={place}
        role="presentation"
        className={styles.table}
        onKeyDown={(event) => {
          const mod = event.ctrlKey || event.metaKey;
          const isCell = event.target instanceof HTMLElement && event.target.dataset['row'] !== undefined;
          if (!isCell || !(mod && event.key === 'Delete')) return;
          event.preventDefault();
          event.stopPropagation();
          removeRows();
        }}
      >
        <EditGrid
          label={t('grid')}
          words={words}
          columns={columns}
          rowCount={shown.length}
          rowKey={(row) => String(shown[row])}
          text={text}
          draw={draw}
          note={(row, column) => notes.get(`${shown[row]} ${column}`) ?? null}
          toneOf={(row) => (variantAt(row)?.name === onAir ? 'onAir' : undefined)}
          onChange={change}
          onPaste={paste}
          onOpen={(row) => play(row)}
          onSort={sortBy}
          onResize={resize}
          onSelect={(range, place) => {
            setChosen(place.row < 0 ? firstCell : range);
            setActive(place);
          }}
        />
      </div>
      {sort !== null && (
        <div className={styles.sorted}>
          <span>{t('keepOrderHint', { column: sortTitle })}</span>
          <Button size="small" onPress={() => void variants.keepOrder(shown)}>
            {t('keepOrder')}
          </Button>
          <Button size="small" look="quiet" onPress={() => variants.look({ sort: null })}>
            {t('unsort')}
          </Button>
        </div>
      )}
      <div className={styles.foot}>
        <Summary slotSeconds={slotSeconds} />
        {chosen.bottom > chosen.top || chosen.right > chosen.left ? (
          <span className={styles.told}>
            {t('chosenCells', { rows: chosen.bottom - chosen.top + 1, columns: chosen.right - chosen.left + 1 })}
          </span>
        ) : (
          here !== undefined && (
            <span className={cx(styles.told, styles[here.severity])} title={here.words}>
              {here.words}
            </span>
          )
        )}
      </div>
      {asked !== null && (
        <ColumnSheet
          title={asked.kind === 'new' ? t('newColumnTitle') : t('renameTitle', { column: asked.column })}
          start={asked.kind === 'new' ? '' : asked.column}
          wanted={wanted}
          confirm={asked.kind === 'new' ? t('addColumn') : t('rename')}
          onConfirm={named}
          onClose={() => setAsked(null)}
        />
      )}
    </>
  );
};

/** The table of variants: one row is one version of the ad. */
export const VariantsTab = () => {
  const { variants, script } = useStudio();
  const table = useStore(variants, (state) => state.table);
  const needed = useStore(script, (state) => state.checked?.variables);
  const t = wordsOf('variants');
  const names = useMemo(() => (needed ?? []).map(({ name }) => name), [needed]);
  useEffect(() => variants.watch(), [variants]);
  useEffect(() => variants.knowVariables(names), [variants, names]);
  const nameColumn = table === null ? null : nameColumnOf(table.columns, names);
  return (
    <FileDrop
      label={t('dropCsv')}
      onFiles={(files) => files[0] && void variants.importFile(files[0])}
      className={styles.tab}
    >
      {table !== null &&
        (table.variants.length > 0 ? (
          <Table table={table} nameColumn={nameColumn} />
        ) : (
          <>
            <Toolbar shown={0} chosen={0} onAddRow={() => {}} onAddColumn={() => {}} onRemoveRows={() => {}} />
            <Refused />
            <EmptyTable wanted={names} />
          </>
        ))}
      <TrialSheet />
    </FileDrop>
  );
};
