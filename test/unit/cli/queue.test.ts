import { describe, expect, it } from 'vitest';
import type { Job } from '#contract/entities.ts';
import {
  createFakeStudio,
  createFakeTerminal,
  paid,
  runFake,
  type FakeHandlers,
  type TerminalOptions,
} from './fake-studio.ts';

const job: Job & { seq: number } = {
  seq: 1,
  id: 'j1' as Job['id'],
  workspaceId: paid.id,
  workspaceName: 'agency',
  renderId: 'r1' as Job['renderId'],
  kind: 'speech',
  recipeHash: 'a'.repeat(64) as Job['recipeHash'],
  takeNo: 1,
  text: 'Spring is here.',
  voice: 'Aria',
  state: 'uncertain',
  resolution: 'ask',
  attempts: 1,
  retryAt: null,
  error: { code: 'outcome_unknown', message: 'The answer was lost.' },
  generation: {
    id: 'g1' as NonNullable<Job['generation']>['id'],
    state: 'unknown',
    idempotencyKey: null,
    vendorId: null,
    requestId: 'req-7',
    submittedAt: 0,
    chargedCredits: null,
    estimateCredits: null,
    evidence: [
      {
        at: 60_000,
        message: 'The history of these minutes has no such text.',
        balanceBefore: 1000,
        balanceNow: 985,
        candidates: [],
      },
      {
        at: 120_000,
        message: 'One item of the history is near.',
        balanceBefore: null,
        balanceNow: null,
        candidates: [
          { vendorItemId: 'h1', at: 0, voice: 'Aria', text: 'Spring is here', credits: 15, note: 'the text differs' },
        ],
      },
    ],
  },
  createdAt: 0,
  updatedAt: 0,
};
const run = async (args: readonly string[], handlers: FakeHandlers = {}, options: TerminalOptions = {}) => {
  const studio = createFakeStudio({
    'queue.list': () => [job],
    'queue.lanes': () => ({ lanes: [], tally: { queued: 0, running: 0, asking: 1 } }),
    'queue.resolve': () => ({ changed: 1 }),
    'queue.adopt': () => ({ changed: 1 }),
    ...handlers,
  });
  const terminal = createFakeTerminal(options);
  const exitCode = await runFake(studio, terminal, ['queue', ...args]);
  const input = (method: string) => studio.calls.find((call) => call.method === method)?.input;
  return { exitCode, studio, ...terminal.said, input };
};

describe('a call whose answer was lost', () => {
  it('is listed with all that was found out about it', async () => {
    const { out } = await run([]);
    for (const part of [
      /j1 Spring is here\.\n {2}sent 19\d\d-.*, request req-7, no vendor id\n/,
      /The history of these minutes has no such text\.\n +the account said 1,000 before the call and says 985 now; changed by -15\n/,
      /One item of the history is near\.\n/,
      /h1 +\S+ \S+ +Aria +15 +Spring is here +the text differs\n/,
      /cuebooth queue adopt j1 h1\n/,
    ])
      expect(out).toMatch(part);
  });

  it('carries the same in JSON', async () => {
    expect(JSON.parse((await run(['--json'])).out)).toEqual([job]);
  });

  it('says nothing more where nobody looked yet', async () => {
    const { generation } = job;
    const unseen = { ...job, generation: generation === null ? null : { ...generation, evidence: [] } };
    expect((await run([], { 'queue.list': () => [unseen] })).out.trim().split('\n')).toHaveLength(2);
  });
});

describe('deciding', () => {
  it.each([
    ['look-again', 'look_again', 'which is free'],
    ['resend', 'resend', 'cuebooth serve'],
    ['give-up', 'give_up', 'still noticed'],
  ])('%s is handed on without a question', async (typed, decision, said) => {
    const { input, out, exitCode } = await run(['resolve', 'j1', '--decision', typed]);
    expect(exitCode).toBe(0);
    expect(input('queue.resolve')).toEqual({ jobIds: ['j1'], decision });
    expect(out).toContain(said);
  });

  it('to pay again asks first, and needs --yes where nobody is there', async () => {
    const args = ['resolve', '--all', '--decision', 'pay-again'];
    expect((await run(args)).exitCode).toBe(2);
    const refused = await run(args, {}, { interactive: true, answer: false });
    expect(refused.exitCode).toBe(130);
    expect(refused.input('queue.resolve')).toBeUndefined();
    expect((await run([...args, '--yes'])).input('queue.resolve')).toEqual({ jobIds: ['j1'], decision: 'pay_again' });
  });

  it('for an item of the history adopts it', async () => {
    const { input, out } = await run(['adopt', 'j1', 'h1']);
    expect(input('queue.adopt')).toEqual({ jobId: 'j1', vendorItemId: 'h1' });
    expect(out).toContain('fetched, which is free');
    expect(JSON.parse((await run(['adopt', 'j1', 'h1', '--json'])).out)).toEqual({ changed: 1 });
    expect((await run(['adopt', 'j1', 'h1'], { 'queue.adopt': () => ({ changed: 0 }) })).out).toContain(
      'Nothing was changed',
    );
  });
});
