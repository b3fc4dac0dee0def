/** Usage by more than the roll-ups know, read from the ledger and the takes a slice at a time. */
import type { ReadableDatabase } from '../ports.ts';
import { chargedFacts, outputFacts, type UsageFact } from './usage-facts.ts';
import { dayOf, startOfDay } from './utc-day.ts';

/** Rows of one slice: a few milliseconds. */
const sliceRows = 1_000;

const logs = [
  { facts: chargedFacts('ledger_money_at'), at: 'l.at', seq: 'l.seq' },
  { facts: outputFacts, at: 't.created_at', seq: 't.seq' },
] as const;

/** Yields facts of single entries and takes of these days (both within), slice by slice; the caller breathes in between. */
export function* scanUsage(database: ReadableDatabase, from: number, to: number): Generator<UsageFact[]> {
  for (const { facts, at, seq } of logs) {
    const slice = database.prepare<Omit<UsageFact, 'day'> & { readonly at: number; readonly seq: number }>(
      `${facts} AND (${at}, ${seq}) > (?, ?) AND ${at} < ? ORDER BY ${at}, ${seq} LIMIT ${sliceRows}`,
    );
    let after = { at: startOfDay(from) - 1, seq: Number.MAX_SAFE_INTEGER };
    for (;;) {
      const rows = slice.all(after.at, after.seq, startOfDay(to + 1));
      const last = rows.at(-1);
      if (last === undefined) break;
      yield rows.map((row) => ({ ...row, day: dayOf(row.at) }));
      if (rows.length < sliceRows) break;
      after = last;
    }
  }
}
