import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { changeJob, getJob } from '#engine/database/jobs.ts';
import { insertGeneration } from '#engine/database/generations.ts';
import { listLedger, renderBalance } from '#engine/database/ledger.ts';
import { charge, chargeAndRefund, hold, release } from '#engine/ledger/book.ts';
import { moveTo } from '#engine/queue/hand-over.ts';
import { openQueueDatabase, type QueueDatabase } from '#test/builders/queue-database.ts';

let rows: QueueDatabase;
beforeEach(() => {
  rows = openQueueDatabase();
});
afterEach(() => rows.remove());

const addCall = (id: string, jobSeq: number, renderSeq: number): void =>
  insertGeneration(rows.database, {
    id: id as never,
    jobSeq,
    renderSeq,
    state: 'created',
    method: 'POST',
    url: 'http://vendor',
    contentType: 'application/json',
    body: new Uint8Array([1]),
    idempotencyKey: `key of ${id}`,
    baseUrl: 'http://vendor',
    keyFingerprint: 'f',
    estimateCredits: 12,
    submittedAt: null,
    createdAt: 5,
  });
const folded = () => listLedger(rows.database, { renderId: null, after: null, limit: 100 });

describe('the ledger', () => {
  it('is only ever added to', () => {
    const renderSeq = rows.addRender();
    const seq = rows.addJob(renderSeq);
    hold(rows.database, { seq, renderSeq }, 3, 1);
    expect(() => rows.database.exec('UPDATE ledger SET credits = 0')).toThrow('append-only');
    expect(() => rows.database.exec('DELETE FROM ledger')).toThrow('append-only');
    expect(() => rows.database.exec('REPLACE INTO ledger SELECT * FROM ledger')).toThrow(/append-only|UNIQUE/);
    expect(rows.value('SELECT credits FROM ledger')).toBe(3);
  });

  it('takes no charge without its call and no negative credits', () => {
    const renderSeq = rows.addRender();
    const seq = rows.addJob(renderSeq);
    const entry = (kind: string, credits: number): void =>
      rows.database.exec(
        `INSERT INTO ledger (kind, credits, job_seq, render_seq, project_id, person, machine, at) VALUES ('${kind}', ${credits}, ${seq}, ${renderSeq}, 'p', 'x', 'y', 1)`,
      );
    expect(() => entry('charge', 1)).toThrow(/CHECK/);
    expect(() => entry('refund', 1)).toThrow(/CHECK/);
    expect(() => entry('hold', -1)).toThrow(/CHECK/);
    expect(() => entry('gift', 1)).toThrow(/CHECK/);
  });

  it('says who, where and for which project with each entry', () => {
    const renderSeq = rows.addRender();
    const seq = rows.addJob(renderSeq);
    hold(rows.database, { seq, renderSeq }, 3, 77);
    expect(rows.database.prepare('SELECT kind, person, machine, project_id, at FROM ledger').all()).toEqual([
      { kind: 'hold', person: 'someone', machine: 'here', project_id: 'p', at: 77 },
    ]);
  });
});

describe('a hold', () => {
  it('is given back as it stands in the row, also when it was made after the claim', () => {
    const renderSeq = rows.addRender();
    const seq = rows.addJob(renderSeq);
    release(rows.database, { seq, renderSeq }, 1);
    hold(rows.database, { seq, renderSeq }, 4, 2);
    release(rows.database, { seq, renderSeq }, 3);
    expect(renderBalance(rows.database, renderSeq)).toEqual({ spent: 0, held: 0 });
    expect(rows.value('SELECT count(*) FROM ledger')).toBe(2);
  });

  it('goes with its job to another render, to the credit', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(3), { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 500 }),
        (moves, credits) => {
          const renders = Array.from({ length: 4 }, () => rows.addRender());
          const seq = rows.addJob(renders[0] ?? 0);
          hold(rows.database, { seq, renderSeq: renders[0] ?? 0 }, credits, 1);
          for (const to of moves) {
            const job = getJob(rows.database, seq);
            if (job !== null && job.renderSeq !== renders[to]) moveTo(rows.database, job, renders[to] ?? 0, 2);
          }
          const last = getJob(rows.database, seq);
          for (const render of renders) {
            expect(renderBalance(rows.database, render).held).toBe(render === last?.renderSeq ? credits : 0);
          }
          expect(last?.heldCredits).toBe(credits);
          release(rows.database, { seq, renderSeq: last?.renderSeq ?? 0 }, 3);
          changeJob(rows.database, seq, 'queued', { state: 'cancelled', dropHold: true }, 3);
          for (const render of renders) expect(renderBalance(rows.database, render).held).toBe(0);
        },
      ),
      { numRuns: 15 },
    );
  });
});

describe('the folded ledger', () => {
  it('has one row a call with what it cost in the end', () => {
    const renderSeq = rows.addRender();
    const seq = rows.addJob(renderSeq);
    addCall('a', seq, renderSeq);
    addCall('b', seq, renderSeq);
    addCall('c', seq, renderSeq);
    chargeAndRefund(rows.database, { seq, renderSeq }, 'a', 12, 12, 6);
    chargeAndRefund(rows.database, { seq, renderSeq }, 'b', 12, 5, 7);
    charge(rows.database, { seq, renderSeq }, 'c', 12, 8);
    expect(folded().map(({ generationId, chargedCredits }) => [generationId, chargedCredits])).toEqual([
      ['a', 0],
      ['b', 7],
      ['c', 12],
    ]);
    expect(folded()[0]).toMatchObject({
      workspace: 'chosen',
      provider: 'chosen',
      idempotencyKey: 'key of a',
      estimateCredits: 12,
      person: 'someone',
      machine: 'here',
      project: 'Test',
      takeId: null,
      vendorId: null,
    });
    expect(renderBalance(rows.database, renderSeq).spent).toBe(19);
    expect(
      listLedger(rows.database, { renderId: null, after: 'a', limit: 1 }).map(({ generationId }) => generationId),
    ).toEqual(['b']);
  });

  it('books nothing where nothing was debited', () => {
    const renderSeq = rows.addRender();
    const seq = rows.addJob(renderSeq);
    addCall('a', seq, renderSeq);
    chargeAndRefund(rows.database, { seq, renderSeq }, 'a', 0, 0, 6);
    expect(rows.value('SELECT count(*) FROM ledger')).toBe(0);
    expect(folded()).toMatchObject([{ chargedCredits: 0, state: 'created' }]);
  });
});
