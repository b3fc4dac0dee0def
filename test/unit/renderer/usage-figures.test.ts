import { describe, expect, it } from 'vitest';
import type { CreditMeter, UsageRow } from '#contract/account.ts';
import type { WorkspaceId } from '#contract/entities.ts';
import { burnDownOf, paceOf, rowsOfBurnDown, spendingByDay } from '#renderer/figures/burn-down.ts';
import { daysOfStep, grainOf, historyTimes, rangeBefore, rangeOf, stepsOf } from '#renderer/figures/periods.ts';
import { changeOf, percentOf, piledUp, stacksOf, type StackOrder } from '#renderer/figures/stacks.ts';
import { topsOf } from '#renderer/figures/tops.ts';

const dayMs = 86_400_000;
const now = Date.UTC(2026, 2, 15, 12);

const row = (day: string, label: string, part: Partial<UsageRow> = {}): UsageRow => ({
  labels: [day, label],
  ids: [day, label],
  workspaceId: 'main' as WorkspaceId,
  provider: 'elevenlabs',
  source: 'ledger',
  credits: 100,
  characters: 100,
  seconds: 60,
  minutes: null,
  takes: 1,
  ...part,
});
const order = (part: Partial<StackOrder>): StackOrder => ({
  rows: [],
  vendorRows: [],
  steps: ['2026-03-01', '2026-03-02', '2026-03-03'],
  measure: 'cost',
  dimension: 'project',
  source: 'both',
  unitOf: ({ provider }) => (provider === 'supertone' ? 'seconds' : provider === 'scratch' ? 'free' : 'credits'),
  restLabel: 'The rest',
  ...part,
});
const supertone = { provider: 'supertone', workspaceId: 'super' as WorkspaceId } as const;

describe('periods', () => {
  it('begin with the billing period, else with the calendar month, and end today', () => {
    expect(rangeOf('billing', null, now, Date.UTC(2026, 2, 4, 9))).toEqual({ from: '2026-03-04', to: '2026-03-15' });
    expect(rangeOf('billing', null, now, null)).toEqual({ from: '2026-03-01', to: '2026-03-15' });
    expect(rangeOf('month', null, now, null)).toEqual({ from: '2026-02-14', to: '2026-03-15' });
    const own = { from: '2024-03-16', to: '2026-03-15' };
    expect(rangeOf('custom', own, now, null)).toEqual(own);
    expect(rangeBefore({ from: '2026-03-01', to: '2026-03-15' })).toEqual({ from: '2026-02-14', to: '2026-02-28' });
  });

  it('show two years by month, unless days are wanted', () => {
    const years = { from: '2024-03-16', to: '2026-03-15' };
    expect(grainOf(years, 'auto')).toBe('month');
    expect(stepsOf(years, 'month')).toHaveLength(25);
    expect(stepsOf(years, 'month').slice(8, 12)).toEqual(['2024-11', '2024-12', '2025-01', '2025-02']);
    expect(stepsOf(years, grainOf(years, 'day'))).toHaveLength(730);
    expect(grainOf({ from: '2026-01-01', to: '2026-03-15' }, 'auto')).toBe('day');
  });

  it('hand History the days behind a column, cut to what is shown, the end not within', () => {
    const range = { from: '2024-03-16', to: '2026-03-15' };
    expect(daysOfStep('2024-03', range)).toEqual({ from: '2024-03-16', to: '2024-03-31' });
    expect(daysOfStep('2026-03', range)).toEqual({ from: '2026-03-01', to: '2026-03-15' });
    expect(historyTimes({ from: '2026-03-15', to: '2026-03-15' })).toEqual({
      from: String(Date.UTC(2026, 2, 15)),
      to: String(Date.UTC(2026, 2, 16)),
    });
  });
});

