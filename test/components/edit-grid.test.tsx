import { useState } from 'react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { EditGrid } from '#renderer/components/edit-grid/edit-grid.tsx';
import type { GridColumn } from '#renderer/components/edit-grid/types.ts';
import { type Mounted, mount } from './mount.tsx';

const titles = ['name', 'city', 'price'] as const;
const columns: readonly GridColumn[] = [
  { id: 'no', title: 'No', width: 40, frozen: true, sort: 'none' },
  {
    id: 'name',
    title: 'name',
    width: 120,
    frozen: true,
    namesRow: true,
    editable: true,
    resizable: true,
    sort: 'none',
  },
  { id: 'city', title: 'city', width: 120, editable: true },
  { id: 'price', title: 'price', width: 120, editable: true },
];
const words = {
  cell: ({ column, row, text }: { column: string; row: string; text: string }) => `${column}, ${row}: ${text}`,
  empty: 'empty',
  hint: 'Escape and then Tab leave.',
};

type Row = Record<string, string>;
const start = (count: number): readonly Row[] =>
  Array.from({ length: count }, (_, at) => ({ name: `v${at}`, city: `City ${at}`, price: '' }));

/** A table that keeps what it is told, with one step of undo after the other. */
const Sheet = ({ count, log }: { readonly count: number; readonly log: string[] }) => {
  const [history, setHistory] = useState<readonly (readonly Row[])[]>([start(count)]);
  const rows = history.at(-1) ?? [];
  const write = (cells: readonly { row: number; column: string; value: string }[]): void =>
    setHistory((before) => {
      const next = (before.at(-1) ?? []).map((row) => ({ ...row }));
      for (const { row, column, value } of cells) {
        while (next.length <= row) next.push({ name: '', city: '', price: '' });
        Object.assign(next[row] ?? {}, { [column]: value });
      }
      return [...before, next];
    });
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: stands for the studio, which undoes for every room.
    <div
      style={{ height: '100%' }}
      onKeyDown={(event) => {
        if (event.defaultPrevented || event.key !== 'z' || !event.ctrlKey) return;
        setHistory((before) => (before.length > 1 ? before.slice(0, -1) : before));
      }}
    >
      <EditGrid
        label="Cells"
        words={words}
        columns={columns}
        rowCount={rows.length}
        rowKey={String}
        text={(row, column) => (column === 'no' ? String(row + 1) : (rows[row]?.[column] ?? ''))}
        note={(row, column) =>
          column === 'city' && rows[row]?.['city'] === ''
            ? { severity: 'error', short: 'no value', words: 'It has no value.' }
            : null
        }
        onChange={(changes, kind) => {
          log.push(kind);
          write(changes);
        }}
        onPaste={(at, cells) => {
          const from = titles.findIndex((title) => title === at.column);
          write(
            cells.flatMap((row, down) =>
              row.map((value, across) => ({ row: at.row + down, column: titles[from + across] ?? 'price', value })),
            ),
          );
        }}
        onOpen={(row, column) => log.push(`open ${row} ${column}`)}
        onSort={(column) => log.push(`sort ${column}`)}
        onResize={(column, width) => log.push(`width ${column} ${width}`)}
      />
    </div>
  );
};

let mounted: Mounted | undefined;
let log: string[] = [];
beforeEach(() => {
  log = [];
});
afterEach(() => mounted?.unmount());

const show = async (count = 4): Promise<void> => {
  mounted = mount(<Sheet count={count} log={log} />, { height: 400 });
  await expect.element(page.getByRole('grid', { name: 'Cells' })).toBeVisible();
  await expect.poll(() => cellAt(0, 1)).not.toBeNull();
};
const cellAt = (row: number, column: number) =>
  document.querySelector<HTMLElement>(`[data-row="${row}"][data-column="${column}"]`);
const textAt = (row: number, column: number): string => cellAt(row, column)?.textContent ?? '(not drawn)';
const go = async (row: number, column: number): Promise<void> => {
  const cell = cellAt(row, column);
  if (cell === null) throw new Error(`No cell at ${row}, ${column}.`);
  await userEvent.click(cell);
  await expect.poll(() => document.activeElement).toBe(cellAt(row, column));
};
const focused = (): string => {
  const cell = document.activeElement?.closest<HTMLElement>('[data-row]');
  return `${cell?.dataset['row']},${cell?.dataset['column']}`;
};
const clip = (type: 'copy' | 'paste', text = '', html = ''): DataTransfer => {
  const clipboardData = new DataTransfer();
  if (text !== '') clipboardData.setData('text/plain', text);
  if (html !== '') clipboardData.setData('text/html', html);
  document.activeElement?.dispatchEvent(new ClipboardEvent(type, { clipboardData, bubbles: true, cancelable: true }));
  return clipboardData;
};

