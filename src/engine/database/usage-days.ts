/**
 * Usage by day and month, one roll-up per dimension, kept in the commits that book it: the ledger and the takes are the
 * log, and every so many takes what is new in it is folded into the roll-ups by the completing commit. Readers add the
 * few entries that are not folded yet (`tailFacts`), so what they see is exact to the last commit, and no
 * commit has to touch eighteen rows for each take. `bench/usage.ts` measures both ends.
 */
import type { ReadableDatabase, WritableDatabase } from '../ports.ts';
import type { NewTake } from './takes.ts';
import {
  chargedFacts,
  keyOf,
  outputFacts,
  summed,
  usageKeyDimensions,
  type UsageFact,
  type UsageKeyDimension,
} from './usage-facts.ts';
import { monthOfDay } from './utc-day.ts';

export interface StoredTake {
  readonly jobSeq: number;
  readonly take: NewTake;
  /** Null for joins: their parts were counted. */
  readonly generationId: string | null;
}

/** Takes between two folds. More would make readers slower, fewer the commits. */
const foldEvery = 32;
/** Entries and takes of one fold, so that no commit grows long after a bulk of them. */
const foldAtMost = 500;

/** Characters, seconds, takes and what was charged, by way of the log; called when the take is in it. */
export const addOutput = (database: WritableDatabase, _stored: StoredTake): void => {
  const newest = database.prepare<{ seq: number | null }>('SELECT max(seq) AS seq FROM takes').get()?.seq ?? 0;
  if (newest % foldEvery === 0) foldUsage(database);
};

export interface Folded {
  readonly ledgerSeq: number;
  readonly takeSeq: number;
}
/** Up to where the log is in the roll-ups. */
export const foldedUpTo = (database: ReadableDatabase): Folded =>
  database
    .prepare<{ ledgerSeq: number; takeSeq: number }>(
      'SELECT ledger_seq AS ledgerSeq, take_seq AS takeSeq FROM usage_folded',
    )
    .get() ?? { ledgerSeq: 0, takeSeq: 0 };

const factsAfter = (database: ReadableDatabase, after: Folded, upTo: Folded): UsageFact[] =>
  database
    .prepare<UsageFact>(
      summed(
        `${chargedFacts('ledger_money')} AND l.seq > ? AND l.seq <= ? UNION ALL ${outputFacts} AND t.seq > ? AND t.seq <= ?`,
      ),
    )
    .all(after.ledgerSeq, upTo.ledgerSeq, after.takeSeq, upTo.takeSeq);

const endOfLog = (database: ReadableDatabase, after: Folded, limit: number): Folded => {
  const ledger = database
    .prepare<{ seq: number | null }>(
      `SELECT max(seq) AS seq FROM (SELECT seq FROM ledger INDEXED BY ledger_money
         WHERE kind IN ('charge', 'refund', 'adjustment') AND seq > ? ORDER BY seq LIMIT ?)`,
    )
    .get(after.ledgerSeq, limit);
  const takes = database
    .prepare<{ seq: number | null }>(
      'SELECT max(seq) AS seq FROM (SELECT seq FROM takes WHERE seq > ? ORDER BY seq LIMIT ?)',
    )
    .get(after.takeSeq, limit);
  return { ledgerSeq: ledger?.seq ?? after.ledgerSeq, takeSeq: takes?.seq ?? after.takeSeq };
};

/** What is not in the roll-ups yet. */
export const tailFacts = (database: ReadableDatabase): UsageFact[] => {
  // One statement: it is asked before every view, and mostly there is nothing.
  const log = database
    .prepare<{ ledgerSeq: number; takeSeq: number; ledgerEnd: number | null; takeEnd: number | null }>(
      `SELECT ledger_seq AS ledgerSeq, take_seq AS takeSeq, (SELECT max(seq) FROM takes) AS takeEnd,
         (SELECT max(seq) FROM ledger INDEXED BY ledger_money WHERE kind IN ('charge', 'refund', 'adjustment')) AS ledgerEnd FROM usage_folded`,
    )
    .get();
  if (log === undefined) return [];
  const end = { ledgerSeq: log.ledgerEnd ?? 0, takeSeq: log.takeEnd ?? 0 };
  return end.ledgerSeq <= log.ledgerSeq && end.takeSeq <= log.takeSeq ? [] : factsAfter(database, log, end);
};