describe('stacks', () => {
  it("never add up unlike vendors' units: each has its own, and what is free has none", () => {
    const stacks = stacksOf(
      order({
        rows: [
          row('2026-03-01', 'spring'),
          row('2026-03-01', 'spring', { ...supertone, credits: 7 }),
          row('2026-03-02', 'spring', { provider: 'scratch', credits: 0 }),
        ],
      }),
    );
    expect(stacks.map(({ key, unit, total }) => [key, unit, total])).toEqual([
      ['elevenlabs', 'credits', 100],
      ['supertone', 'seconds', 7],
    ]);
  });

  it('add up minutes over all vendors, and one project over its workspaces', () => {
    const [stack, ...others] = stacksOf(
      order({
        measure: 'minutes',
        rows: [row('2026-03-01', 'spring'), row('2026-03-01', 'spring', { ...supertone, seconds: 30 })],
      }),
    );
    expect(others).toEqual([]);
    expect(stack).toMatchObject({ unit: null, total: 1.5, layers: [{ label: 'spring', values: [1.5, 0, 0] }] });
  });

  it('keep the voices of two workspaces apart, for an id means nothing outside its own', () => {
    const [stack] = stacksOf(
      order({
        dimension: 'voice',
        rows: [row('2026-03-01', 'Ava'), row('2026-03-01', 'Ava', { workspaceId: 'second' as WorkspaceId })],
      }),
    );
    expect(stack?.layers).toHaveLength(2);
  });

  it('put the largest first and the many small ones together, with nothing lost', () => {
    const rows = Array.from({ length: 12 }, (_, index) =>
      row('2026-03-02', `p${index}`, { credits: 10 * (index + 1) }),
    );
    const [stack] = stacksOf(order({ rows, most: 4 }));
    expect(stack?.layers.map(({ label, total }) => [label, total])).toEqual([
      ['p11', 120],
      ['p10', 110],
      ['p9', 100],
      ['The rest', 450],
    ]);
    expect(stack?.total).toBe(780);
    expect(piledUp(stack?.layers ?? []).at(-1)).toEqual([0, 780, 0]);
  });

  it("hold the vendor's figure beside ours, never in it, and not where it tells only a part", () => {
    const rows = [row('2026-03-01', 'spring'), row('2026-03-01', 'spring', { ...supertone, credits: 7 })];
    const told = [
      row('2026-03-01', 'main', { source: 'vendor', credits: 130, seconds: null }),
      row('2026-03-03', 'main', { source: 'vendor', credits: 20, seconds: null }),
      row('2026-03-01', 'super', { ...supertone, source: 'vendor', credits: 7, seconds: 7, minutes: 0.11 }),
    ];
    const [eleven] = stacksOf(order({ rows, vendorRows: told }));
    expect(eleven).toMatchObject({ total: 100, vendor: [130, null, 20], vendorTotal: 150 });
    expect(stacksOf(order({ rows, vendorRows: told, measure: 'minutes' }))[0]?.vendor).toBeNull();
    expect(stacksOf(order({ rows, vendorRows: told, source: 'ledger' }))[0]?.vendor).toBeNull();
    const [alone] = stacksOf(order({ rows: told, vendorRows: told, source: 'vendor', dimension: 'workspace' }));
    expect(alone).toMatchObject({ total: 150, vendor: null });
  });

  it('show what only the vendor knows of', () => {
    const told = [row('2026-03-02', 'main', { source: 'vendor', credits: 80 })];
    expect(stacksOf(order({ vendorRows: told }))).toMatchObject([{ total: 0, layers: [], vendorTotal: 80 }]);
  });

  it('tell shares and changes in whole per cent, and nothing where there is nothing to compare with', () => {
    expect([percentOf(1, 400), percentOf(0, 400), percentOf(2, 3), percentOf(1, 0)]).toEqual([1, 0, 67, 0]);
    expect([changeOf(150, 100), changeOf(50, 100), changeOf(5, 0)]).toEqual([50, -50, null]);
  });
});

describe('who and what it went to', () => {
  it("keeps each vendor's amount in its own unit, ours beside the vendor's, and orders by minutes", () => {
    const of = (label: string, part: Partial<UsageRow>) => ({ ...row('', label, part), labels: [label], ids: [label] });
    const tops = topsOf(
      [
        of('autumn', { seconds: 30 }),
        of('spring', { seconds: 600 }),
        of('spring', { source: 'vendor', credits: 120, seconds: null }),
        of('spring', { ...supertone, credits: 40, seconds: 40 }),
        of('web app', { source: 'vendor', credits: 80, seconds: null }),
      ],
      ({ provider }) => (provider === 'supertone' ? 'seconds' : 'credits'),
      false,
    );
    expect(tops.map(({ label }) => label)).toEqual(['spring', 'autumn', 'web app']);
    expect(tops[0]?.spent).toEqual([
      { provider: 'elevenlabs', unit: 'credits', ledger: 100, vendor: 120 },
      { provider: 'supertone', unit: 'seconds', ledger: 40, vendor: null },
    ]);
    expect(tops[2]?.spent).toEqual([{ provider: 'elevenlabs', unit: 'credits', ledger: null, vendor: 80 }]);
  });
});

