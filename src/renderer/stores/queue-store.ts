import { createStore } from 'zustand/vanilla';
import type { Client } from '#client/index.ts';
import type { Job, JobId, Lane, WorkspaceId } from '#contract/entities.ts';
import type { Decision } from '#contract/methods/queue.ts';
import { wordsOf } from '../words/words.ts';
import type { MessageStore } from './message-store.ts';
import { createRefresher } from './refresher.ts';

export interface QueueState {
  readonly lanes: readonly Lane[];
  readonly tally: { readonly queued: number; readonly running: number; readonly asking: number };
  /** Calls whose outcome nobody knows; those with `resolution: ask` wait for a person. */
  readonly uncertain: readonly Job[];
  /** The question on top, where a person went from one to the next. */
  readonly questionId: JobId | null;
  /** The person put the questions off; they stay as one line until they are wanted. */
  readonly putOff: boolean;
}
/** Calls that a person must decide about. */
export const questionsOf = ({ uncertain }: Pick<QueueState, 'uncertain'>): readonly Job[] =>
  uncertain.filter(({ resolution }) => resolution === 'ask');

/** Lanes that did not change stay the same objects, so that only the others are drawn anew. */
const keepSame = (lanes: readonly Lane[], before: readonly Lane[]): readonly Lane[] =>
  lanes.map((lane) => {
    const old = before.find(({ workspaceId }) => workspaceId === lane.workspaceId);
    return old !== undefined && JSON.stringify(old) === JSON.stringify(lane) ? old : lane;
  });

/** What is on its way, lane by lane, and what waits for a decision. */
export const createQueueStore = (client: Client, messages: MessageStore) => {
  const store = createStore<QueueState>(() => ({
    lanes: [],
    tally: { queued: 0, running: 0, asking: 0 },
    uncertain: [],
    questionId: null,
    putOff: false,
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
    store.setState({ lanes: keepSame(lanes, before.lanes), tally });
    // Against the list, too: a look may end between two of these events, which then tell the same tally twice.
    const listed = questionsOf(before).length;
    if (
      uncertainOf(lanes) !== before.uncertain.length ||
      tally.asking !== before.tally.asking ||
      tally.asking !== listed
    )
      jobs.ask();
    if (tally.asking > before.tally.asking) {
      messages.announce(wordsOf('renders')('saysAsking', { count: tally.asking }));
    }
    for (const lane of lanes) {
      const known = before.lanes.find((other) => other.workspaceId === lane.workspaceId);
      if (known === undefined || known.state === lane.state) continue;
      const workspace = lane.workspaceName;
      if (lane.state === 'offline') messages.announce(wordsOf('renders')('saysOffline', { workspace }));
      else if (known.state === 'offline' && (lane.state === 'working' || lane.state === 'idle'))
        messages.announce(wordsOf('renders')('saysBack', { workspace }));
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

  const pause = lane('queue.pause');
  const resume = lane('queue.resume');

  return Object.assign(store, {
    refresh: async (): Promise<void> => {
      try {
        store.setState(await client.call('queue.lanes', {}));
      } catch (error) {
        messages.fail(error);
      }
      await jobs.now();
    },
    /** Goes `by` questions on, around the end. */
    turnQuestion: (by: number): void => {
      const questions = questionsOf(store.getState());
      const at = questions.findIndex(({ id }) => id === store.getState().questionId);
      const next = questions[(Math.max(0, at) + by + questions.length) % Math.max(1, questions.length)];
      store.setState({ questionId: next?.id ?? null, putOff: false });
    },
    pause,
    resume,
    putOff: (putOff: boolean): void => store.setState({ putOff }),
    turn: (workspaceId: WorkspaceId, to: 'pause' | 'resume'): void =>
      void (to === 'pause' ? pause(workspaceId) : resume(workspaceId)),
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
