import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { VariantTable } from '#contract/entities.ts';
import { readTsv, writeTsv } from '#renderer/components/edit-grid/clipboard.ts';
import { moveBy, tabTo } from '#renderer/components/edit-grid/selection.ts';
import { pasteOperations, removeOperations } from '#renderer/screens/scripts/variants/operations.ts';
import { orderRows } from '#renderer/screens/scripts/variants/row-order.ts';
import { replaceOperations } from '#renderer/stores/variant-table.ts';

const tableOf = (...rows: readonly (readonly [string, string])[]): VariantTable => ({
  scriptId: 's' as VariantTable['scriptId'],
  columns: ['variant', 'city'],
  variants: rows.map(([name, city], at) => ({ row: at + 1, name, values: { city }, voices: {} })),
  problems: [],
  revision: 1,
});
const view = { filter: '', onlyProblems: false, sort: null } as const;

describe('cells as text', () => {
  it('come back as they went, whatever is in them', () => {
    const cell = fc
      .oneof(fc.string(), fc.constantFrom('"', 'a\tb', 'a\nb', '"a"', ''))
      .map((text) => text.replaceAll('\r', ''));
    fc.assert(
      fc.property(
        fc
          .integer({ min: 2, max: 4 })
          .chain((width) =>
            fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 5 }),
          ),
        (rows) => {
          fc.pre(rows.at(-1)?.some((one) => one !== '') === true);
          expect(readTsv(writeTsv(rows))).toEqual(rows);
        },
      ),
    );
  });
  it('keep a quote that closes nothing', () => {
    expect(readTsv('6" nails\t"\n"a\tb')).toEqual([
      ['6" nails', '"'],
      ['"a', 'b'],
    ]);
  });
});

describe('moving in a grid', () => {
  const size = { rows: 10, columns: 3, page: 4 };
  const key = (name: string, more = {}) => ({ key: name, ctrlKey: false, metaKey: false, shiftKey: false, ...more });
  it('goes up into the titles and no further, and stays within the rows', () => {
    expect(moveBy(key('ArrowUp'), { row: 0, column: 1 }, size)).toEqual({ row: -1, column: 1 });
    expect(moveBy(key('ArrowUp'), { row: -1, column: 1 }, size)).toEqual({ row: -1, column: 1 });
    expect(moveBy(key('ArrowUp', { ctrlKey: true }), { row: 7, column: 1 }, size)).toEqual({ row: 0, column: 1 });
    expect(moveBy(key('PageDown'), { row: 8, column: 1 }, size)).toEqual({ row: 9, column: 1 });
    expect(moveBy(key('End', { ctrlKey: true }), { row: 0, column: 0 }, size)).toEqual({ row: 9, column: 2 });
    expect(moveBy(key('x'), { row: 0, column: 0 }, size)).toBeNull();
  });
  it('goes from row to row by Tab, and out at the ends', () => {
    expect(tabTo({ row: 0, column: 2 }, false, size)).toEqual({ row: 1, column: 0 });
    expect(tabTo({ row: 9, column: 2 }, false, size)).toBeNull();
    expect(tabTo({ row: 0, column: 0 }, true, size)).toBeNull();
  });
});

describe('pasting', () => {
  it('writes over the rows that are shown, adds the others below, and says what had no room', () => {
    const table = tableOf(['a', 'Leeds'], ['b', 'York']);
    const at = { row: 1, column: 'variant' };
    expect(
      pasteOperations(table, [2, 1], ['variant', 'city'], at, [
        ['x', 'Hull', 'lost'],
        ['y', 'Ely'],
      ]),
    ).toEqual({
      operations: [
        { type: 'set', row: 1, column: 'variant', value: 'x' },
        { type: 'set', row: 1, column: 'city', value: 'Hull' },
        { type: 'insert', row: 3, rows: [{ variant: 'y', city: 'Ely' }] },
      ],
      left: 1,
    });
  });
});

describe('removing rows', () => {
  it('goes from the last to the first, in runs', () => {
    expect(removeOperations([7, 2, 3, 8, 3])).toEqual([
      { type: 'remove', row: 7, count: 2 },
      { type: 'remove', row: 2, count: 2 },
    ]);
  });
});

describe('the order of the rows', () => {
  const table = tableOf(['v10', 'York'], ['v2', ''], ['v1', 'leeds']);
  it('reads numbers as numbers, puts empty cells last, and finds text anywhere', () => {
    const by = (column: string, direction: 'ascending' | 'descending') =>
      orderRows(table, new Map(), { ...view, sort: { column, direction } }, 'variant');
    expect(by('variant', 'ascending')).toEqual([3, 2, 1]);
    expect(by('city', 'ascending')).toEqual([3, 1, 2]);
    expect(by('city', 'descending')).toEqual([1, 3, 2]);
    expect(orderRows(table, new Map(), { ...view, filter: ' LEE' }, 'variant')).toEqual([3]);
  });
  it('shows only rows with problems where that is asked for', () => {
    const problem = {
      severity: 'error',
      code: 'value_missing',
      message: '',
      line: 2,
      column: 2,
      endColumn: null,
    } as const;
    const troubled = { ...table, problems: [problem] };
    expect(orderRows(troubled, new Map(), { ...view, onlyProblems: true }, 'variant')).toEqual([2]);
  });
});

describe('taking back a whole table', () => {
  it('removes what came and puts back columns and rows as they were', () => {
    const before = tableOf(['a', 'Leeds']);
    const after = { ...tableOf(['x', '1']), columns: ['variant', 'price'] };
    expect(replaceOperations(after, before, 'variant')).toEqual([
      { type: 'remove', row: 1, count: 1 },
      { type: 'remove_column', column: 'price' },
      { type: 'insert_column', column: 'city', before: null },
      { type: 'insert', row: 1, rows: [{ variant: 'a', city: 'Leeds' }] },
    ]);
  });
});
