import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { GenerationState, JobState } from '#contract/entities.ts';
import { maxAttempts, nextState, type JobEvent } from '#engine/queue/transitions.ts';
import { openQueueDatabase, type QueueDatabase } from '#test/builders/queue-database.ts';

const states = JobState.options;
const open: readonly string[] = ['queued', 'running', 'uncertain'];
const events: readonly JobEvent[] = [
  { type: 'claimed' },
  { type: 'user_cancelled' },
  { type: 'stored' },
  { type: 'refused' },
  ...Array.from({ length: maxAttempts + 1 }, (_, attempts) => ({
    type: 'attempt_failed' as const,
    attempts: attempts + 1,
  })),
  { type: 'permanent' },
  { type: 'write_failed' },
  ...[null, ...GenerationState.options].flatMap((generation) =>
    [false, true].map((free) => ({ type: 'died' as const, generation, free })),
  ),
  { type: 'answer_lost', vendorIdKnown: false },
  { type: 'answer_lost', vendorIdKnown: true },
  { type: 'resent' },
  { type: 'proven_not_charged' },
  { type: 'pay_again_accepted' },
  { type: 'given_up' },
  { type: 'part_failed' },
  { type: 'retried' },
];
const pureMoves = new Set(
  states.flatMap((from) =>
    events.flatMap((event) => {
      const to = nextState(from, event);
      return to === null || to === from ? [] : [`${from}>${to}`];
    }),
  ),
);

let rows: QueueDatabase;
beforeEach(() => {
  rows = openQueueDatabase();
});
afterEach(() => rows.remove());

/** Everything the CHECKs ask of a row in that state, and nothing else. */
const rowIn = (state: string): string => `state = '${state}',
  claim_id = ${state === 'running' ? "'c'" : 'NULL'}, resolution = ${state === 'uncertain' ? "'automatic'" : 'NULL'},
  generation_id = ${state === 'uncertain' ? "'g'" : 'generation_id'}, error_code = ${state === 'failed' ? "'internal'" : 'NULL'}`;
const put = (seq: number, state: string): void =>
  rows.database.exec(`UPDATE jobs SET ${rowIn(state)} WHERE seq = ${seq}`);
/** A job that stands in `state` without having gone there step by step. */
const jobIn = (state: string): number => {
  const seq = rows.addJob(rows.addRender());
  rows.database.exec('DROP TRIGGER jobs_transition');
  put(seq, state);
  rows.database.exec(trigger);
  return seq;
};
let trigger = '';
beforeEach(() => {
  trigger = String(rows.value("SELECT sql FROM sqlite_schema WHERE name = 'jobs_transition'"));
});

describe('the table of transitions', () => {
  it.each(states.flatMap((from) => states.filter((to) => to !== from).map((to) => ({ from, to }))))(
    'and the database agree on $from > $to',
    ({ from, to }) => {
      const seq = jobIn(from);
      if (pureMoves.has(`${from}>${to}`)) {
        put(seq, to);
        expect(rows.value('SELECT state FROM jobs WHERE seq = ?', seq)).toBe(to);
      } else {
        expect(() => put(seq, to)).toThrow('impossible job transition');
        expect(rows.value('SELECT state FROM jobs WHERE seq = ?', seq)).toBe(from);
      }
    },
  );

  it('never leaves succeeded, and never sends what may be paid without a person or a key', () => {
    for (const event of events) expect(nextState('succeeded', event)).toBeNull();
    for (const event of events) {
      if (nextState('uncertain', event) === 'queued')
        expect(['proven_not_charged', 'pay_again_accepted']).toContain(event.type);
      if (
        event.type === 'died' &&
        !event.free &&
        (event.generation === 'submitted' || event.generation === 'unknown')
      ) {
        expect(nextState('running', event)).toBe('uncertain');
      }
      if (event.type === 'answer_lost') expect(nextState('running', event)).not.toBe('queued');
    }
  });

  it('spends no attempt on a refusal and ends a job at the third failure that cost nothing', () => {
    expect(nextState('running', { type: 'refused' })).toBe('queued');
    expect(nextState('running', { type: 'attempt_failed', attempts: maxAttempts - 1 })).toBe('queued');
    expect(nextState('running', { type: 'attempt_failed', attempts: maxAttempts })).toBe('failed');
  });

  it('is what any history of a row follows in the database', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...events), { maxLength: 25 }), (history) => {
        const seq = rows.addJob(rows.addRender());
        for (const event of history) {
          const from = JobState.parse(rows.value('SELECT state FROM jobs WHERE seq = ?', seq));
          const to = nextState(from, event);
          if (to !== null) put(seq, to);
          const takenBySecond = (): number =>
            rows.addJob(1, { recipeId: Number(rows.value('SELECT recipe_id FROM jobs WHERE seq = ?', seq)) });
          if (open.includes(to ?? from)) expect(takenBySecond).toThrow(/UNIQUE/);
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe('the checks of a job row', () => {
  it.each([
    ['a running job without a claim', "state = 'running', claim_id = NULL"],
    ['a queued job with a claim', "claim_id = 'c'"],
    ['an uncertain job without a call', "state = 'uncertain', resolution = 'ask', claim_id = NULL"],
    ['an uncertain job that nobody may settle', "state = 'uncertain', generation_id = 'g'"],
    ['a failed job without a cause', "state = 'failed'"],
    ['a wait of a finished job', "state = 'cancelled', retry_at = 5"],
    ['a hold of a finished job', "state = 'cancelled', held_credits = 5"],
    ['a negative hold', 'held_credits = -1'],
    ['a join that pays', "kind = 'join', held_credits = 1"],
    ['an unknown state', "state = 'resting'"],
  ])('refuse %s', (_, change) => {
    const seq = rows.addJob(rows.addRender());
    expect(() => rows.database.exec(`UPDATE jobs SET ${change} WHERE seq = ${seq}`)).toThrow(/CHECK|impossible/);
  });

  it('let a unit have a second job only when the first is closed', () => {
    const renderSeq = rows.addRender();
    const recipeId = rows.addRecipe();
    const first = rows.addJob(renderSeq, { recipeId });
    expect(() => rows.addJob(renderSeq, { recipeId })).toThrow(/UNIQUE/);
    rows.addJob(renderSeq, { recipeId, takeNo: 2 });
    put(first, 'cancelled');
    rows.addJob(renderSeq, { recipeId });
  });
});

describe('the row of a call', () => {
  it('keeps what was sent for good', () => {
    const seq = rows.addJob(rows.addRender());
    rows.database.exec(`INSERT INTO generations (id, job_seq, render_seq, state, method, url, content_type, body, idempotency_key, base_url, created_at)
      VALUES ('g', ${seq}, 1, 'created', 'POST', 'http://vendor/x', 'application/json', x'00', 'key', 'http://vendor', 1)`);
    for (const column of ['method', 'url', 'body', 'idempotency_key', 'base_url', 'key_fingerprint']) {
      expect(() =>
        rows.database.exec(
          `UPDATE generations SET ${column} = ${column === 'body' ? "x'ff'" : "'other'"} WHERE id = 'g'`,
        ),
      ).toThrow('immutable');
    }
    expect(() => rows.database.exec("UPDATE generations SET state = 'submitted' WHERE id = 'g'")).toThrow(/CHECK/);
    expect(() =>
      rows.database.exec("UPDATE generations SET state = 'settled', submitted_at = 1 WHERE id = 'g'"),
    ).toThrow(/CHECK/);
  });
});