interface Sums {
  credits: number;
  characters: number;
  seconds: number;
  takes: number;
}
const addTo = <K>(into: Map<K, Sums>, key: K, fact: UsageFact): void => {
  const sums = into.get(key);
  if (sums === undefined) {
    const { credits, characters, seconds, takes } = fact;
    into.set(key, { credits, characters, seconds, takes });
    return;
  }
  sums.credits += fact.credits;
  sums.characters += fact.characters;
  sums.seconds += fact.seconds;
  sums.takes += fact.takes;
};

const keyId = (database: WritableDatabase, dimension: UsageKeyDimension, key: string, workspaceSeq: number): number =>
  database
    .prepare<{ id: number }>('SELECT id FROM usage_keys WHERE dimension = ? AND key = ? AND workspace_seq = ?')
    .get(dimension, key, workspaceSeq)?.id ??
  database
    .prepare('INSERT INTO usage_keys (dimension, key, workspace_seq) VALUES (?, ?, ?)')
    .run(dimension, key, workspaceSeq).lastInsertRowid;

const upsert = (table: 'usage_days' | 'usage_months', period: 'day' | 'month'): string =>
  `INSERT INTO ${table} (key_id, ${period}, credits, characters, seconds, takes) VALUES (?, ?, ?, ?, ?, ?)
   ON CONFLICT (key_id, ${period}) DO UPDATE SET credits = credits + excluded.credits, characters = characters + excluded.characters,
     seconds = seconds + excluded.seconds, takes = takes + excluded.takes`;

const fold = (database: WritableDatabase, facts: readonly UsageFact[], dimension: UsageKeyDimension): void => {
  const keys = new Map<string, { readonly days: Map<number, Sums>; readonly months: Map<number, Sums>; id: number }>();
  for (const fact of facts) {
    const key = keyOf(dimension, fact);
    const name = `${fact.workspace_seq} ${key}`;
    let sums = keys.get(name);
    if (sums === undefined) {
      sums = { id: keyId(database, dimension, key, fact.workspace_seq), days: new Map(), months: new Map() };
      keys.set(name, sums);
    }
    addTo(sums.days, fact.day, fact);
    addTo(sums.months, monthOfDay(fact.day), fact);
  }
  const intoDays = database.prepare(upsert('usage_days', 'day'));
  const intoMonths = database.prepare(upsert('usage_months', 'month'));
  for (const { id, days, months } of keys.values()) {
    for (const [day, sums] of days) intoDays.run(id, day, sums.credits, sums.characters, sums.seconds, sums.takes);
    for (const [month, sums] of months)
      intoMonths.run(id, month, sums.credits, sums.characters, sums.seconds, sums.takes);
  }
};

/** Folds what is new in the log, a limited piece at a time, in the caller's transaction. Returns whether more is left. */
export const foldUsage = (database: WritableDatabase): boolean => {
  const after = foldedUpTo(database);
  const end = endOfLog(database, after, foldAtMost);
  if (end.ledgerSeq === after.ledgerSeq && end.takeSeq === after.takeSeq) return false;
  const facts = factsAfter(database, after, end);
  for (const dimension of usageKeyDimensions) fold(database, facts, dimension);
  database.prepare('UPDATE usage_folded SET ledger_seq = ?, take_seq = ?').run(end.ledgerSeq, end.takeSeq);
  const rest = endOfLog(database, end, 1);
  return rest.ledgerSeq !== end.ledgerSeq || rest.takeSeq !== end.takeSeq;
};
