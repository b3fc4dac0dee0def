import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Job, JobId, Lane } from '#contract/entities.ts';
import { createMessageStore } from '#renderer/stores/message-store.ts';
import { createQueueStore } from '#renderer/stores/queue-store.ts';
import { createEngineStandIn } from './engine-stand-in.ts';

const job = (resolution: Job['resolution']): Job => ({ id: 'j1' as JobId, resolution }) as Job;

describe('the queue store', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const setUp = (answers: Readonly<Record<string, () => unknown>>) => {
    const engine = createEngineStandIn(answers);
    const messages = createMessageStore();
    return { engine, messages, store: createQueueStore(engine.client, messages) };
  };

  it('hands on which entry of the vendor the person recognised, and reads the list anew', async () => {
    let uncertain: readonly Job[] = [job('ask')];
    const { engine, store } = setUp({
      'queue.list': () => uncertain,
      'queue.adopt': () => {
        uncertain = [];
        return { changed: 1 };
      },
    });
    await store.adopt('j1' as JobId, 'item-1');
    expect(engine.called('queue.adopt').map(({ input }) => input)).toEqual([{ jobId: 'j1', vendorItemId: 'item-1' }]);
    expect(store.getState().uncertain).toEqual([]);
  });

  it('keeps the line and says why when the entry is not to be had', async () => {
    const { store, messages } = setUp({
      'queue.list': () => [job('ask')],
      'queue.adopt': () => ({ refused: { code: 'conflict', message: 'That entry belongs to another line.' } }),
    });
    await store.adopt('j1' as JobId, 'item-1');
    expect(messages.getState().messages.map(({ text }) => text)).toEqual(['That entry belongs to another line.']);
    expect(store.getState().uncertain).toHaveLength(1);
  });

  it('shows the question again when a look ended between two events of the same tally', async () => {
    let resolution: Job['resolution'] = 'ask';
    const { engine, store } = setUp({
      'queue.list': () => [job(resolution)],
      'queue.resolve': () => {
        resolution = 'automatic';
        return { changed: 1 };
      },
    });
    const event = { lanes: [{ uncertain: 1 } as Lane], tally: { queued: 0, running: 0, asking: 1 } };
    engine.push('queue.changed', event);
    await vi.runAllTimersAsync();
    await store.resolve(['j1' as JobId], 'look_again');
    expect(store.getState().uncertain.map((known) => known.resolution)).toEqual(['automatic']);
    resolution = 'ask';
    engine.push('queue.changed', event);
    await vi.runAllTimersAsync();
    expect(store.getState().uncertain.map((known) => known.resolution)).toEqual(['ask']);
  });
});
