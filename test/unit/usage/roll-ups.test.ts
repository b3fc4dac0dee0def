/** The roll-ups against a plain recount of the ledger and the takes, by other means than the ones that keep them. */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { foldedUpTo, foldUsage } from '#engine/database/usage-days.ts';
import { usageKeyDimensions, type UsageKeyDimension } from '#engine/database/usage-facts.ts';
import { scanUsage } from '#engine/database/usage-scan.ts';
import { listUsageTotals, spentBetween, spentEver, type PeriodSums } from '#engine/database/usage-totals.ts';
import { dayOf, firstDayOf, monthOf } from '#engine/database/utc-day.ts';
import type { ReadableDatabase } from '#engine/ports.ts';
import { openUsageRows, type UsageRows } from './usage-rows.ts';

let rows: UsageRows;
beforeEach(() => {
  rows = openUsageRows();
});
afterEach(() => rows.remove());

const start = Date.UTC(2026, 0, 25);
const hour = 3_600_000;

interface Counted {
  readonly at: number;
  readonly workspaceSeq: number;
  readonly key: Readonly<Record<UsageKeyDimension, string>>;
  readonly credits: number;
  readonly characters: number;
  readonly seconds: number;
  readonly takes: number;
}
/** Everything that was ever used, an entry at a time. */
const recount = (database: ReadableDatabase): Counted[] => {
  const all = (sql: string): Record<string, unknown>[] => database.prepare(sql).all();
  const byId = (table: string, id: string) => new Map(all(`SELECT * FROM ${table}`).map((row) => [row[id], row]));
  const jobs = byId('jobs', 'seq');
  const recipes = byId('recipes', 'id');
  const renders = byId('renders', 'seq');
  const generations = byId('generations', 'id');
  const counted = (
    job: Record<string, unknown>,
    who: Record<string, unknown>,
    at: unknown,
    amounts: Pick<Counted, 'credits' | 'characters' | 'seconds' | 'takes'>,
  ): Counted => {
    const recipe = recipes.get(job['recipe_id']) ?? {};
    const canonical = JSON.parse(String(recipe['canonical'])) as {
      language: string | null;
      model: string | null;
      settings: { style?: unknown };
    };
    const { style } = canonical.settings;
    return {
      at: Number(at),
      workspaceSeq: Number(job['workspace_seq']),
      key: {
        workspace: '',
        voice: String(recipe['voice']),
        style: typeof style === 'string' ? style : '',
        language: canonical.language ?? '',
        model: canonical.model ?? '',
        project: String(who['project_id']),
        person: String(who['person']),
        machine: String(who['machine']),
        project_person: `${String(who['project_id'])}\u001f${String(who['person'])}`,
      },
      ...amounts,
    };
  };
  const money = all('SELECT * FROM ledger')
    .filter(({ kind }) => kind === 'charge' || kind === 'refund' || kind === 'adjustment')
    .map((entry) =>
      counted(jobs.get(entry['job_seq']) ?? {}, entry, entry['at'], {
        credits: Number(entry['credits']) * (entry['kind'] === 'refund' ? -1 : 1),
        characters: 0,
        seconds: 0,
        takes: 0,
      }),
    );
  const output = all('SELECT * FROM takes')
    .filter((take) => take['generation_id'] !== null)
    .map((take) => {
      const job = jobs.get(generations.get(take['generation_id'])?.['job_seq']) ?? {};
      return counted(job, renders.get(job['render_seq']) ?? {}, take['created_at'], {
        credits: 0,
        characters: Number(recipes.get(job['recipe_id'])?.['characters']),
        seconds: Number(take['duration_ms']) / 1000,
        takes: 1,
      });
    });
  return [...money, ...output];
};
type FlatTotal = PeriodSums & { readonly workspaceSeq: number; readonly key: string };
const totalsOf = (
  entries: readonly Counted[],
  dimension: UsageKeyDimension,
  from: number,
  to: number,
  grain: 'day' | 'month' | 'range',
): FlatTotal[] => {
  const totals = new Map<string, FlatTotal>();
  for (const entry of entries) {
    const day = dayOf(entry.at);
    if (day < from || day > to) continue;
    const period = grain === 'day' ? day : grain === 'month' ? monthOf(entry.at) : 0;
    const key = entry.key[dimension];
    const name = `${entry.workspaceSeq} ${period} ${key}`;
    const there = totals.get(name);
    totals.set(name, {
      workspaceSeq: entry.workspaceSeq,
      key,
      period,
      credits: (there?.credits ?? 0) + entry.credits,
      characters: (there?.characters ?? 0) + entry.characters,
      seconds: (there?.seconds ?? 0) + entry.seconds,
      takes: (there?.takes ?? 0) + entry.takes,
    });
  }
  return [...totals.values()];
};
/** Sums of halves and quarters are exact in any order. */
const sorted = (totals: readonly FlatTotal[]): FlatTotal[] =>
  totals.toSorted((a, b) => a.workspaceSeq - b.workspaceSeq || a.period - b.period || (a.key < b.key ? -1 : 1));

