/** The history's table in a real browser: a million rows, of which a few are drawn. */
import { useState } from 'react';
import { afterEach, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { LongTable } from '#renderer/screens/history/long-table.tsx';
import { type Mounted, mount } from './mount.tsx';

let mounted: Mounted | undefined;
afterEach(() => mounted?.unmount());

const total = 1_000_000;
interface Row {
  readonly name: string;
}
const ranges: (readonly [number, number])[] = [];
const onRange = (first: number, last: number): void => {
  ranges.push([first, last]);
};
const columns = [{ id: 'name', title: 'Name', width: 200, stretches: 1, cell: ({ name }: Row) => name }] as const;

let grow: (rows: number) => void = () => undefined;
let load: () => void = () => undefined;
/** Rows from `missing` on are on their way until they are loaded. */
const Million = ({ missing = Number.POSITIVE_INFINITY }: { readonly missing?: number }) => {
  const [active, setActive] = useState({ row: -1, anchor: -1 });
  const [grown, setGrown] = useState(0);
  const [isHere, setHere] = useState(false);
  grow = (rows) => {
    setGrown((before) => before + rows);
    setActive(({ row, anchor }) => ({ row: row < 0 ? row : row + rows, anchor: anchor < 0 ? anchor : anchor + rows }));
  };
  load = () => setHere(true);
  return (
    <LongTable<Row>
      label="Entries"
      columns={columns}
      total={total + grown}
      rowAt={(row) => (row < missing || isHere ? { name: `Row ${row - grown}` } : undefined)}
      turn={0}
      grown={grown}
      active={active.row}
      anchor={active.anchor}
      onActivate={(row, mode) => setActive((before) => ({ row, anchor: mode === 'only' ? row : before.anchor }))}
      onEnter={() => undefined}
      onRange={onRange}
    />
  );
};

const grid = page.getByRole('grid', { name: 'Entries' });
const element = (): HTMLElement => grid.element() as HTMLElement;
const drawn = (): HTMLElement[] => [...element().querySelectorAll<HTMLElement>('[data-row]')];
/** Rows that a person sees, from the top. */
const seen = (): string[] => {
  const { top, bottom } = element().getBoundingClientRect();
  return drawn()
    .map((row) => ({ text: row.textContent ?? '', at: row.getBoundingClientRect().top }))
    .filter(({ at }) => at >= top + 20 && at < bottom - 10)
    .sort((a, b) => a.at - b.at)
    .map(({ text }) => text);
};
const open = async (missing?: number): Promise<void> => {
  ranges.length = 0;
  mounted = mount(<Million {...(missing === undefined ? {} : { missing })} />);
  await expect.element(grid).toBeVisible();
  await expect.poll(() => seen()[0]).toBe('Row 0');
};

it('draws a few of a million rows on a strip that a browser can draw', async () => {
  await open();
  expect(element().scrollHeight).toBeLessThan(17_000_000);
  expect(drawn().length).toBeLessThan(80);
  await expect.element(grid).toHaveAttribute('aria-rowcount', '1000001');
});

it('shows the middle when the scrollbar is dragged there, and the very last row at its end', async () => {
  await open();
  element().scrollTop = (element().scrollHeight - element().clientHeight) / 2;
  await expect.poll(() => Number(seen()[0]?.slice(4))).toBeGreaterThan(499_900);
  expect(Number(seen()[0]?.slice(4))).toBeLessThan(500_100);
  expect(ranges.at(-1)?.[0]).toBeGreaterThan(499_900);
  element().scrollTop = element().scrollHeight;
  await expect.poll(() => seen().at(-1)).toBe('Row 999999');
});

it('goes row by row and from end to end by keyboard, and stays in sight', async () => {
  await open();
  element().focus();
  await userEvent.keyboard('{End}');
  await expect.poll(() => seen().at(-1)).toBe('Row 999999');
  await expect.poll(() => element().querySelector('[aria-selected="true"]')?.textContent).toBe('Row 999999');
  await userEvent.keyboard('{ArrowUp}{ArrowUp}');
  await expect.poll(() => element().querySelector('[aria-selected="true"]')?.textContent).toBe('Row 999997');
  expect(element().getAttribute('aria-activedescendant')).toBe(
    element().querySelector('[aria-selected="true"]')?.getAttribute('id'),
  );
  await userEvent.keyboard('{Home}');
  await expect.poll(() => seen()[0]).toBe('Row 0');
  await userEvent.keyboard('{Shift>}{ArrowDown}{ArrowDown}{/Shift}');
  await expect.poll(() => element().querySelectorAll('[aria-selected="true"]').length).toBe(3);
});

it('keeps what is looked at under the eye when rows come on top', async () => {
  await open();
  element().scrollTop = 6_000_000;
  await expect.poll(() => Number(seen()[0]?.slice(4))).toBeGreaterThan(100_000);
  const before = seen();
  grow(7);
  await expect.poll(() => element().getAttribute('aria-rowcount')).toBe('1000008');
  await expect.poll(seen).toEqual(before);
});

it('shows a quiet bar for a row that is on its way, and the row when it is here', async () => {
  await open(1_000);
  element().scrollTop = 6_000_000;
  await expect.poll(() => element().querySelectorAll('[aria-busy="true"]').length).toBeGreaterThan(10);
  load();
  await expect.poll(() => element().querySelectorAll('[aria-busy="true"]').length).toBe(0);
});
