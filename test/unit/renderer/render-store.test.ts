import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Render, RenderId, RenderItem } from '#contract/entities.ts';
import { createMessageStore } from '#renderer/stores/message-store.ts';
import { createRenderStore } from '#renderer/stores/render-store.ts';
import { progress, render } from '#test/fakes/studio/entities.ts';
import { createEngineStandIn } from './engine-stand-in.ts';

const id = (name: string): RenderId => name as RenderId;
const item = (position: number, part: Partial<RenderItem> = {}): RenderItem =>
  ({
    position,
    variant: 'leeds',
    lineId: null,
    linePosition: 1,
    character: 'HOST',
    text: 'Welcome.',
    recipeHash: 'h',
    takeNo: 1,
    leadingPauseMs: 0,
    trailingPauseMs: 0,
    state: 'queued',
    jobId: null,
    takeId: null,
    error: null,
    ...part,
  }) as unknown as RenderItem;

describe('the render store', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const setUp = (answers: Readonly<Record<string, (input: Record<string, unknown>) => unknown>> = {}) => {
    const engine = createEngineStandIn({
      'render.list': () => [render('r1', { state: 'active', progress: progress({ units: 4 }) })],
      'render.items': () => [],
      'render.variants': () => [],
      ...answers,
    });
    const messages = createMessageStore();
    const said: string[] = [];
    messages.subscribe(({ spoken }, before) => {
      if (spoken.turn !== before.spoken.turn) said.push(spoken.text);
    });
    return { engine, messages, said, store: createRenderStore(engine.client, messages) };
  };
  const push = (engine: ReturnType<typeof setUp>['engine'], changed: Render): void =>
    engine.push('render.changed', { render: changed });

  it('takes a burst of pushes over at once, and leaves what did not change as it is', async () => {
    const { engine, store } = setUp({ 'render.list': () => [render('r1', {}), render('r2', {})] });
    await store.refresh();
    const untouched = store.getState().renders[1];
    let changes = 0;
    store.subscribe(() => (changes += 1));
    for (let succeeded = 1; succeeded <= 1000; succeeded += 1)
      push(engine, render('r1', { state: 'active', progress: progress({ succeeded }) }));
    await vi.advanceTimersByTimeAsync(200);
    expect(changes).toBe(1);
    expect(store.getState().renders[0]?.progress.succeeded).toBe(1000);
    expect(store.getState().renders[1]).toBe(untouched);
  });

  it('reads out that a render starts, reaches its budget, and ends', async () => {
    const { engine, said, store } = setUp();
    await store.refresh();
    const steps: Partial<Render>[] = [
      { state: 'active', progress: progress({ units: 12, owned: 2 }) },
      { state: 'over_budget' },
      { state: 'done', progress: progress({ units: 12, owned: 2, succeeded: 9, failed: 1 }) },
    ];
    for (const step of steps) {
      push(engine, render('new', { title: 'Spring', ...step }));
      await vi.advanceTimersByTimeAsync(200);
    }
    expect(said).toEqual([
      'Spring is rendering: 10 lines.',
      'Spring has reached its budget. What is in flight is finished; free lines go on.',
      'Spring is done: 9 lines rendered, 1 failed.',
    ]);
  });

  it('says nothing of auditions', async () => {
    const { engine, said, store } = setUp();
    await store.refresh();
    push(engine, render('a', { purpose: 'audition', state: 'active', progress: progress({ units: 1 }) }));
    await vi.advanceTimersByTimeAsync(200);
    expect(said).toEqual([]);
    expect(store.getState().renders).toHaveLength(1);
  });

  it('fetches lines only while somebody looks, and keeps rows that did not change', async () => {
    let items = [item(0), item(1)];
    const { engine, store } = setUp({ 'render.items': () => items });
    await store.refresh();
    expect(engine.called('render.items')).toEqual([]);
    const stop = store.watch();
    await vi.runAllTimersAsync();
    const [first, second] = store.getState().items;
    items = [item(0), item(1, { state: 'running' })];
    push(engine, render('r1', { state: 'active' }));
    await vi.runAllTimersAsync();
    expect(store.getState().items[0]).toBe(first);
    expect(store.getState().items[1]).not.toBe(second);
    stop();
    const before = engine.called('render.items').length;
    push(engine, render('r1', { state: 'active', progress: progress({ succeeded: 1 }) }));
    await vi.runAllTimersAsync();
    expect(engine.called('render.items')).toHaveLength(before);
  });

  it('asks for the lines of one state, or of one variant', async () => {
    const { engine, store } = setUp();
    store.watch();
    await store.refresh();
    store.show({ state: 'failed' });
    store.show({ variant: 'leeds' });
    await vi.runAllTimersAsync();
    const asked = engine.called('render.items').at(-1)?.input;
    expect(asked).toMatchObject({ states: ['failed'], variant: 'leeds' });
  });

  describe('a retry', () => {
    const quote = (credits: number | null) => ({
      calls: 3,
      byWorkspace: [{ workspaceId: 'w', workspaceName: 'eleven', calls: 3, credits }],
    });
    const asking = (credits: number | null) =>
      setUp({
        'render.quoteRetry': () => quote(credits),
        'render.retry': () => render('r1', { state: 'active' }),
        'queue.retry': () => ({ changed: 3 }),
      });

    it('of free lines goes at once', async () => {
      const { engine, store } = asking(0);
      await store.askRetry(id('r1'), 'provider_error');
      expect(engine.called('queue.retry').map(({ input }) => input)).toEqual([
        { renderId: 'r1', errorCode: 'provider_error' },
      ]);
      expect(store.getState().retry).toBeNull();
    });

    it('that costs waits for the word of a person, and for an unknown price, too', async () => {
      for (const credits of [183, null]) {
        const { engine, store } = asking(credits);
        await store.askRetry(id('r1'));
        expect(engine.called('render.retry')).toEqual([]);
        expect(store.getState().retry?.quote.calls).toBe(3);
        await store.answerRetry('keep');
        expect(engine.called('render.retry')).toEqual([]);
        await store.askRetry(id('r1'));
        await store.answerRetry('retry');
        expect(engine.called('render.retry')).toHaveLength(1);
        expect(store.getState().retry).toBeNull();
      }
    });
  });
});
