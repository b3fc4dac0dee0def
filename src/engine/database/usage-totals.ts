/** Reading the roll-ups of usage, with what is not folded into them yet. */
import type { ReadableDatabase } from '../ports.ts';
import { foldedUpTo, tailFacts } from './usage-days.ts';
import { chargedFacts, keyOf, type UsageKeyDimension } from './usage-facts.ts';
import { dayOf, firstDayOf, monthOfDay, startOfDay } from './utc-day.ts';

/** The year 9999 and some. */
const lastDayEver = 3_000_000;

export interface PeriodSums {
  /** A day, a month, or 0 for the whole range. */
  readonly period: number;
  credits: number;
  characters: number;
  seconds: number;
  takes: number;
}
export interface UsageTotal {
  readonly workspaceSeq: number;
  readonly key: string;
  /** In no order; each period once. */
  readonly periods: readonly PeriodSums[];
}
export interface TotalsOrder {
  readonly dimension: UsageKeyDimension;
  /** First and last day, both within. */
  readonly from: number;
  readonly to: number;
  readonly grain: 'day' | 'month' | 'range';
  readonly workspaceSeq?: number | undefined;
  /** Only keys that pass. Default: all. */
  readonly keys?: ((key: string) => boolean) | undefined;
}

interface Segment {
  readonly table: 'usage_days' | 'usage_months';
  readonly from: number;
  readonly to: number;
}
/** Whole months are read from theirs, the days before and after them singly. */
const segmentsOf = ({ from, to, grain }: TotalsOrder): Segment[] => {
  const firstMonth = from === firstDayOf(monthOfDay(from)) ? monthOfDay(from) : monthOfDay(from) + 1;
  const lastMonth = to + 1 === firstDayOf(monthOfDay(to) + 1) ? monthOfDay(to) : monthOfDay(to) - 1;
  if (grain === 'day' || lastMonth < firstMonth) return [{ table: 'usage_days', from, to }];
  const segments: Segment[] = [
    { table: 'usage_days', from, to: firstDayOf(firstMonth) - 1 },
    { table: 'usage_months', from: firstMonth, to: lastMonth },
    { table: 'usage_days', from: firstDayOf(lastMonth + 1), to },
  ];
  return segments.filter((segment) => segment.from <= segment.to);
};

/** Sums by key. One statement for all keys: each statement has to look for what other connections wrote. */
const sumsIn = (
  database: ReadableDatabase,
  { dimension, grain }: TotalsOrder,
  { table, from, to }: Segment,
): ReadonlyMap<number, PeriodSums[]> => {
  const column = table === 'usage_days' ? 'day' : 'month';
  const range = `FROM usage_keys k CROSS JOIN ${table} u ON u.key_id = k.id WHERE k.dimension = ? AND u.${column} BETWEEN ? AND ?`;
  const rows = database
    .prepare<PeriodSums & { readonly keyId: number }>(
      grain === 'range'
        ? `SELECT u.key_id AS keyId, 0 AS period, total(u.credits) AS credits, sum(u.characters) AS characters, total(u.seconds) AS seconds, sum(u.takes) AS takes ${range} GROUP BY k.id`
        : `SELECT u.key_id AS keyId, u.${column} AS period, u.credits, u.characters, u.seconds, u.takes ${range}`,
    )
    .all(dimension, from, to);
  const isByDay = grain === 'month' && table === 'usage_days';
  const byKey = new Map<number, PeriodSums[]>();
  let keyId = -1;
  let sums: PeriodSums[] = [];
  for (const row of rows) {
    // A key's rows stand together.
    if (row.keyId !== keyId) {
      keyId = row.keyId;
      sums = byKey.get(keyId) ?? [];
      byKey.set(keyId, sums);
    }
    sums.push(isByDay ? { ...row, period: monthOfDay(row.period) } : row);
  }
  return byKey;
};

/** Adds up what falls into the same period. */
const merged = (sums: readonly PeriodSums[]): PeriodSums[] => {
  const periods = new Map<number, PeriodSums>();
  for (const each of sums) {
    const there = periods.get(each.period);
    if (there === undefined) {
      periods.set(each.period, { ...each });
      continue;
    }
    there.credits += each.credits;
    there.characters += each.characters;
    there.seconds += each.seconds;
    there.takes += each.takes;
  }
  return [...periods.values()];
};

