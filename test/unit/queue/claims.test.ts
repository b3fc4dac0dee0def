import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nextDueAt } from '#engine/database/claims.ts';
import { changeJob, endClaim, getJob } from '#engine/database/jobs.ts';
import { getGeneration, markAccepted, markNotSent, markUnknown } from '#engine/database/generations.ts';
import { hold } from '#engine/ledger/book.ts';
import { createChosen } from '#engine/providers/chosen/adapter.ts';
import type { ProviderPorts, WorkspaceView } from '#engine/providers/provider.ts';
import { claimJobs, type Claimed, type ClaimResult } from '#engine/queue/claim.ts';
import { openQueueDatabase, type QueueDatabase } from '#test/builders/queue-database.ts';

let rows: QueueDatabase;
beforeEach(() => {
  rows = openQueueDatabase();
});
afterEach(() => rows.remove());

const provider = createChosen({ now: () => 0 } as unknown as ProviderPorts);
const view: WorkspaceView = { id: 'w', name: 'chosen', provider: 'chosen', baseUrl: 'http://vendor', settings: {} };
let made = 0;
const claim = (
  limit: number,
  options: {
    readonly now?: number;
    readonly baseUrl?: string;
    readonly keyFingerprint?: string;
    readonly settings?: WorkspaceView['settings'];
  } = {},
): ClaimResult => {
  const baseUrl = options.baseUrl ?? view.baseUrl;
  return rows.database.transaction(() =>
    claimJobs(rows.database, {
      workspaceSeq: 1,
      view: { ...view, baseUrl, settings: options.settings ?? {} },
      provider,
      conditions: {
        baseUrl,
        keyFingerprint: options.keyFingerprint ?? 'f',
        keyLifetimeMs: 3_600_000,
        now: options.now ?? 1000,
      },
      creditsPerCharacter: null,
      claimId: `claim-${(made += 1)}`,
      limit,
      nextId: () => `generation-${(made += 1)}`,
      secret: () => `key-${(made += 1)}`,
    }),
  );
};
const ordered = (renderSeq: number, count: number, credits?: number): number[] =>
  Array.from({ length: count }, (_, index) => {
    const recipeId = rows.addRecipe(`Line ${index} of render ${renderSeq}`);
    const seq = rows.addJob(renderSeq, { recipeId });
    if (credits !== undefined) hold(rows.database, { seq, renderSeq }, credits, 1);
    return seq;
  });
const seqs = (result: ClaimResult): number[] => result.claimed.map(({ job }) => job.seq);
const stateOf = (seq: number): unknown => rows.value('SELECT state FROM jobs WHERE seq = ?', seq);
const only = (result: ClaimResult): Claimed & { readonly generation: NonNullable<Claimed['generation']> } => {
  const [claimed] = result.claimed;
  if (claimed === undefined || claimed.generation === null) throw new Error('Nothing was claimed.');
  return { ...claimed, generation: claimed.generation };
};