describe('the grid', () => {
  it('is typed into: a letter replaces, F2 edits, Escape keeps what was, Enter and Tab go on', async () => {
    await show();
    await go(0, 2);
    await userEvent.keyboard('Leeds{Enter}');
    expect(textAt(0, 2)).toBe('Leeds');
    expect(focused()).toBe('1,2');
    await userEvent.keyboard('{F2}');
    await userEvent.keyboard('{End} Bay{Tab}');
    expect(textAt(1, 2)).toBe('City 1 Bay');
    expect(focused()).toBe('1,3');
    await userEvent.keyboard('99{Escape}');
    expect(textAt(1, 3)).toBe('');
    expect(focused()).toBe('1,3');
    await userEvent.keyboard('7{ArrowUp}');
    expect(textAt(1, 3)).toBe('7');
    expect(focused()).toBe('0,3');
    // A click elsewhere takes what was typed.
    await userEvent.keyboard('8');
    await userEvent.click(cellAt(2, 1) as HTMLElement);
    expect(textAt(0, 3)).toBe('8');
  });

  it('names the column, the row and the problem of the cell that has the focus', async () => {
    await show();
    await go(1, 2);
    expect(document.activeElement?.getAttribute('aria-label')).toBe('city, v1: City 1');
    await userEvent.keyboard('{Delete}');
    expect(document.activeElement?.getAttribute('aria-label')).toBe('city, v1: empty. It has no value.');
    expect(document.activeElement?.getAttribute('aria-invalid')).toBe('true');
    expect(textAt(1, 2)).toBe('no value');
    await userEvent.keyboard('x');
    expect(document.activeElement?.getAttribute('aria-label')).toBe('city, v1: ');
    await userEvent.keyboard('{Escape}');
  });

  it('clears and fills down a range, and each is one step to undo', async () => {
    await show();
    await go(0, 3);
    await userEvent.keyboard('19{Enter}');
    await go(0, 2);
    await userEvent.keyboard('{Shift>}{ArrowRight}{ArrowDown}{ArrowDown}{/Shift}');
    await userEvent.keyboard('{Control>}d{/Control}');
    expect([textAt(2, 2), textAt(2, 3), textAt(3, 2)]).toEqual(['City 0', '19', 'City 3']);
    await userEvent.keyboard('{Control>}z{/Control}');
    expect([textAt(2, 2), textAt(2, 3)]).toEqual(['City 2', '']);
    await userEvent.keyboard('{Delete}');
    expect([0, 1, 2].map((row) => textAt(row, 2))).toEqual(['no value', 'no value', 'no value']);
    await userEvent.keyboard('{Control>}z{/Control}');
    expect(textAt(1, 2)).toBe('City 1');
    expect(log).toEqual(['typed', 'filled', 'cleared']);
  });

  it('takes cells from a spreadsheet, adds the rows that are too many, and gives cells back', async () => {
    await show(3);
    await go(2, 2);
    clip('paste', 'Hull\t5\n"New\nYork"\t"a ""b"""\n');
    await expect.poll(() => textAt(3, 2)).toContain('New');
    expect([textAt(2, 2), textAt(2, 3), textAt(3, 3)]).toEqual(['Hull', '5', 'a "b"']);
    const copied = clip('copy');
    expect(copied.getData('text/plain')).toBe('Hull\t5\n"New\nYork"\t"a ""b"""');
    expect(copied.getData('text/html')).toContain('<td>New<br>York</td>');
    await go(0, 2);
    clip('paste', '', '<table><tr><td> Bath </td><td>1<br>2</td></tr></table>');
    await expect.poll(() => textAt(0, 2)).toBe('Bath');
    expect(textAt(0, 3)).toBe('1\n2');
  });

  it('puts one cell into every cell of a range', async () => {
    await show();
    await go(0, 3);
    await userEvent.keyboard('{Shift>}{ArrowDown}{ArrowDown}{/Shift}');
    clip('paste', '42');
    await expect.poll(() => [0, 1, 2, 3].map((row) => textAt(row, 3))).toEqual(['42', '42', '42', '']);
  });

  it('draws the cells in sight of ten thousand rows and keeps the focus wherever it goes', async () => {
    await show(10_000);
    await go(0, 2);
    await userEvent.keyboard('{Control>}{End}{/Control}');
    expect(focused()).toBe('9999,3');
    await expect.element(page.getByText('City 9999')).toBeVisible();
    expect(document.querySelectorAll('[role="row"]').length).toBeLessThan(50);
    await userEvent.keyboard('{PageUp}{ArrowLeft}');
    expect(focused()).toMatch(/^99\d\d,2$/);
    // Far out of sight the focus stays where it was.
    const grid = page.getByRole('grid').element();
    grid.scrollTop = 0;
    await expect.element(page.getByText('City 3', { exact: true })).toBeVisible();
    expect(focused()).toMatch(/^99\d\d,2$/);
  });

  it('is left by Escape and Tab, and its titles sort and are widened by keys', async () => {
    await show();
    await go(0, 1);
    await userEvent.keyboard('{ArrowUp}');
    expect(focused()).toBe('-1,1');
    await userEvent.keyboard('{Enter}{Shift>}{ArrowRight}{/Shift}');
    expect(log).toEqual(['sort name', 'width name 136']);
    await userEvent.keyboard('{ArrowDown}{ArrowLeft}{Enter}');
    expect(log.at(-1)).toBe('open 0 no');
    await userEvent.keyboard('{Escape}{Tab}');
    expect(document.activeElement?.closest('[role="grid"]') ?? null).toBeNull();
  });
});