const expectAgreement = (from: number, to: number): void => {
  const entries = recount(rows.database);
  for (const dimension of usageKeyDimensions) {
    for (const grain of ['day', 'month', 'range'] as const) {
      const kept = listUsageTotals(rows.database, { dimension, from, to, grain }).flatMap(
        ({ workspaceSeq, key, periods }) =>
          periods.map(({ period, credits, characters, seconds, takes }) => ({
            workspaceSeq,
            key,
            period,
            credits,
            characters,
            seconds,
            takes,
          })),
      );
      expect(sorted(kept)).toEqual(sorted(totalsOf(entries, dimension, from, to, grain)));
    }
  }
};

const someCall = fc.record({
  workspace: fc.constantFrom(1 as const, 2 as const),
  voice: fc.constantFrom('Ava', 'Ben', 'Cleo'),
  project: fc.constantFrom('p1', 'p2'),
  person: fc.constantFrom('Mia', 'Noor'),
  machine: fc.constantFrom('desk', 'booth'),
  language: fc.constantFrom(null, 'en', 'de'),
  model: fc.constantFrom(null, 'fast'),
  style: fc.constantFrom(null, 'calm', 0.4),
  text: fc.string({ minLength: 1, maxLength: 12 }),
});
const step = fc.record({
  of: someCall,
  kind: fc.constantFrom('paid', 'free', 'refunded', 'late', 'aside', 'join', 'fold'),
  quarters: fc.integer({ min: 0, max: 400 }),
  hours: fc.integer({ min: 0, max: 24 * 80 }),
});