describe('a burn-down', () => {
  const meter = (part: Partial<CreditMeter> = {}): CreditMeter => ({
    workspaceId: 'main' as WorkspaceId,
    workspaceName: 'main',
    provider: 'elevenlabs',
    costUnit: 'credits',
    source: 'vendor',
    state: 'current',
    message: null,
    plan: null,
    usedCredits: 600,
    limitCredits: 1000,
    remainingCredits: 400,
    heldCredits: 0,
    freeCredits: 400,
    seenCredits: 600,
    overage: { state: 'off', limitCredits: 0, current: null },
    resetAt: now + 10 * dayMs,
    periodStartAt: now - 5 * dayMs,
    openInvoices: 0,
    forecast: {
      perDay: 100,
      perDayLow: 50,
      perDayHigh: 200,
      days: 5,
      runsOutAt: now + 4 * dayMs,
      earliestAt: now + 2 * dayMs,
      latestAt: now + 8 * dayMs,
      lastsUntilReset: 'no',
    },
    readAt: now,
    ...part,
  });
  const days = ['2026-03-11', '2026-03-12', '2026-03-13', '2026-03-14'].map((day, index) =>
    row(day, '', { credits: 100 * (index + 1) }),
  );

  it('takes of each day our figure or the vendor’s, whichever is more', () => {
    const both = spendingByDay([row('2026-03-14', ''), row('2026-03-14', '', { source: 'vendor', credits: 130 })]);
    expect([...both]).toEqual([['2026-03-14', 130]]);
  });

  it('goes back from what is left now by what each day was charged, to the beginning of the period', () => {
    const burn = burnDownOf(meter(), [], spendingByDay(days), now);
    expect(burn?.reckoned.map(({ left }) => left)).toEqual([1000, 1000, 1000, 1000, 800, 400, 400]);
    expect(burn?.reckoned[0]?.at).toBe(now - 5 * dayMs);
    expect(burn?.read).toEqual([{ at: now, left: 400 }]);
    expect(burn).toMatchObject({ from: now - 5 * dayMs, to: now + 10 * dayMs, limit: 1000 });
  });

  it('follows what the vendor said where it was read, also where it only told what was used', () => {
    const at = now - 2 * dayMs;
    const reading = { at, usedCredits: 300, limitCredits: 1000, remainingCredits: null, resetAt: null };
    const burn = burnDownOf(meter(), [reading], spendingByDay(days), now);
    expect(burn?.read).toEqual([
      { at, left: 700 },
      { at: now, left: 400 },
    ]);
    expect(burn?.reckoned.at(-1)).toEqual({ at, left: 700 });
  });

  it('goes on at the forecast’s pace, with its band, and never below nothing', () => {
    const forecast = burnDownOf(meter(), [], new Map(), now)?.forecast ?? [];
    expect(forecast[0]).toEqual({ at: now, left: 400, low: 400, high: 400 });
    expect(forecast.find(({ at }) => at === now + 2 * dayMs)).toMatchObject({ left: 200, low: 0, high: 300 });
    expect(forecast.find(({ at }) => at === now + 4 * dayMs)).toMatchObject({ left: 0, high: 200 });
    expect(forecast.at(-1)).toEqual({ at: now + 10 * dayMs, left: 0, low: 0, high: 0 });
    expect(forecast.every(({ low, left, high }) => low <= left && left <= high)).toBe(true);
  });

  it('says the same as a table, day by day', () => {
    const burn = burnDownOf(meter(), [], spendingByDay(days), now);
    const rows = burn === null ? [] : rowsOfBurnDown(burn);
    expect(rows.map(({ day }) => day)).toEqual(rows.map(({ day }) => day).toSorted());
    expect(rows.find(({ day }) => day === '2026-03-15')).toMatchObject({ kind: 'read', left: 400 });
    expect(rows.find(({ day }) => day === '2026-03-25')).toMatchObject({ kind: 'forecast', left: 0 });
  });

  it('is none where the vendor tells no balance', () => {
    expect(burnDownOf(meter({ remainingCredits: null }), [], new Map(), now)).toBeNull();
  });

  it('names the days that drive the pace, and what could be spent a day instead', () => {
    const pace = paceOf(meter(), spendingByDay(days), now);
    expect(pace).toMatchObject({ total: 1000, affordable: 40 });
    expect(pace?.days.map(({ day, percent }) => [day, percent])).toEqual([
      ['2026-03-14', 40],
      ['2026-03-13', 30],
      ['2026-03-12', 20],
      ['2026-03-11', 10],
    ]);
    expect(paceOf(meter({ forecast: null }), new Map(), now)).toBeNull();
  });
});
