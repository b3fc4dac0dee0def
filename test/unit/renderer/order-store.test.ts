import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Workspace } from '#contract/entities.ts';
import { draftVoices } from '#renderer/screens/scripts/draft-voices.ts';
import { remedyOf } from '#renderer/screens/renders/remedies.ts';
import { cellsOf } from '#renderer/screens/renders/variant-cells.ts';
import { createMessageStore } from '#renderer/stores/message-store.ts';
import { createNavigationStore } from '#renderer/stores/navigation-store.ts';
import { createOrderStore } from '#renderer/stores/order-store.ts';
import { render } from '#test/fakes/studio/entities.ts';
import { createEngineStandIn, createPlace } from './engine-stand-in.ts';

describe('the order store', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const setUp = () => {
    const engine = createEngineStandIn({
      'render.estimate': () => ({ fresh: 1, byWorkspace: [], problems: [] }),
      'render.enqueue': () => render('r1', {}),
    });
    const navigation = createNavigationStore(createPlace('#/scripts/s1/script'));
    return { engine, store: createOrderStore(engine.client, createMessageStore(), navigation) };
  };

  it('orders exactly what was priced: a draft speaks with its own voices everywhere', async () => {
    const { engine, store } = setUp();
    store.choose({ draft: { HOST: 'scratch/slt' }, only: ['leeds'] });
    await vi.runAllTimersAsync();
    await store.place();
    const shared = {
      scriptId: 's1',
      voices: { HOST: 'scratch/slt' },
      voicesFrom: 'order',
      only: ['leeds'],
      takes: 1,
      retake: false,
    };
    expect(engine.called('render.estimate')[0]?.input).toEqual(shared);
    expect(engine.called('render.enqueue')[0]?.input).toEqual({ ...shared, budgetCredits: null, priority: 0 });
  });

  it('puts an order before or behind all others, and forgets what was meant once', async () => {
    const { engine, store } = setUp();
    store.choose({ urgency: 'last', retake: true, takes: 3 });
    await store.place();
    store.choose({ urgency: 'next' });
    await store.place();
    expect(
      engine.called('render.enqueue').map(({ input }) => [input['priority'], input['retake'], input['takes']]),
    ).toEqual([
      [-10, true, 3],
      [10, false, 3],
    ]);
  });

  it('works an estimate out once a second at most while takes pour in', async () => {
    const { engine, store } = setUp();
    await store.refresh();
    const before = engine.called('render.estimate').length;
    for (let at = 0; at < 300; at += 1) {
      engine.push('take.added', { takeId: 't' as never, recipeHash: 'h' as never, takeNo: 1 });
      await vi.advanceTimersByTimeAsync(10);
    }
    expect(engine.called('render.estimate').length - before).toBeLessThanOrEqual(3);
  });
});

describe('a timing draft', () => {
  const script = {
    cast: [{ character: 'HOST', voice: 'eleven/Ava', model: null, settings: {} }],
    lines: [{ character: 'HOST' }, { character: 'GUEST' }] as never[],
  };
  const scratch = { id: 'w1', name: 'scratch', abilities: { costUnit: 'free' } } as Workspace;
  it('gives every part a free voice, each its own while there are enough', () => {
    const voices = ['slt', 'rms'].map((voiceId) => ({
      workspaceId: scratch.id,
      voiceId,
      reference: `scratch/${voiceId}`,
    }));
    expect(draftVoices(script, [scratch], voices)).toEqual({ HOST: 'scratch/slt', GUEST: 'scratch/rms' });
    expect(draftVoices(script, [scratch], [])).toEqual({ HOST: 'scratch/slt', GUEST: 'scratch/slt' });
  });
  it('is not to be had without a free workspace', () => {
    expect(draftVoices(script, [], [])).toBeNull();
  });
});

describe('what helps against a cause', () => {
  const remedy = (code: string, failed = 1): string =>
    remedyOf({ code, message: '', count: 1, failed, workspaceIds: [] });
  it('leads to where it is mended; what passes by itself is tried again', () => {
    expect(
      ['key_refused', 'out_of_credits', 'voice_not_found', 'text_rejected', 'over_budget', 'provider_error'].map(
        (code) => remedy(code),
      ),
    ).toEqual(['settings', 'account', 'recast', 'script', 'budgets', 'retry']);
    expect([remedy('outcome_unknown', 0), remedy('outcome_unknown', 2)]).toEqual(['decide', 'retry']);
  });
});

describe('the variants of a render as squares', () => {
  const variant = (name: string, part: object) => ({
    variant: name,
    items: 4,
    ready: 0,
    running: 0,
    uncertain: 0,
    failed: 0,
    cancelled: 0,
    ...part,
  });
  it('show the worst that a person should know of', () => {
    const all = [
      variant('a', { ready: 4 }),
      variant('b', { ready: 1 }),
      variant('c', {}),
      variant('d', { ready: 3, failed: 1 }),
      variant('e', { ready: 3, uncertain: 1 }),
    ];
    expect(cellsOf(all).map(({ tone }) => tone)).toEqual(['ready', 'partly', 'waiting', 'failed', 'uncertain']);
  });
  it('stand for several variants each when there are thousands, and lose none', () => {
    const cells = cellsOf(Array.from({ length: 10_000 }, (_, at) => variant(`v${at}`, { ready: 4 })));
    expect(cells.length).toBeLessThanOrEqual(480);
    expect(cells.reduce((sum, cell) => sum + cell.variants, 0)).toBe(10_000);
    expect([cells[0]?.first, cells.at(-1)?.last]).toEqual(['v0', 'v9999']);
  });
});