describe('the roll-ups of usage', () => {
  it('are what the ledger and the takes add up to, whatever happened in whichever order', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), fc.nat(80), fc.nat(80), (steps, first, length) => {
        rows.remove();
        rows = openUsageRows();
        const late: (() => void)[] = [];
        for (const { of, kind, quarters, hours } of steps) {
          const at = start + hours * hour;
          const credits = quarters / 4;
          if (kind === 'fold') rows.database.transaction(() => foldUsage(rows.database));
          else if (kind === 'join') rows.join(at);
          else {
            const call = rows.call(of);
            if (kind === 'refunded') rows.refund(call, credits, Math.min(credits, 10), at);
            else {
              if (kind !== 'aside') rows.take(call, at, quarters / 8);
              if (kind === 'paid' || kind === 'aside') rows.charge(call, credits, at);
              if (kind === 'late') late.push(() => rows.charge(call, credits, at + 40 * 24 * hour));
            }
          }
        }
        for (const settle of late) settle();
        const from = dayOf(start) + first;
        expectAgreement(from, from + length);
      }),
      { numRuns: 30 },
    );
  }, 60_000);

  it('are folded by the commits that complete takes, so that few entries are left to read singly', () => {
    for (let index = 0; index < 100; index += 1) {
      const call = rows.call();
      rows.take(call, start + index);
      rows.charge(call, 1, start + index);
    }
    expect(foldedUpTo(rows.database).takeSeq).toBe(96);
    expect(rows.database.prepare('SELECT total(takes) AS n FROM usage_days').get()).toEqual({ n: 96 * 9 });
    expectAgreement(dayOf(start), dayOf(start));
  });

  it('go back with the commit that is rolled back', () => {
    for (let index = 0; index < 31; index += 1) rows.take(rows.call(), start);
    const call = rows.call();
    expect(() =>
      rows.database.transaction(() => {
        rows.take(call, start);
        expect(foldedUpTo(rows.database).takeSeq).toBe(32);
        throw new Error('the disk is full');
      }),
    ).toThrow('the disk is full');
    expect(foldedUpTo(rows.database).takeSeq).toBe(0);
    expectAgreement(dayOf(start), dayOf(start));
  });

  it('are folded a piece at a time after a bulk of entries', () => {
    const call = rows.call();
    rows.database.transaction(() => {
      for (let index = 0; index < 1200; index += 1) rows.charge(call, 0.5, start + index);
    });
    const more: boolean[] = [];
    do more.push(rows.database.transaction(() => foldUsage(rows.database)));
    while (more.at(-1));
    expect(more).toEqual([true, true, false]);
    expect(rows.database.transaction(() => foldUsage(rows.database))).toBe(false);
    expectAgreement(dayOf(start), dayOf(start));
  });

  it('read whole months from theirs and the days around them singly', () => {
    const charged = rows.call();
    for (const day of [1, 14, 15, 28, 29, 40, 90]) rows.charge(charged, day, Date.UTC(2026, 0, day, 12));
    rows.database.transaction(() => foldUsage(rows.database));
    // The month's own row is put wrong, so that an answer tells where it comes from.
    const february = monthOf(Date.UTC(2026, 1, 1));
    rows.database.prepare('UPDATE usage_months SET credits = credits + 1000 WHERE month = ?').run(february);
    const of = (from: number, to: number): number =>
      listUsageTotals(rows.database, { dimension: 'voice', from, to, grain: 'range' }).reduce(
        (sum, { periods }) => periods.reduce((inner, { credits }) => inner + credits, sum),
        0,
      );
    expect(of(dayOf(Date.UTC(2026, 0, 15)), dayOf(Date.UTC(2026, 2, 31)))).toBe(15 + 28 + 29 + 40 + 90 + 1000);
    expect(of(firstDayOf(february), firstDayOf(february + 1) - 2)).toBe(40);
  });
});

describe('a sum over a stretch of time', () => {
  it('counts to the millisecond at both ends', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ minutes: fc.nat(10_000), credits: fc.nat(50) }), { maxLength: 40 }),
        fc.nat(10_000),
        fc.nat(10_000),
        fc.boolean(),
        (charges, first, length, folds) => {
          rows.remove();
          rows = openUsageRows();
          const one = rows.call();
          const other = rows.call({ workspace: 2 });
          for (const { minutes, credits } of charges) {
            rows.charge(one, credits, start + minutes * 60_000);
            rows.charge(other, 7, start + minutes * 60_000);
          }
          if (folds) rows.database.transaction(() => foldUsage(rows.database));
          const from = start + first * 60_000;
          const to = from + length * 60_000;
          const expected = charges
            .filter(({ minutes }) => start + minutes * 60_000 >= from && start + minutes * 60_000 < to)
            .reduce((sum, { credits }) => sum + credits, 0);
          expect(spentBetween(rows.database, 1, from, to)).toBe(expected);
        },
      ),
      { numRuns: 30 },
    );
    expect(spentEver(rows.database, 2) % 7).toBe(0);
  }, 30_000);
});

describe('a scan', () => {
  it('yields everything of its days once, in slices', () => {
    const call = rows.call();
    rows.database.transaction(() => {
      for (let index = 0; index < 2500; index += 1) rows.charge(call, 1, start + (index % 7) * 24 * hour);
    });
    rows.take(call, start + hour);
    const slices = [...scanUsage(rows.database, dayOf(start) + 1, dayOf(start) + 5)];
    expect(slices.map(({ length }) => length)).toEqual([1000, 785]);
    expect(slices.flat().reduce((sum, { credits }) => sum + credits, 0)).toBe(1785);
    const first = [...scanUsage(rows.database, dayOf(start), dayOf(start))].flat();
    expect(first.reduce((sum, { takes }) => sum + takes, 0)).toBe(1);
    expect(first.every(({ day }) => day === dayOf(start))).toBe(true);
  });
});
