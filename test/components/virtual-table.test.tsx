import { afterEach, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { VirtualTable } from '#renderer/components/virtual-table.tsx';
import { type Mounted, mount } from './mount.tsx';

let mounted: Mounted | undefined;
afterEach(() => mounted?.unmount());

const rows = Array.from({ length: 100_000 }, (_, index) => ({ id: `row-${index}`, name: `Row ${index}` }));

it('draws only the rows in sight of a hundred thousand, and End shows the last', async () => {
  const seen: string[] = [];
  mounted = mount(
    <VirtualTable
      label="Rows"
      columns={[{ id: 'name', title: 'Name', width: '1fr', cell: (row) => row.name }]}
      rows={rows}
      rowKey={({ id }) => id}
      activeKey={null}
      onActive={({ id }) => seen.push(id)}
    />,
  );
  const grid = page.getByRole('grid', { name: 'Rows' });
  await expect.element(grid).toBeVisible();
  await expect.poll(() => grid.element().querySelectorAll('[role="row"]').length).toBeGreaterThan(10);
  expect(grid.element().querySelectorAll('[role="row"]').length).toBeLessThan(80);
  (grid.element() as HTMLElement).focus();
  await userEvent.keyboard('{End}');
  expect(seen).toEqual(['row-99999']);
});
