/**
 * Usage over a million rows: roll-up views beside a plain scan of the same library, and what keeping them costs the
 * commits that complete takes. The library is made once and kept in the system's temp folder.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { UsageDimension } from '#contract/account.ts';
import { migrate, schemaVersion } from '#engine/database/migrate.ts';
import { accounts } from '#engine/database/migrations/0004-accounts.ts';
import { foldUsage } from '#engine/database/usage-days.ts';
import { chargedFacts, outputFacts, summed } from '#engine/database/usage-facts.ts';
import { listEveryWorkspace, projectNames } from '#engine/database/usage-names.ts';
import { dayMs, dayOf } from '#engine/database/utc-day.ts';
import type { WritableDatabase } from '#engine/ports.ts';
import { queryUsage, type UsageNames, type UsageOrder } from '#engine/usage/query.ts';
import { openDatabase } from '#node/database.ts';
import { openStudio } from '#test/builders/studio.ts';
import { median, type Bench } from './setup/figures.ts';
import { fill, makeBed, orderedLines, settleAll } from './setup/rows.ts';

const days = 730;
const lastDay = dayOf(Date.UTC(2026, 5, 30));
const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Cheap and the same each time. */
const dice = (seed: number): ((sides: number) => number) => {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
};

/** Takes of two years by 50 voices, 12 projects, 6 people and 3 machines in two workspaces, with their calls and charges. */
const makeRows = (database: WritableDatabase, rows: number): void => {
  database.exec('PRAGMA synchronous = OFF');
  database.exec(
    "INSERT INTO workspaces (id, provider, name, base_url, created_at) VALUES ('w1', 'chosen', 'one', 'http://one', 1), ('w2', 'elevenlabs', 'two', 'http://two', 1)",
  );
  const roll = dice(7);
  const renders: number[] = [];
  for (let project = 0; project < 12; project += 1) {
    database.prepare('INSERT INTO projects (id, name, created_at) VALUES (?, ?, 1)').run(`p${project}`, `P ${project}`);
    for (let person = 0; person < 6; person += 1) {
      renders.push(
        database
          .prepare(
            `INSERT INTO renders (id, project_id, title, purpose, state, takes, person, machine, created_at, finished_at)
             VALUES (?, ?, 'R', 'render', 'done', 1, ?, ?, 1, 2)`,
          )
          .run(`r${project}-${person}`, `p${project}`, `Person ${person}`, `machine-${person % 3}`).lastInsertRowid,
      );
    }
  }
  const renderInfo = new Map(
    database
      .prepare<{ seq: number; project_id: string; person: string; machine: string }>(
        'SELECT seq, project_id, person, machine FROM renders',
      )
      .all()
      .map((row) => [row.seq, row]),
  );
  const recipe = database.prepare(
    "INSERT INTO recipes (hash, kind, provider, voice, text, characters, canonical) VALUES (?, 'speech', 'chosen', ?, ?, ?, ?)",
  );
  const job = database.prepare(
    "INSERT INTO jobs (id, workspace_seq, render_seq, kind, recipe_id, take_no, state, generation_id, created_at, updated_at) VALUES (?, ?, ?, 'speech', ?, 1, 'succeeded', ?, ?, ?)",
  );
  const call = database.prepare(
    `INSERT INTO generations (id, job_seq, render_seq, state, method, url, content_type, body, base_url, charged_credits, created_at, submitted_at, settled_at)
     VALUES (?, ?, ?, 'settled', 'POST', 'u', 't', x'00', 'b', ?, ?, ?, ?)`,
  );
  const charge = database.prepare(
    "INSERT INTO ledger (kind, credits, job_seq, generation_id, render_seq, project_id, person, machine, at) VALUES ('charge', ?, ?, ?, ?, ?, ?, ?, ?)",
  );
  const take = database.prepare(
    "INSERT INTO takes (id, recipe_id, take_no, generation_id, sha256, format, bytes, duration_ms, created_at) VALUES (?, ?, 1, ?, ?, 'wav', 1, ?, ?)",
  );
  const text = 'This week only, every lamp in the house is half price. '.repeat(4);
  for (let index = 0; index < rows; index += 10_000) {
    database.transaction(() => {
      for (let row = index; row < Math.min(rows, index + 10_000); row += 1) {
        const at = (lastDay - days + 1) * dayMs + Math.floor((row / rows) * days * dayMs);
        const workspace = 1 + roll(2);
        // A few voices speak most of the lines.
        const voice = `voice-${workspace}-${Math.min(roll(25), roll(25))}`;
        const render = renderInfo.get(renders[roll(renders.length)] ?? 1);
        if (render === undefined) continue;
        const hash = row.toString(16).padStart(64, '0');
        const settings = { style: `style-${roll(5)}`, speed: 1 };
        const canonical = {
          account: 'a',
          format: 'wav',
          kind: 'speech',
          language: roll(3) === 0 ? 'de' : 'en',
          model: `m${roll(4)}`,
          provider: 'chosen',
          settings,
          text,
          voice,
        };
        const recipeId = recipe.run(hash, voice, text, text.length, JSON.stringify(canonical)).lastInsertRowid;
        const jobSeq = job.run(`j${row}`, workspace, render.seq, recipeId, `g${row}`, at, at).lastInsertRowid;
        call.run(`g${row}`, jobSeq, render.seq, text.length, at, at, at);
        charge.run(text.length, jobSeq, `g${row}`, render.seq, render.project_id, render.person, render.machine, at);
        take.run(`t${row}`, recipeId, `g${row}`, hash, 3000 + roll(9000), at);
      }
    });
  }
  while (database.transaction(() => foldUsage(database)));
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
};