describe('a claim', () => {
  it('takes the most urgent render first, then the oldest, each in its own order', () => {
    const older = ordered(rows.addRender(), 2);
    const newer = ordered(rows.addRender(), 2);
    const audition = ordered(rows.addRender({ priority: 100 }), 1);
    expect(seqs(claim(4))).toEqual([...audition, ...older, newer[0]]);
    expect(seqs(claim(4))).toEqual([newer[1]]);
    expect(seqs(claim(4))).toEqual([]);
  });

  it.each(['preparing', 'paused', 'over_budget', 'done', 'cancelled'])(
    'leaves the lines of a render that is %s alone',
    (state) => {
      const [seq = 0] = ordered(rows.addRender({ state }), 1);
      expect(claim(5).claimed).toEqual([]);
      expect(stateOf(seq)).toBe('queued');
    },
  );

  it('writes down what will be sent, with a key of its own, before anything is', () => {
    ordered(rows.addRender(), 2);
    const generations = claim(2).claimed.map(({ generation }) => getGeneration(rows.database, generation?.id ?? ''));
    expect(generations).toMatchObject([
      { state: 'submitted', submittedAt: 1000, method: 'POST', keyFingerprint: 'f' },
      { state: 'submitted' },
    ]);
    expect(generations[0]?.idempotencyKey).not.toBe(generations[1]?.idempotencyKey);
    expect(new TextDecoder().decode(generations[0]?.body)).toBe('{"text":"Line 0 of render 1","voice":"Ava"}');
  });

  it('leaves a line alone until its time has come', () => {
    const [seq = 0] = ordered(rows.addRender(), 1);
    rows.database.exec(`UPDATE jobs SET retry_at = 2000 WHERE seq = ${seq}`);
    expect(claim(5, { now: 1999 }).claimed).toEqual([]);
    expect(nextDueAt(rows.database, 1, 1999)).toBe(2000);
    expect(seqs(claim(5, { now: 2000 }))).toEqual([seq]);
    expect(nextDueAt(rows.database, 1, 2000)).toBeNull();
  });

  it('sets no alarm for a line that is due but may not be claimed', () => {
    const [seq = 0] = ordered(rows.addRender({ state: 'paused' }), 1);
    rows.database.exec(`UPDATE jobs SET retry_at = 2000 WHERE seq = ${seq}`);
    expect(claim(5, { now: 3000 }).claimed).toEqual([]);
    expect(nextDueAt(rows.database, 1, 3000)).toBeNull();
  });

  it('that was lost changes nothing any more', () => {
    const [seq = 0] = ordered(rows.addRender(), 1);
    const { job } = only(claim(1));
    rows.database.exec(`UPDATE jobs SET claim_id = 'another run' WHERE seq = ${seq}`);
    const before = getJob(rows.database, seq);
    expect(() => endClaim(rows.database, job, { state: 'succeeded' }, 5)).toThrow('no longer held');
    expect(() => changeJob(rows.database, seq, 'queued', { state: 'cancelled' }, 5)).toThrow('no longer held');
    expect(getJob(rows.database, seq)).toEqual(before);
  });

  it('goes on with the call that was refused before, with its key and its bytes', () => {
    ordered(rows.addRender(), 1);
    const first = only(claim(1));
    markNotSent(rows.database, first.generation.id);
    endClaim(rows.database, first.job, { state: 'queued' }, 1100);
    const second = only(claim(1, { now: 9000 }));
    expect(second).toMatchObject({
      isResend: false,
      generation: { id: first.generation.id, idempotencyKey: first.generation.idempotencyKey },
    });
    expect(Buffer.from(second.generation.body).equals(first.generation.body)).toBe(true);
    expect(getGeneration(rows.database, first.generation.id)).toMatchObject({ state: 'submitted', submittedAt: 1000 });
  });

  it('writes a new call where the key changed and the old one never left', () => {
    ordered(rows.addRender(), 1);
    const first = only(claim(1));
    markNotSent(rows.database, first.generation.id);
    endClaim(rows.database, first.job, { state: 'queued' }, 1100);
    const second = only(claim(1, { keyFingerprint: 'g' }));
    expect(second.generation.id).not.toBe(first.generation.id);
    expect(getGeneration(rows.database, first.generation.id)).toMatchObject({ state: 'settled', chargedCredits: 0 });
  });

  it('fails lines that were ordered for another account, all of them, and sends nothing', () => {
    const lines = ordered(rows.addRender(), 30);
    const result = claim(20, { settings: { keyOwner: 'another agency' } });
    expect(result.claimed).toEqual([]);
    expect(result.touched).toHaveLength(20);
    claim(20, { settings: { keyOwner: 'another agency' } });
    for (const seq of lines)
      expect(getJob(rows.database, seq)).toMatchObject({ state: 'failed', errorCode: 'conflict' });
    expect(rows.value('SELECT count(*) FROM generations')).toBe(0);
  });
});

