import { createStore } from 'zustand/vanilla';
import type { Client } from '#client/index.ts';
import type { Reconciliation } from '#contract/account.ts';
import type { WorkspaceId } from '#contract/entities.ts';
import { failureOf } from './failure.ts';
import type { MessageStore } from './message-store.ts';

export interface ReconcileState {
  /** The last comparison of each workspace; `running` while the vendor is asked. */
  readonly results: ReadonlyMap<WorkspaceId, Reconciliation | 'running'>;
  readonly failures: ReadonlyMap<WorkspaceId, string>;
}

/** The vendor's figures beside ours. Free; changes no books. */
export const createReconcileStore = (client: Client, _messages: MessageStore) => {
  const store = createStore<ReconcileState>(() => ({ results: new Map(), failures: new Map() }));
  const without = <V>(map: ReadonlyMap<WorkspaceId, V>, id: WorkspaceId): Map<WorkspaceId, V> =>
    new Map([...map].filter(([known]) => known !== id));
  return Object.assign(store, {
    /** Without times: the running billing period, else 30 days. */
    run: async (workspaceId: WorkspaceId, times: { from?: number; to?: number } = {}): Promise<void> => {
      const { results, failures } = store.getState();
      const before = results.get(workspaceId);
      if (before === 'running') return;
      store.setState({
        results: new Map(results).set(workspaceId, 'running'),
        failures: without(failures, workspaceId),
      });
      const put = (result: Reconciliation | undefined): void =>
        store.setState((state) => ({
          results:
            result === undefined
              ? without(state.results, workspaceId)
              : new Map(state.results).set(workspaceId, result),
        }));
      try {
        put(await client.call('account.reconcile', { workspaceId, ...times }));
      } catch (error) {
        put(before);
        const { message } = failureOf(error);
        store.setState((state) => ({ failures: new Map(state.failures).set(workspaceId, message) }));
      }
    },
  });
};
