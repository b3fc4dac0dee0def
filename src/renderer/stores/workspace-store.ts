import { createStore } from 'zustand/vanilla';
import type { Client } from '#client/index.ts';
import type { Workspace, WorkspaceId } from '#contract/entities.ts';
import type { MethodInput, MethodOutput } from '#contract/methods/index.ts';
import { failureOf } from './failure.ts';
import type { MessageStore } from './message-store.ts';
import { createRefresher } from './refresher.ts';

export type TestResult = MethodOutput<'workspace.test'>;
export interface WorkspaceState {
  readonly status: 'loading' | 'ready';
  readonly workspaces: readonly Workspace[];
  /** Result of the last test of each workspace; `running` while it is asked. */
  readonly tests: ReadonlyMap<WorkspaceId, TestResult | 'running'>;
}

/** Connections to vendors. Keys go in and never come out. */
export const createWorkspaceStore = (client: Client, messages: MessageStore) => {
  const store = createStore<WorkspaceState>(() => ({ status: 'loading', workspaces: [], tests: new Map() }));
  const refresher = createRefresher(
    async () => {
      try {
        store.setState({ status: 'ready', workspaces: await client.call('workspace.list', {}) });
      } catch (error) {
        messages.fail(error);
      }
    },
    { delayMs: 60, pace: 'steady' },
  );
  client.on('workspace.changed', refresher.ask);

  const setTest = (workspaceId: WorkspaceId, result: TestResult | 'running'): void =>
    store.setState((state) => ({ tests: new Map(state.tests).set(workspaceId, result) }));
  /** Null on success, else what to show beside the form that asked. */
  const attempt = async (work: () => Promise<unknown>): Promise<string | null> => {
    try {
      await work();
      await refresher.now();
      return null;
    } catch (error) {
      return failureOf(error).message;
    }
  };

  return Object.assign(store, {
    refresh: refresher.now,
    add: (input: MethodInput<'workspace.add'>) => attempt(() => client.call('workspace.add', input)),
    update: (input: MethodInput<'workspace.update'>) => attempt(() => client.call('workspace.update', input)),
    setKey: (workspaceId: WorkspaceId, key: string, sessionOnly: boolean) =>
      attempt(() => client.call('workspace.setKey', { workspaceId, key, sessionOnly })),
    removeKey: (workspaceId: WorkspaceId) => attempt(() => client.call('workspace.removeKey', { workspaceId })),
    remove: async (workspaceId: WorkspaceId): Promise<void> => {
      const failure = await attempt(() => client.call('workspace.remove', { workspaceId }));
      if (failure !== null) messages.show('error', failure);
    },
    test: async (workspaceId: WorkspaceId): Promise<void> => {
      setTest(workspaceId, 'running');
      try {
        setTest(workspaceId, await client.call('workspace.test', { workspaceId }));
      } catch (error) {
        setTest(workspaceId, {
          ok: false,
          checks: [{ name: 'Connection', ok: false, missing: null, message: failureOf(error).message }],
        });
      }
    },
  });
};