const readTotals = (database: ReadableDatabase, order: TotalsOrder): UsageTotal[] => {
  const { dimension, grain, keys = () => true } = order;
  const tail = new Map<string, { readonly workspaceSeq: number; readonly key: string; readonly sums: PeriodSums[] }>();
  for (const { day, workspace_seq: workspaceSeq, credits, characters, seconds, takes, ...fact } of tailFacts(
    database,
  )) {
    const key = keyOf(dimension, fact);
    if (day < order.from || day > order.to || !keys(key)) continue;
    if (order.workspaceSeq !== undefined && order.workspaceSeq !== workspaceSeq) continue;
    const period = grain === 'day' ? day : grain === 'month' ? monthOfDay(day) : 0;
    const sums = { period, credits, characters, seconds, takes };
    const there = tail.get(`${workspaceSeq} ${key}`);
    if (there === undefined) tail.set(`${workspaceSeq} ${key}`, { workspaceSeq, key, sums: [sums] });
    else there.sums.push(sums);
  }
  const segments = segmentsOf(order).map((segment) => sumsIn(database, order, segment));
  const totals: UsageTotal[] = [];
  const known = database
    .prepare<{ id: number; key: string; workspaceSeq: number }>(
      'SELECT id, key, workspace_seq AS workspaceSeq FROM usage_keys WHERE dimension = ?1 AND (?2 IS NULL OR workspace_seq = ?2)',
    )
    .all(dimension, order.workspaceSeq ?? null);
  for (const { id, key, workspaceSeq } of known) {
    if (!keys(key)) continue;
    const name = `${workspaceSeq} ${key}`;
    const late = tail.get(name)?.sums ?? [];
    tail.delete(name);
    const parts = segments.flatMap((segment) => {
      const sums = segment.get(id);
      return sums === undefined ? [] : [sums];
    });
    const [first = [], ...others] = parts;
    // Days as they are cannot meet, nor can the one sum of the one segment.
    const isPlain = others.length === 0 && late.length === 0 && grain !== 'month';
    const periods = isPlain ? first : merged([...first, ...others.flat(), ...late]);
    if (periods.length > 0) totals.push({ workspaceSeq, key, periods });
  }
  for (const { workspaceSeq, key, sums } of tail.values()) totals.push({ workspaceSeq, key, periods: merged(sums) });
  return totals;
};
/** Readings at most, beside a process that folds all the time. */
const mostReads = 5;

/** One for each workspace and key that has any usage in the range. */
export const listUsageTotals = (database: ReadableDatabase, order: TotalsOrder): UsageTotal[] => {
  for (let read = 1; ; read += 1) {
    const before = foldedUpTo(database);
    const totals = readTotals(database, order);
    // Another process may have folded in between, and its entries would be counted twice or not at all.
    const after = foldedUpTo(database);
    if (read === mostReads || (before.takeSeq === after.takeSeq && before.ledgerSeq === after.ledgerSeq)) return totals;
  }
};

const creditsOf = (totals: readonly UsageTotal[]): number =>
  totals.reduce((sum, { periods }) => periods.reduce((inner, { credits }) => inner + credits, sum), 0);

/** Charged by this app within [from, to), net of refunds; epoch ms. Whole days come from the roll-ups, their edges from the ledger. */
export const spentBetween = (database: ReadableDatabase, workspaceSeq: number, from: number, to: number): number => {
  if (to <= from) return 0;
  const exact = (start: number, end: number): number =>
    start >= end
      ? 0
      : (database
          .prepare<{ credits: number }>(
            `SELECT total(credits) AS credits FROM (${chargedFacts('ledger_money_at')} AND l.at >= ? AND l.at < ?) WHERE workspace_seq = ?`,
          )
          .get(start, end, workspaceSeq)?.credits ?? 0);
  const firstDay = dayOf(from - 1) + 1;
  const lastDay = dayOf(to) - 1;
  if (lastDay < firstDay) return exact(from, to);
  const whole = listUsageTotals(database, {
    dimension: 'workspace',
    from: firstDay,
    to: lastDay,
    grain: 'range',
    workspaceSeq,
  });
  return exact(from, startOfDay(firstDay)) + creditsOf(whole) + exact(startOfDay(lastDay + 1), to);
};

/** Charged in all, net of refunds. */
export const spentEver = (database: ReadableDatabase, workspaceSeq: number): number =>
  creditsOf(
    listUsageTotals(database, { dimension: 'workspace', from: 0, to: lastDayEver, grain: 'range', workspaceSeq }),
  );
