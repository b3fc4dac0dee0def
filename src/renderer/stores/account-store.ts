import { createStore } from 'zustand/vanilla';
import type { Client } from '#client/index.ts';
import type { CreditMeter } from '#contract/account.ts';
import type { WorkspaceId } from '#contract/entities.ts';
import type { MethodOutput } from '#contract/methods/index.ts';
import { failureOf } from './failure.ts';
import type { MessageStore } from './message-store.ts';
import { createRefresher } from './refresher.ts';

export interface AccountState {
  readonly status: 'loading' | 'ready';
  readonly meters: readonly CreditMeter[];
  /** The vendors are being asked now, because a person wished it. */
  readonly reading: boolean;
  /** Why the last wish came to nothing. */
  readonly failure: string | null;
  /** Those that were looked at. */
  readonly subscriptions: ReadonlyMap<WorkspaceId, AccountSubscription>;
}
export type AccountSubscription = MethodOutput<'account.subscription'>;

/** Coming back to the window reads the vendors' figures anew, at most this often in ms. */
const focusPauseMs = 60_000;

/** Lower goes first: the workspace that runs out before its reset, then the fullest, then those that tell nothing. */
const pressure = ({ forecast, freeCredits, limitCredits, state }: CreditMeter): readonly [number, number] => {
  if (state === 'retired') return [5, 0];
  if (freeCredits !== null && freeCredits <= 0) return [0, freeCredits];
  if (forecast?.lastsUntilReset === 'no') return [1, forecast.runsOutAt ?? 0];
  if (forecast?.lastsUntilReset === 'may') return [2, forecast.earliestAt ?? 0];
  if (forecast !== null && forecast.lastsUntilReset === null && forecast.runsOutAt !== null)
    return [3, forecast.runsOutAt];
  if (freeCredits !== null && limitCredits !== null && limitCredits > 0) return [4, freeCredits / limitCredits];
  return [6, 0];
};

/** Accounts that cost something, the one closest to running out first. */
export const mostPressingFirst = (meters: readonly CreditMeter[]): readonly CreditMeter[] =>
  meters
    .filter(({ costUnit }) => costUnit !== 'free')
    .toSorted((left, right) => {
      const [leftRank, leftWithin] = pressure(left);
      const [rightRank, rightWithin] = pressure(right);
      return leftRank - rightRank || leftWithin - rightWithin;
    });

/** What each vendor account has left. Values come from the engine's cache; only a wish or the window's focus asks the vendors. */
export const createAccountStore = (
  client: Client,
  messages: MessageStore,
  page: Pick<Window, 'addEventListener'>,
  now: () => number = Date.now,
) => {
  const store = createStore<AccountState>(() => ({
    status: 'loading',
    meters: [],
    reading: false,
    failure: null,
    subscriptions: new Map(),
  }));
  const refresher = createRefresher(
    async () => {
      try {
        store.setState({ status: 'ready', meters: await client.call('account.meters', {}) });
      } catch (error) {
        messages.fail(error);
      }
    },
    { delayMs: 100, pace: 'steady' },
  );
  const put = (meters: readonly CreditMeter[]): void =>
    store.setState((state) => {
      const changed = new Map(meters.map((meter) => [meter.workspaceId, meter]));
      const kept = state.meters.map((meter) => changed.get(meter.workspaceId) ?? meter);
      const known = new Set(state.meters.map(({ workspaceId }) => workspaceId));
      return { meters: [...kept, ...meters.filter(({ workspaceId }) => !known.has(workspaceId))] };
    });
  const readSubscription = async (workspaceId: WorkspaceId): Promise<void> => {
    try {
      const subscription = await client.call('account.subscription', { workspaceId });
      store.setState((state) => ({ subscriptions: new Map(state.subscriptions).set(workspaceId, subscription) }));
    } catch (error) {
      messages.fail(error);
    }
  };
  client.on('account.changed', ({ meter }) => {
    put([meter]);
    if (store.getState().subscriptions.has(meter.workspaceId)) void readSubscription(meter.workspaceId);
  });
  // A workspace came, went, or got a key: its meter too.
  client.on('workspace.changed', refresher.ask);

  let askedAt = Number.NEGATIVE_INFINITY;
  page.addEventListener('focus', () => {
    const isTold = store.getState().meters.some(({ source, costUnit }) => source === 'vendor' && costUnit !== 'free');
    if (!isTold || now() - askedAt < focusPauseMs) return;
    askedAt = now();
    // Nobody asked for it, so nobody is told when it fails: the meters' own states say so.
    client.call('account.refresh', {}).then(put, () => undefined);
  });

  return Object.assign(store, {
    refresh: refresher.now,
    /** When the running billing period of this account began, or without one of the most pressing that tells it; null: not known. */
    periodStart: (workspaceId: WorkspaceId | null): number | null =>
      mostPressingFirst(store.getState().meters).find(
        (meter) => meter.periodStartAt !== null && (workspaceId === null || meter.workspaceId === workspaceId),
      )?.periodStartAt ?? null,
    /** What was last read of one plan; never asks the vendor. */
    readSubscription,
    /** Asks the vendors now. Free. */
    readNow: async (workspaceId?: WorkspaceId): Promise<void> => {
      if (store.getState().reading) return;
      askedAt = now();
      store.setState({ reading: true, failure: null });
      try {
        put(await client.call('account.refresh', workspaceId === undefined ? {} : { workspaceId }));
      } catch (error) {
        store.setState({ failure: failureOf(error).message });
      } finally {
        store.setState({ reading: false });
      }
    },
  });
};
