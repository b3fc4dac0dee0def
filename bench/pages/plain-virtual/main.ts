/** What one gets from TanStack Virtual's first example: ten thousand rows in memory, as many cells as ours, nothing else. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { createElement, useRef } from 'react';
import { createRoot } from 'react-dom/client';

const columns = 9;
const height = 34;
const rows = Array.from({ length: 10_000 }, (_, row) =>
  Array.from({ length: columns }, (__, column) => `Row ${row}, cell ${column}`),
);

const List = () => {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 12,
  });
  const drawn = virtual.getVirtualItems().map(({ index, start }) => {
    const style = {
      position: 'absolute',
      top: 0,
      left: 0,
      right: 0,
      height,
      display: 'grid',
      gridTemplateColumns: `repeat(${columns}, 1fr)`,
      transform: `translateY(${start}px)`,
    } as const;
    const cells = rows[index]?.map((text) => createElement('div', { key: text }, text));
    return createElement('div', { key: index, style }, cells);
  });
  const inner = createElement('div', { style: { position: 'relative', height: virtual.getTotalSize() } }, drawn);
  const style = { height: '100%', overflow: 'auto', contain: 'strict' } as const;
  return createElement('div', { ref: scroller, role: 'grid', style }, inner);
};

const place = document.getElementById('list');
if (place !== null) createRoot(place).render(createElement(List));
