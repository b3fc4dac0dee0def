import { createStore } from 'zustand/vanilla';
import type { Client } from '#client/index.ts';
import type { Job, JobId, Lane, WorkspaceId } from '#contract/entities.ts';
import type { Decision } from '#contract/methods/queue.ts';
import type { MessageStore } from './message-store.ts';
import { createRefresher } from './refresher.ts';

export interface QueueState {
  readonly lanes: readonly Lane[];
  readonly tally: { readonly queued: number; readonly running: number; readonly asking: number };
  /** Calls whose outcome nobody knows; those with `resolution: ask` wait for a person. */
  readonly uncertain: readonly Job[];
}

/** What is on its way, lane by lane, and what waits for a decision. */
export const createQueueStore = (client: Client, messages: MessageStore) => {
  const store = createStore<QueueState>(() => ({
    lanes: [],
    tally: { queued: 0, running: 0, asking: 0 },
    uncertain: [],
  }));

  const jobs = createRefresher(
    async () => {
      try {
        store.setState({ uncertain: await client.call('queue.list', { states: ['uncertain'], limit: 1000 }) });
      } catch (error) {
        messages.fail(error);
      }
    },
    { delayMs: 150, pace: 'steady' },
  );
  const uncertainOf = (lanes: readonly Lane[]): number => lanes.reduce((sum, lane) => sum + lane.uncertain, 0);

  client.on('queue.changed', ({ lanes, tally }) => {
    const before = store.getState();
    store.setState({ lanes, tally });
    // Against the list, too: a look may end between two of these events, which then tell the same tally twice.
    const listed = before.uncertain.filter(({ resolution }) => resolution === 'ask').length;
    if (
      uncertainOf(lanes) !== before.uncertain.length ||
      tally.asking !== before.tally.asking ||
      tally.asking !== listed
    )
      jobs.ask();
    if (tally.asking > before.tally.asking) {
      messages.announce(`${tally.asking} ${tally.asking === 1 ? 'line needs' : 'lines need'} your decision.`);
    }
    for (const lane of lanes) {
      const known = before.lanes.find((other) => other.workspaceId === lane.workspaceId);
      if (known !== undefined && known.state !== lane.state && lane.state === 'offline') {
        messages.announce(`${lane.workspaceName} is offline. Its lines wait.`);
      }
    }
  });

  const lane =
    (method: 'queue.pause' | 'queue.resume') =>
    async (workspaceId?: WorkspaceId): Promise<void> => {
      try {
        await client.call(method, workspaceId === undefined ? {} : { workspaceId });
      } catch (error) {
        messages.fail(error);
      }
    };

  return Object.assign(store, {
    refresh: async (): Promise<void> => {
      try {
        store.setState(await client.call('queue.lanes', {}));
      } catch (error) {
        messages.fail(error);
      }
      await jobs.now();
    },
    pause: lane('queue.pause'),
    resume: lane('queue.resume'),
    /** The person recognised the lost call among the vendor's: its audio is fetched, free. */
    adopt: async (jobId: JobId, vendorItemId: string): Promise<void> => {
      try {
        await client.call('queue.adopt', { jobId, vendorItemId });
      } catch (error) {
        messages.fail(error);
      }
      await jobs.now();
    },
    resolve: async (jobIds: readonly JobId[], decision: Decision): Promise<void> => {
      try {
        await client.call('queue.resolve', { jobIds: [...jobIds], decision });
      } catch (error) {
        messages.fail(error);
      }
      await jobs.now();
    },
  });
};
