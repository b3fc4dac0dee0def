import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { progressLine } from '#hosts/cli/output/progress.ts';
import { formatTable } from '#hosts/cli/output/table.ts';
import { cutTo, padTo, widthOf } from '#hosts/cli/output/width.ts';
import { bytes, clock, counted, credits } from '#hosts/cli/output/words.ts';
import { createFakeTerminal, renderOf } from './fake-studio.ts';

describe('widths', () => {
  it.each([
    ['abc', 3],
    ['日本', 4],
    ['e\u0301', 1],
    ['👩‍🎤', 2],
    ['🇫🇷', 2],
    ['한글', 4],
    ['\u001b[31mred\u001b[39m', 3],
  ])('of %j are %i cells', (text, cells) => {
    expect(widthOf(text)).toBe(cells);
  });

  it('of a cut text never exceed the room', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 30 }), (text, room) => {
        expect(widthOf(cutTo(text, room))).toBeLessThanOrEqual(Math.max(room, 0));
      }),
    );
  });

  it('of a padded text fill the room', () => {
    expect(widthOf(padTo('日', 6))).toBe(6);
    expect(padTo('7', 3, 'start')).toBe('  7');
  });
});

describe('tables', () => {
  const columns = [
    { title: 'CITY', value: (row: { city: string }) => row.city, flexible: true as const },
    { title: 'END', value: () => 'x' },
  ];

  it('align wide letters with narrow ones', () => {
    const table = formatTable([{ city: '東京' }, { city: 'Lyon' }], columns, createFakeTerminal().out);
    expect(table).toBe('CITY  END\n東京  x\nLyon  x\n');
  });

  it('keep every word when they are piped, and cut them on a terminal', () => {
    const row = { city: 'Lyon '.repeat(60).trim() };
    expect(formatTable([row], columns, createFakeTerminal().out)).toContain(row.city);
    const lines = formatTable([row], columns, createFakeTerminal({ isTerminal: true }).out).split('\n');
    for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(100);
  });

  it('keep a row on one line, whatever a script put into it', () => {
    expect(formatTable([{ city: 'a\n\u001b[2Jb\tc' }], columns, createFakeTerminal().out).split('\n')).toHaveLength(3);
    expect(formatTable([{ city: '\u001b[2J' }], columns, createFakeTerminal().out)).not.toContain('\u001b');
  });

  it('are empty without rows', () => {
    expect(formatTable([], columns, createFakeTerminal().out)).toBe('');
  });
});

describe('the progress line', () => {
  it('shows what is done, the rate and the time left', () => {
    const { progress } = renderOf(
      {},
      { units: 200, succeeded: 40, owned: 10, perSecond: 2.5, secondsLeft: 60, spentCredits: 1200 },
    );
    const line = progressLine(progress, null, { columns: 120, color: false });
    expect(line).toContain('50/200  25%  2.5/s  1:00 left  1,200 credits');
  });

  it('never wraps, however narrow the terminal is', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 12, max: 200 }),
        fc.nat(10_000),
        fc.nat(10_000),
        fc.string(),
        (columns, units, succeeded, note) => {
          const { progress } = renderOf(
            {},
            { units: units + succeeded, succeeded, perSecond: 12.3, secondsLeft: 4000, failed: 3 },
          );
          expect(widthOf(progressLine(progress, note, { columns, color: true }))).toBeLessThan(columns);
        },
      ),
    );
  });
});

it('writes numbers as a person reads them', () => {
  expect(clock(3723)).toBe('1:02:03');
  expect(clock(7)).toBe('0:07');
  expect(counted(1, 'entry', 'entries')).toBe('1 entry');
  expect(counted(2000, 'entry', 'entries')).toBe('2,000 entries');
  expect(credits(1)).toBe('1 credit');
  expect(bytes(1_500_000)).toBe('1.5 MB');
});