describe('a line whose answer was lost', () => {
  const lose = (vendorId: string | null = null): ReturnType<typeof only> => {
    ordered(rows.addRender(), 1);
    const first = only(claim(1));
    if (vendorId !== null) markAccepted(rows.database, first.generation.id, { vendorId, chargedCredits: 7 }, 1001);
    markUnknown(rows.database, first.generation.id);
    endClaim(rows.database, first.job, { state: 'uncertain', resolution: 'automatic', retryAt: 1500 }, 1002);
    return first;
  };

  it('goes before every queued one and is sent with its own key', () => {
    const first = lose();
    ordered(rows.addRender({ priority: 100 }), 1);
    expect(claim(1, { now: 1499 }).claimed[0]?.job.seq).not.toBe(first.job.seq);
    expect(claim(1, { now: 1500 }).claimed).toMatchObject([
      {
        isResend: true,
        job: { seq: first.job.seq },
        generation: { id: first.generation.id, idempotencyKey: first.generation.idempotencyKey },
      },
    ]);
  });

  it.each([
    ['its key is too old', { now: 1000 + 3_600_001 }, 'key_expired'],
    ['the address changed', { now: 1500, baseUrl: 'http://elsewhere' }, 'outcome_unknown'],
    ['the API key changed', { now: 1500, keyFingerprint: 'g' }, 'outcome_unknown'],
  ])('asks a person where %s, and sends nothing', (_, change, code) => {
    const first = lose();
    const result = claim(5, change);
    expect(result.claimed).toEqual([]);
    expect(getJob(rows.database, first.job.seq)).toMatchObject({
      state: 'uncertain',
      resolution: 'ask',
      errorCode: code,
    });
  });

  it('is followed by its vendor id, however old it is, but never at another address', () => {
    const first = lose('gen_9');
    expect(only(claim(1, { now: 9_000_000, keyFingerprint: 'g' })).generation).toMatchObject({ vendorId: 'gen_9' });
    endClaim(
      rows.database,
      { ...first.job, claimId: String(rows.value('SELECT claim_id FROM jobs')) },
      { state: 'uncertain', resolution: 'automatic' },
      9_000_001,
    );
    expect(claim(1, { baseUrl: 'http://elsewhere' }).claimed).toEqual([]);
    expect(getJob(rows.database, first.job.seq)).toMatchObject({ state: 'uncertain', resolution: 'ask' });
  });

  it('is not failed as unsent because its account is called otherwise now', () => {
    const first = lose();
    expect(only(claim(1, { now: 1500, settings: { keyOwner: 'renamed' } })).generation.id).toBe(first.generation.id);
  });
});

describe('a budget', () => {
  it('is never passed by what is claimed ahead', () => {
    const render = rows.addRender({ budget: 35 });
    const lines = ordered(render, 10, 10);
    const result = claim(8);
    expect(seqs(result)).toEqual(lines.slice(0, 3));
    expect(result.overBudget).toEqual([]);
    expect(stateOf(lines[3] ?? 0)).toBe('queued');
    expect(claim(8).claimed).toEqual([]);
  });

  it('stops the render when nothing in flight can make room any more', () => {
    const render = rows.addRender({ budget: 35 });
    ordered(render, 10, 10);
    for (const { job, generation } of claim(8).claimed) {
      rows.database.exec(`INSERT INTO ledger (kind, credits, job_seq, generation_id, render_seq, project_id, person, machine, at)
        VALUES ('charge', 10, ${job.seq}, '${generation?.id ?? ''}', ${render}, 'p', 'someone', 'here', 1)`);
      endClaim(rows.database, job, { state: 'succeeded', dropHold: true }, 1100);
    }
    expect(claim(8)).toMatchObject({ claimed: [], overBudget: [{ renderSeq: render, tight: null }] });
    expect(rows.value('SELECT state FROM renders WHERE seq = ?', render)).toBe('over_budget');
  });

  it('waits for lines in flight whose hold may be more than their charge', () => {
    const render = rows.addRender({ budget: 20 });
    const lines = ordered(render, 2, 15);
    const [first] = claim(4).claimed;
    expect(first?.job.seq).toBe(lines[0]);
    rows.database.exec(`INSERT INTO ledger (kind, credits, job_seq, generation_id, render_seq, project_id, person, machine, at)
      VALUES ('charge', 5, ${first?.job.seq ?? 0}, '${first?.generation?.id ?? ''}', ${render}, 'p', 'someone', 'here', 1)`);
    if (first !== undefined) endClaim(rows.database, first.job, { state: 'succeeded', dropHold: true }, 1100);
    expect(seqs(claim(4))).toEqual([lines[1]]);
  });

  it('of one render does not stop another', () => {
    ordered(rows.addRender({ budget: 5, priority: 1 }), 3, 10);
    const free = ordered(rows.addRender(), 2, 10);
    expect(claim(4)).toMatchObject({ overBudget: [{ renderSeq: 1, tight: null }] });
    expect(free.map(stateOf)).toEqual(['running', 'running']);
  });
});
