/**
 * The history over 100,000 entries (`--million`: a million): searches beside a LIKE scan, pages beside OFFSET, what the
 * full-text index weighs, and what an entry costs the commit that completes a take.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { listRuns } from '#engine/database/history-order.ts';
import { pageByTime } from '#engine/database/history-search.ts';
import { listSpeakers } from '#engine/database/history-speakers.ts';
import { createHistorySearch, type HistoryQuery } from '#engine/history/search.ts';
import type { Ports, Statement, WritableDatabase } from '#engine/ports.ts';
import { openStudio } from '#test/builders/studio.ts';
import { createReport, median, type Bench, type Report } from './setup/figures.ts';
import { createVocabulary, dice, openHistoryLibrary } from './setup/history-library.ts';
import { fill, makeBed, orderedLines, settleAll } from './setup/rows.ts';

const limit = 50;
const p95 = (times: readonly number[]): number => times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? 0;
const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/**
 * Milliseconds of each of `count` questions, warm: each is asked three times in a row and its quickest answer counts, so
 * that a busy machine is not taken for a slow question.
 */
const timed = async <Q>(count: number, draw: () => Q, ask: (question: Q) => unknown): Promise<number[]> => {
  const times: number[] = [];
  for (let index = -Math.min(20, count); index < count; index += 1) {
    const question = draw();
    let quickest = Number.POSITIVE_INFINITY;
    for (let turn = 0; turn < 3; turn += 1) {
      const started = performance.now();
      await ask(question);
      quickest = Math.min(quickest, performance.now() - started);
    }
    // The first ones only warm everything up.
    if (index >= 0) times.push(quickest);
  }
  return times;
};
const told = (report: Report, what: string, times: readonly number[], atMost?: number): void =>
  report.value({
    what: `${what}, p95`,
    value: p95(times),
    unit: 'ms',
    ...(atMost === undefined ? {} : { goal: { atMost } }),
    beside: `p50 ${median(times).toFixed(2)} ms`,
  });

const weigh = (report: Report, database: WritableDatabase): void => {
  const bytes = (where: string): number =>
    database.prepare<{ bytes: number }>(`SELECT sum(pgsize) AS bytes FROM dbstat ${where}`).get()?.bytes ?? 0;
  const all = bytes('');
  const index = bytes("WHERE name LIKE 'history_text%'");
  report.value({
    what: 'size, with full-text index / without',
    value: all / (all - index),
    unit: 'x',
    goal: { atMost: 1.35 },
    beside: `${Math.round(all / 1e6)} MB of which ${Math.round(index / 1e6)} MB index; entries of a vendor, the smallest there are`,
  });
};

const measure = async ({ report, quick }: Bench, database: WritableDatabase, rows: number): Promise<void> => {
  const goes = quick ? 40 : 400;
  const searchGoal = rows > 100_000 ? 5 : 2;
  const search = createHistorySearch({ database, clock: { breathe } });
  const ask = (query: Partial<HistoryQuery>) => search({ text: '', order: 'newest', limit, ...query });
  const { words } = createVocabulary(dice(11));
  const roll = dice(3);
  const among = (from: number, to: number, list = words): string => list[from + Math.floor(roll() * (to - from))] ?? '';
  const voiceIds = listSpeakers(database).map(({ voice }) => voice);
  const kinds = {
    rare: () => among(10_000, 20_000),
    medium: () => among(500, 2_000),
    common: () => among(0, 50),
    'two words': () => `${among(500, 2_000)} ${among(0, 50)}`,
    'two letters': () => among(0, 20_000).slice(0, 2),
    'three letters': () => among(0, 20_000).slice(0, 3),
    'four letters': () => among(500, 20_000).slice(0, 4),
    'a phrase': () => `"${among(0, 20)} ${among(0, 20)}"`,
  } as const;
  const mixed = [kinds.rare, kinds.medium, kinds['two words']];
  const searchFor = (text: string) => ask({ text });
  const searched = await timed(goes, () => (mixed[Math.floor(roll() * 3)] ?? kinds.rare)(), searchFor);
  told(report, `search, rare / medium / two words, ${listRuns(database).length} runs`, searched, searchGoal);
  for (const [name, draw] of Object.entries(kinds))
    told(report, `search, ${name}`, await timed(goes / 4, draw, searchFor));
  const ranked = await timed(goes / 8, kinds.common, (text) => ask({ text, order: 'best' }));
  told(report, 'search, common word, the best', ranked);

  // As somebody would who has no index.
  const like = database.prepare(
    'SELECT e.id FROM history_entries e JOIN vendor_items v ON v.seq = e.item_seq WHERE v.text LIKE ? ORDER BY e.id DESC LIMIT 50',
  );
  const scanned = await timed(rows > 100_000 ? 2 : 5, kinds.rare, (word) => like.all(`%${word}%`));
  const rare = median(await timed(goes / 4, kinds.rare, searchFor));
  report.ratio({
    what: 'rare word, LIKE / search',
    ours: scanned,
    peer: scanned.map(() => rare),
    peerName: 'search',
    unit: 'ms',
    goal: { atLeast: 100 },
  });

  const { newest, oldest } = database
    .prepare<{ newest: number; oldest: number }>('SELECT max(id) AS newest, min(id) AS oldest FROM history_entries')
    .get() ?? { newest: 0, oldest: 0 };
  const anywhere = (): number => oldest + Math.floor(roll() * (newest - oldest));
  const pages: Readonly<Record<string, () => Partial<HistoryQuery>>> = {
    first: () => ({}),
    anywhere: () => ({ after: String(anywhere()) }),
    'anywhere in a voice': () => ({ after: String(anywhere()), voice: among(0, voiceIds.length, voiceIds) }),
    'anywhere in a common word': () => ({ after: String(anywhere()), text: kinds.common() }),
  };
  for (const [name, query] of Object.entries(pages))
    told(report, `page, ${name}`, await timed(goes, query, ask), name.endsWith('word') ? searchGoal : 0.5);
  const offset = database.prepare('SELECT id, seq FROM history_entries ORDER BY id DESC LIMIT 50 OFFSET ?');
  const middle = await timed(
    goes / 8,
    () => Math.floor(rows / 2),
    (skipped) => offset.all(skipped),
  );
  const keyset = median(await timed(goes, anywhere, (before) => pageByTime(database, before, 0, limit)));
  report.ratio({
    what: 'page in the middle, OFFSET / keyset',
    ours: middle,
    peer: middle.map(() => keyset),
    peerName: 'keyset',
    unit: 'ms',
    // OFFSET grows with the table: a tenth of it is a tenth of the time.
    ...(rows > 100_000 ? { goal: { atLeast: 50 } } : {}),
  });
};

