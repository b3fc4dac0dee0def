/** A library database with paid calls of several workspaces, projects and people, made through the engine's own books. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { insertGeneration } from '#engine/database/generations.ts';
import { insertJob } from '#engine/database/jobs.ts';
import { insertTake } from '#engine/database/takes.ts';
import { migrate } from '#engine/index.ts';
import { charge, chargeAndRefund } from '#engine/ledger/book.ts';
import { recordTake } from '#engine/ledger/completion.ts';
import type { WritableDatabase } from '#engine/ports.ts';
import { openDatabase } from '#node/database.ts';

export interface Spoken {
  readonly workspace: 1 | 2;
  readonly voice: string;
  readonly project: string;
  readonly person: string;
  readonly machine: string;
  readonly language: string | null;
  readonly model: string | null;
  /** A number is a vendor's setting of that name, not a style. */
  readonly style: string | number | null;
  readonly text: string;
}
export const spoken: Spoken = {
  workspace: 1,
  voice: 'Ava',
  project: 'p1',
  person: 'Mia',
  machine: 'desk',
  language: 'en',
  model: null,
  style: null,
  text: 'Only this week.',
};
export interface Call {
  readonly jobSeq: number;
  readonly renderSeq: number;
  readonly recipeId: number;
  readonly generationId: string;
}
export interface UsageRows {
  readonly database: WritableDatabase;
  /** A call that has left. */
  call(of?: Partial<Spoken>): Call;
  /** Its audio came. */
  take(call: Call, at: number, seconds?: number): void;
  charge(call: Call, credits: number, at: number): void;
  refund(call: Call, charged: number, refunded: number, at: number): void;
  /** A take joined from parts, each of which was a call of its own. */
  join(at: number): void;
  remove(): void;
}

export const openUsageRows = (): UsageRows => {
  const folder = mkdtempSync(join(tmpdir(), 'cuebooth-usage-'));
  const database = openDatabase(join(folder, 'library.db'));
  migrate(database);
  // Thousands of tiny commits, and nothing here is about power cuts.
  database.exec('PRAGMA synchronous = OFF');
  database.exec(`INSERT INTO workspaces (id, provider, name, base_url, created_at) VALUES ('w1', 'chosen', 'one', 'http://one', 1), ('w2', 'elevenlabs', 'two', 'http://two', 1);
    INSERT INTO projects (id, name, created_at) VALUES ('p1', 'Spring', 1), ('p2', 'Autumn', 1)`);
  let count = 0;
  const next = (): number => (count += 1);
  const render = (project: string, person: string, machine: string): number =>
    database
      .prepare(
        `INSERT INTO renders (id, project_id, title, purpose, state, takes, person, machine, created_at) VALUES (?, ?, 'R', 'render', 'active', 1, ?, ?, 1)`,
      )
      .run(`r${next()}`, project, person, machine).lastInsertRowid;
  const recipe = (kind: 'speech' | 'joined', voice: string, text: string, canonical: unknown): number =>
    database
      .prepare(
        'INSERT INTO recipes (hash, kind, provider, voice, text, characters, canonical) VALUES (?, ?, ?, ?, ?, ?, ?)',
      )
      .run(
        String(next()).padStart(64, '0'),
        kind,
        kind === 'speech' ? 'chosen' : null,
        voice,
        text,
        text.length,
        JSON.stringify(canonical),
      ).lastInsertRowid;
  const job = (kind: 'speech' | 'join', workspaceSeq: number, renderSeq: number, recipeId: number): number =>
    insertJob(database, {
      id: `j${next()}`,
      workspaceSeq,
      renderSeq,
      kind,
      recipeId,
      takeNo: 1,
      waitingParts: 0,
      heldCredits: null,
      at: 1,
    });
  const store = (jobSeq: number, recipeId: number, generationId: string | null, at: number, seconds: number): void =>
    database.transaction(() => {
      const take = {
        id: `t${next()}` as never,
        recipeId,
        takeNo: 1,
        generationId,
        sha256: 'a'.repeat(64),
        format: 'wav',
        bytes: 1,
        durationMs: seconds * 1000,
        sampleRate: null,
        channels: null,
        loudnessLufs: null,
        truePeakDb: null,
        suspect: null,
        createdAt: at,
        samplesPerPeak: 1,
        peaks: new Uint8Array(),
      };
      insertTake(database, take);
      recordTake(database, { jobSeq, take, generationId });
    });
  return {
    database,
    call: (of = {}) => {
      const { workspace, voice, project, person, machine, language, model, style, text } = { ...spoken, ...of };
      const renderSeq = render(project, person, machine);
      const recipeId = recipe('speech', voice, text, {
        kind: 'speech',
        voice,
        language,
        model,
        text,
        settings: style === null ? {} : { style },
      });
      const jobSeq = job('speech', workspace, renderSeq, recipeId);
      const generationId = `g${next()}`;
      insertGeneration(database, {
        id: generationId as never,
        jobSeq,
        renderSeq,
        state: 'submitted',
        method: 'POST',
        url: 'http://one',
        contentType: 'application/json',
        body: new Uint8Array([1]),
        idempotencyKey: null,
        baseUrl: 'http://one',
        keyFingerprint: null,
        estimateCredits: 5,
        submittedAt: 1,
        createdAt: 1,
      });
      return { jobSeq, renderSeq, recipeId, generationId };
    },
    take: ({ jobSeq, recipeId, generationId }, at, seconds = 2) => store(jobSeq, recipeId, generationId, at, seconds),
    charge: ({ jobSeq, renderSeq, generationId }, credits, at) =>
      database.transaction(() => charge(database, { seq: jobSeq, renderSeq }, generationId, credits, at)),
    refund: ({ jobSeq, renderSeq, generationId }, charged, refunded, at) =>
      database.transaction(() =>
        chargeAndRefund(database, { seq: jobSeq, renderSeq }, generationId, charged, refunded, at),
      ),
    join: (at) => {
      const renderSeq = render('p1', 'Mia', 'desk');
      const recipeId = recipe('joined', '', '(joined)', { kind: 'joined', parts: [] });
      store(job('join', 1, renderSeq, recipeId), recipeId, null, at, 9);
    },
    remove: () => {
      database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