const openRows = ({ report }: Bench, rows: number): WritableDatabase => {
  const sum = createHash('sha256').update(accounts).digest('hex').slice(0, 8);
  const folder = join(tmpdir(), `cuebooth-bench-usage-${rows}-v${schemaVersion}-${sum}`);
  if (!existsSync(folder)) {
    report.note(`making a library of ${rows} paid takes in ${folder} (kept for the next time) ...`);
    const unfinished = `${folder}.making`;
    rmSync(unfinished, { recursive: true, force: true });
    mkdirSync(unfinished);
    const database = openDatabase(join(unfinished, 'library.db'));
    migrate(database);
    makeRows(database, rows);
    database.close();
    renameSync(unfinished, folder);
  }
  return openDatabase(join(folder, 'library.db'));
};

const timed = async (rounds: number, work: () => unknown): Promise<number[]> => {
  const times: number[] = [];
  for (let round = -3; round < rounds; round += 1) {
    const started = performance.now();
    await work();
    // The first rounds only warm everything up.
    if (round >= 0) times.push(performance.now() - started);
  }
  return times;
};

const views: readonly (readonly UsageDimension[])[] = [
  ['day'],
  ['month'],
  ['workspace'],
  ['voice'],
  ['style'],
  ['language'],
  ['model'],
  ['project'],
  ['person'],
  ['machine'],
  ['voice', 'month'],
  ['project', 'person'],
  ['voice', 'day'],
];