/** The question that an entry begins with is answered by "no such take", so that nothing more is done for it. */
const withoutHistory = (ports: Ports): Partial<Ports> => {
  const none: Statement<never> = {
    run: () => ({ changes: 0, lastInsertRowid: 0 }),
    get: () => undefined,
    all: () => [],
  };
  const { database } = ports;
  return {
    database: {
      ...database,
      prepare: <Row>(sql: string): Statement<Row> =>
        sql.includes('history_speakers') ? (none as Statement<Row>) : database.prepare<Row>(sql),
    },
  };
};
/** The same way for the other side. */
const withHistory = ({ database }: Ports): Partial<Ports> => ({
  database: { ...database, prepare: <Row>(sql: string): Statement<Row> => database.prepare<Row>(sql) },
});

/** Claims and completions a second with an entry for each take, and without. */
const complete = async ({ report, quick }: Bench): Promise<void> => {
  const jobs = quick ? 2_000 : 10_000;
  const once = async (keeps: boolean): Promise<number> => {
    const folder = mkdtempSync(join(tmpdir(), 'cuebooth-bench-'));
    const studio = await openStudio({ folder, start: false, over: keeps ? withHistory : withoutHistory });
    try {
      const { database } = studio.ports;
      if (!keeps) database.exec('DROP INDEX render_items_recipe');
      const bed = await makeBed(studio);
      await fill(studio.ports, bed, orderedLines(studio.ports, bed.workspaceSeq, jobs));
      const started = performance.now();
      await settleAll(studio.ports, bed, 10, new Uint8Array(600));
      const perSecond = (jobs / (performance.now() - started)) * 1000;
      const listed = database.prepare<{ n: number }>('SELECT count(*) AS n FROM history_entries').get()?.n;
      if (listed !== (keeps ? jobs : 0)) throw new Error(`${listed} of ${jobs} takes stand in the history.`);
      return perSecond;
    } finally {
      await studio.remove();
    }
  };
  const ours: number[] = [];
  const peer: number[] = [];
  for (let round = -1; round < (quick ? 1 : 5); round += 1) {
    const without = await once(false);
    const kept = await once(true);
    if (round < 0) continue;
    ours.push(kept);
    peer.push(without);
  }
  report.ratio({
    what: 'claim + complete, with entries / without',
    ours,
    peer,
    peerName: 'without',
    unit: 'jobs/s',
    goal: { atLeast: 0.7 },
  });
};

export const run = async (bench: Bench, _bundled?: unknown, rows = 100_000): Promise<void> => {
  bench.report.heading(`History, ${rows} entries`);
  const database = await openHistoryLibrary(rows, (text) => bench.report.note(text));
  try {
    weigh(bench.report, database);
    await measure(bench, database, rows);
  } finally {
    database.close();
  }
  await complete(bench);
};

if (import.meta.main) {
  const { values } = parseArgs({
    options: { quick: { type: 'boolean', default: false }, million: { type: 'boolean', default: false } },
  });
  const report = createReport({ met: 0, missed: [] });
  await run({ report, quick: values.quick }, null, values.million ? 1_000_000 : 100_000);
}
