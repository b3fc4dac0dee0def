/** What a render says of credits: its price, its budgets, its charges, and the calls nobody knows of. */
import { describe, expect, it } from 'vitest';
import type { Budget } from '#contract/account.ts';
import type { Job } from '#contract/entities.ts';
import type { MethodOutput } from '#contract/methods/index.ts';
import { formatEstimate } from '#hosts/cli/output/estimate.ts';
import { stoppingBudgets } from '#hosts/cli/render/budgets.ts';
import { decisionHint, exitCodeFor, explainEnding, resultLine } from '#hosts/cli/render/outcome.ts';
import { createFakeTerminal, paid, renderOf } from './fake-studio.ts';

const sink = createFakeTerminal().err;
const estimate: MethodOutput<'render.estimate'> = {
  items: 2,
  lines: 2,
  variants: 1,
  distinct: 2,
  owned: 0,
  open: 0,
  fresh: 2,
  characters: 40,
  credits: 1358,
  creditsNote: '',
  byWorkspace: [
    { workspaceId: paid.id, workspaceName: 'agency', provider: 'chosen', fresh: 2, characters: 40, credits: 1358 },
  ],
  slotSeconds: null,
  bandPercent: 12,
  bandNote: '',
  forecasts: [],
  split: [],
  lexicon: [],
  notSent: [],
  joinExtra: { units: 0, credits: null },
  renderSeconds: null,
  problems: [],
};
const taken = { ...estimate, fresh: 0, open: 2, credits: 0, byWorkspace: [] };

describe('lines that an earlier order queued', () => {
  it('are not called free', () => {
    expect(formatEstimate('Spring', taken, sink)).toContain(
      'nothing new; 2 lines queued by an earlier order are already agreed to',
    );
    expect(formatEstimate('Spring', { ...taken, open: 0 }, sink)).toMatch(/cost +nothing\n/);
  });

  it('are told with what was charged for them, and never as nothing', () => {
    const finished = renderOf({ state: 'done' }, { queued: 0, owned: 2 });
    expect(resultLine(finished, taken, null)).not.toMatch(/nothing was charged|Nothing to render/i);
    const charged = renderOf({ state: 'done' }, { queued: 0, succeeded: 2, spentCredits: 40 });
    expect(resultLine(charged, taken, null)).toContain("40 credits charged for this order's lines.");
  });
});

describe('a quota that is too small', () => {
  const meter = {
    workspaceId: paid.id,
    workspaceName: 'agency',
    provider: 'elevenlabs',
    costUnit: 'credits',
    source: 'vendor',
    state: 'current',
    message: null,
    plan: null,
    usedCredits: null,
    limitCredits: null,
    remainingCredits: 200,
    heldCredits: 0,
    freeCredits: 200,
    seenCredits: 0,
    overage: { state: 'off', limitCredits: 0, current: null },
    resetAt: null,
    periodStartAt: null,
    openInvoices: 0,
    forecast: null,
    readAt: 0,
  } as const;

  it('is said before anything is paid', () => {
    expect(formatEstimate('Spring', estimate, sink, [meter])).toContain(
      'agency has 200 free: about 1,158 too few; the rest will fail',
    );
  });

  it.each([
    ['old', { ...meter, state: 'stale' }],
    ['only what this app saw', { ...meter, source: 'seen' }],
    ['enough', { ...meter, freeCredits: 1358 }],
    ['not its end, because the plan goes on', { ...meter, overage: { ...meter.overage, state: 'available' } }],
  ] as const)('is not claimed from a figure that is %s', (_, given) => {
    expect(formatEstimate('Spring', estimate, sink, [given])).not.toContain('too few');
  });
});

describe('a budget of the library', () => {
  const budget: Budget = {
    id: 'b1',
    name: 'cap',
    projectId: null,
    person: null,
    workspaceId: null,
    period: 'month',
    warnCredits: null,
    stopCredits: 300,
    spentCredits: 296,
    heldCredits: 0,
    state: 'ok',
    createdAt: 0,
  };
  const stopped = renderOf({ state: 'over_budget' }, { queued: 1, succeeded: 1, spentCredits: 296 });
  const small = { ...estimate, credits: 10 };

  it('that stopped the render is named with the way to raise it', () => {
    const words = explainEnding({ kind: 'over_budget', render: stopped }, [], sink, [budget]);
    expect(words).toContain('The budget "cap" of 300 credits is reached (296 charged).');
    expect(words).toContain('1 line waits. Raise it with: cuebooth budget set --name "cap" --stop N\n');
    expect(words).not.toContain('--render');
  });

  it('is found among those that apply and are reached', () => {
    const others: Budget[] = [
      { ...budget, id: 'b2', projectId: 'p9' as NonNullable<Budget['projectId']>, state: 'stop' },
      { ...budget, id: 'b3', person: 'ben', state: 'stop' },
      { ...budget, id: 'b4', spentCredits: 100 },
      { ...budget, id: 'b5', stopCredits: null, warnCredits: 10 },
    ];
    expect(stoppingBudgets([...others, budget], stopped, small)).toEqual([budget]);
  });

  it("leaves the word to the render's own budget where that one is used up", () => {
    const own = renderOf({ state: 'over_budget', budgetCredits: 300 }, { queued: 1, spentCredits: 299 });
    expect(stoppingBudgets([budget], own, small)).toEqual([]);
    expect(stoppingBudgets([budget], { ...own, budgetCredits: 5000 }, small)).toEqual([budget]);
  });
});

describe('lines that all failed', () => {
  const codeOf = (...codes: string[]): number => {
    const errors = codes.map((code) => ({ code, message: code, count: 1, failed: 1, workspaceIds: [] }));
    const render = renderOf({ state: 'done', errors }, { queued: 0, failed: codes.length });
    return exitCodeFor({ kind: 'finished', render });
  };

  it.each([
    [6, ['key_refused', 'out_of_credits', 'missing_permission']],
    [8, ['provider_retired', 'provider_offline']],
    [1, ['key_refused', 'provider_retired']],
    [1, ['key_refused', 'text_rejected']],
    [1, ['a code of another build']],
  ])('end with %i for %j', (code, causes) => {
    expect(codeOf(...causes)).toBe(code);
  });

  it('end with 1 when not every cause is told', () => {
    const errors = [{ code: 'key_refused', message: 'No.', count: 1, failed: 1, workspaceIds: [] }];
    const render = renderOf({ state: 'done', errors }, { queued: 0, failed: 2 });
    expect(exitCodeFor({ kind: 'finished', render })).toBe(1);
  });
});

it('the same key is promised only for calls that had one', () => {
  const job = (id: string, idempotencyKey: string | null) => ({ id, generation: { idempotencyKey } }) as unknown as Job;
  const without = decisionHint([job('j1', null)]);
  expect(without).not.toContain('same key');
  for (const way of ['look-again', 'pay-again', 'give-up', 'queue adopt']) expect(without).toContain(way);
  expect(decisionHint([job('j1', 'k'), job('j2', null)])).toContain('same key again; only for j1');
  expect(decisionHint([job('j1', 'k')])).toMatch(/same key again\n/);
});