const readViews = async ({ report, quick }: Bench, database: WritableDatabase): Promise<void> => {
  const projects = projectNames(database);
  const names: UsageNames = {
    workspaces: listEveryWorkspace(database).map((row) => ({ ...row, costUnit: 'credits' })),
    voice: () => null,
    project: (id) => projects.get(id) ?? null,
  };
  const ask = (by: UsageOrder['by'], lastDays: number): Promise<unknown[]> =>
    queryUsage(
      { database, clock: { breathe } },
      {
        from: lastDay - lastDays + 1,
        to: lastDay,
        by,
        workspaceSeq: null,
        projectId: null,
        person: null,
        source: 'ledger',
      },
      names,
    );
  const scanOf = (lastDays: number): (() => unknown) => {
    const from = (lastDay - lastDays + 1) * dayMs;
    const statement = database.prepare(
      `SELECT voice, day, sum(credits), sum(characters), sum(seconds), sum(takes) FROM (${summed(
        `${chargedFacts('ledger_money_at')} AND l.at >= ? UNION ALL ${outputFacts} AND t.created_at >= ?`,
      )}) GROUP BY voice, day`,
    );
    return () => statement.all(from, from);
  };
  for (const [lastDays, goal, what] of [
    [days, 20, 'two years'],
    [30, 1, 'last 30 days'],
  ] as const) {
    const scanned = await timed(quick ? 1 : 3, scanOf(lastDays));
    let slowest = { ms: 0, by: '' };
    for (const by of views) {
      const times = await timed(quick ? 10 : 60, () => ask(by, lastDays));
      const ms = median(times);
      if (ms > slowest.ms) slowest = { ms, by: by.join(', ') };
      if (by.join() !== 'voice,day' && by.join() !== 'voice') continue;
      report.ratio({
        what: `by ${by.join(' and ')}, ${what}: plain scan / roll-up`,
        ours: scanned,
        peer: scanned.map(() => ms),
        peerName: 'roll-up',
        unit: 'ms',
        goal: { atLeast: 40 },
      });
    }
    report.value({
      what: `slowest roll-up view, ${what}`,
      value: slowest.ms,
      unit: 'ms',
      goal: { atMost: goal },
      beside: `by ${slowest.by}; ${views.length} views`,
    });
  }
  // What handing that many rows to a program costs at least, whatever is made of them.
  const bare = database.prepare(
    "SELECT u.key_id, u.day, u.credits, u.characters, u.seconds, u.takes FROM usage_keys k CROSS JOIN usage_days u ON u.key_id = k.id WHERE k.dimension = 'voice' AND u.day > ?",
  );
  const rounds = quick ? 10 : 60;
  report.ratio({
    what: 'by voice and day, two years: view / its bare statement',
    ours: await timed(rounds, () => ask(['voice', 'day'], days)),
    peer: await timed(rounds, () => bare.all(lastDay - days)),
    peerName: 'bare',
    unit: 'ms',
  });
  const pair = await timed(1, () => ask(['voice', 'project'], 30));
  report.value({
    what: 'by voice and project, last 30 days, scanned in slices',
    value: median(pair),
    unit: 'ms',
  });
};

/** Claims and completions a second with the roll-ups, and with neither them nor the indexes that they need. */
const complete = async ({ report, quick }: Bench): Promise<void> => {
  const jobs = quick ? 2_000 : 10_000;
  const once = async (keep: boolean): Promise<number> => {
    const folder = mkdtempSync(join(tmpdir(), 'cuebooth-bench-'));
    const studio = await openStudio({ folder, start: false });
    try {
      const { database } = studio.ports;
      if (!keep) {
        // A log that is folded to its far end is never folded again.
        database.exec(`UPDATE usage_folded SET ledger_seq = 9000000000000000, take_seq = 9000000000000000;
          DROP INDEX ledger_money_at; DROP INDEX takes_created; DROP INDEX jobs_held`);
      }
      const bed = await makeBed(studio);
      await fill(studio.ports, bed, orderedLines(studio.ports, bed.workspaceSeq, jobs));
      const started = performance.now();
      await settleAll(studio.ports, bed, 10, new Uint8Array(600));
      return (jobs / (performance.now() - started)) * 1000;
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
    what: 'claim + complete, with roll-ups / without',
    ours,
    peer,
    peerName: 'without',
    unit: 'jobs/s',
    goal: { atLeast: 0.7 },
  });
};

export const run = async (bench: Bench): Promise<void> => {
  const rows = bench.quick ? 100_000 : 1_000_000;
  bench.report.heading(`Usage, ${rows} rows`);
  const database = openRows(bench, rows);
  try {
    await readViews(bench, database);
  } finally {
    database.close();
  }
  await complete(bench);
};
