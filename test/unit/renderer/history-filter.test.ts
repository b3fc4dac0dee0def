import { describe, expect, it } from 'vitest';
import { dayOf, filterOf, isWhole, momentOf, periods, rangeOf, searchOf } from '#renderer/stores/history-filter.ts';

const now = new Date(2026, 2, 15, 14, 30).getTime();
const day = (year: number, month: number, date: number): number => new Date(year, month - 1, date).getTime();

describe('a period', () => {
  it.each([
    ['today', day(2026, 3, 15), null],
    ['week', day(2026, 3, 9), null],
    ['month', day(2026, 2, 14), null],
    ['thisMonth', day(2026, 3, 1), null],
    ['lastMonth', day(2026, 2, 1), day(2026, 3, 1)],
    ['thisYear', day(2026, 1, 1), null],
    ['lastYear', day(2025, 1, 1), day(2026, 1, 1)],
  ] as const)('%s is counted in whole days of this machine', (period, from, to) => {
    expect(rangeOf(period, now)).toEqual({ from, to });
  });

  it('begins before now', () => {
    for (const period of periods) expect(rangeOf(period, now).from).toBeLessThan(now);
  });
});

describe('days', () => {
  it('reach to their end, and moments are taken as they are', () => {
    expect(momentOf('2026-03-31', false)).toBe(day(2026, 3, 31));
    expect(momentOf('2026-03-31', true)).toBe(day(2026, 4, 1));
    expect(momentOf(String(now), true)).toBe(now);
    expect(momentOf('soon', false)).toBeUndefined();
  });

  it('are the same in a date field after a link gave moments', () => {
    expect(dayOf(String(day(2026, 3, 31)), false)).toBe('2026-03-31');
    expect(dayOf(String(day(2026, 4, 1)), true)).toBe('2026-03-31');
    expect(dayOf('2026-03-31', true)).toBe('2026-03-31');
  });
});

describe('a filter', () => {
  it('takes from an address what it knows', () => {
    expect(filterOf({ voice: ' Rachel ', order: 'newest', take: 'x', person: '', text: 'lamp ' })).toEqual({
      voice: 'Rachel',
      text: 'lamp ',
    });
  });

  it('is the whole list while nothing is narrowed', () => {
    expect([isWhole({}), isWhole({ text: '  ' }), isWhole({ order: 'best' })]).toEqual([true, true, true]);
    expect([isWhole({ text: 'a' }), isWhole({ suspect: 'yes' }), isWhole({ when: 'today' })]).toEqual([
      false,
      false,
      false,
    ]);
  });

  it('asks for workspaces by their id or name, and for none when it knows neither', () => {
    const workspaces = [{ id: 'w1' as never, name: 'main' }];
    expect(searchOf({ workspace: 'main' }, workspaces, now)).toEqual({ workspaceIds: ['w1'] });
    expect(searchOf({ workspace: 'w1' }, workspaces, now)).toEqual({ workspaceIds: ['w1'] });
    expect(searchOf({ workspace: 'gone' }, workspaces, now)).toEqual({ workspaceIds: [] });
  });

  it('becomes one question to the engine', () => {
    expect(
      searchOf(
        {
          text: ' lamp ',
          when: 'lastMonth',
          origin: 'vendor',
          minCredits: '10',
          maxCredits: 'x',
          suspect: 'yes',
          order: 'best',
          source: 'TTS',
        },
        [],
        now,
      ),
    ).toEqual({
      text: 'lamp',
      from: day(2026, 2, 1),
      to: day(2026, 3, 1),
      origin: 'vendor',
      minCredits: 10,
      suspect: true,
      order: 'best',
      vendorSource: 'TTS',
    });
  });
});
