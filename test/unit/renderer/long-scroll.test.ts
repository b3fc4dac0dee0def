import { describe, expect, it } from 'vitest';
import { createLongScroll } from '#renderer/screens/history/long-scroll.ts';

const open = (total: number, viewport = 600) => {
  const scroll = createLongScroll(34);
  scroll.resize(total, viewport);
  return scroll;
};

describe('a list that a browser can draw', () => {
  it('lies behind the scrollbar as it is', () => {
    const scroll = open(10_000);
    expect(scroll.height()).toBe(340_000);
    expect(scroll.scrolled(5_000)).toBeNull();
    expect([scroll.offset(), scroll.shift()]).toEqual([5_000, 0]);
  });
});

describe('a list of a million rows', () => {
  const rows = 1_000_000;
  const end = rows * 34 - 600;

  it('lies on a strip that every browser draws', () => {
    expect(open(rows).height()).toBeLessThan(17_000_000);
  });

  it('moves pixel by pixel with the wheel', () => {
    const scroll = open(rows);
    scroll.scrolled(7_000_000);
    const before = scroll.offset();
    const shift = scroll.shift();
    for (let top = 7_000_120; top <= 7_001_200; top += 120) scroll.scrolled(top);
    expect(scroll.offset() - before).toBe(1_200);
    expect(scroll.shift()).toBe(shift);
  });

  it('jumps with the thumb to the same part of the list', () => {
    const scroll = open(rows);
    scroll.scrolled((scroll.height() - 600) / 2);
    expect(scroll.offset() / end).toBeCloseTo(0.5, 5);
    scroll.scrolled(scroll.height() - 600);
    expect(scroll.offset()).toBe(end);
    scroll.scrolled(0);
    expect(scroll.offset()).toBe(0);
  });

  it('shows a row in the viewport wherever it is sent', () => {
    const scroll = open(rows);
    for (const row of [0, 1, 441_000, 999_980, 500_000]) {
      const top = scroll.go(row * 34);
      const onStrip = row * 34 + scroll.shift();
      expect(onStrip - top).toBeGreaterThanOrEqual(-1);
      expect(onStrip - top).toBeLessThan(600);
      expect(top).toBeLessThanOrEqual(scroll.height() - 600);
    }
  });

  it('makes good what small moves drifted apart, and nothing is seen of it', () => {
    const scroll = open(rows);
    let top = 3_000_000;
    scroll.scrolled(top);
    for (let step = 0; step < 50; step += 1) scroll.scrolled((top += 200));
    const offset = scroll.offset();
    const settled = scroll.settle();
    expect(settled).not.toBeNull();
    expect(scroll.offset()).toBe(offset);
    expect(offset + scroll.shift() - (settled ?? 0)).toBeCloseTo(0, 0);
    expect(scroll.scrolled(settled ?? 0)).toBeNull();
    expect(scroll.settle()).toBeNull();
  });

  it('reaches its end by small moves alone', () => {
    const scroll = open(rows);
    let top = scroll.go(end - 20_000);
    for (let step = 0; step < 300; step += 1)
      top = scroll.scrolled(Math.min(top + 120, scroll.height() - 600)) ?? Math.min(top + 120, scroll.height() - 600);
    expect(scroll.offset()).toBe(end);
  });
});
