import { createStore } from 'zustand/vanilla';
import type { Client } from '#client/index.ts';
import type { Workspace, WorkspaceId } from '#contract/entities.ts';
import type { MethodInput, MethodOutput } from '#contract/methods/index.ts';
import { failureOf } from './failure.ts';
import type { MessageStore } from './message-store.ts';
import { createRefresher } from './refresher.ts';
import { tellError } from '../words/describe.ts';
import { wordsOf } from '../words/words.ts';

export type TestResult = MethodOutput<'workspace.test'>;
/** A vendor this build can speak to. */
export type ProviderOffer = MethodOutput<'workspace.providers'>[number];
export interface WorkspaceState {
  readonly status: 'loading' | 'ready';
  readonly workspaces: readonly Workspace[];
  readonly offers: readonly ProviderOffer[];
  /** Result of the last test of each workspace; `running` while it is asked. */
  readonly tests: ReadonlyMap<WorkspaceId, TestResult | 'running'>;
}

/** Connections to vendors. Keys go in and never come out. */
export const createWorkspaceStore = (client: Client, messages: MessageStore) => {
  const store = createStore<WorkspaceState>(() => ({
    status: 'loading',
    workspaces: [],
    offers: [],
    tests: new Map(),
  }));
  const refresher = createRefresher(
    async () => {
      try {
        // What a build offers does not change while it runs.
        const known = store.getState().offers;
        const [workspaces, offers] = await Promise.all([
          client.call('workspace.list', {}),
          known.length > 0 ? known : client.call('workspace.providers', {}),
        ]);
        store.setState({ status: 'ready', workspaces, offers });
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
      return tellError(failureOf(error));
    }
  };

  const test = async (workspaceId: WorkspaceId): Promise<void> => {
    setTest(workspaceId, 'running');
    try {
      setTest(workspaceId, await client.call('workspace.test', { workspaceId }));
    } catch (error) {
      setTest(workspaceId, {
        ok: false,
        checks: [
          { name: wordsOf('settings')('connection'), ok: false, missing: null, message: tellError(failureOf(error)) },
        ],
      });
    }
  };
  const forgetTest = (workspaceId: WorkspaceId): void =>
    store.setState((state) => ({ tests: new Map([...state.tests].filter(([id]) => id !== workspaceId)) }));

  return Object.assign(store, {
    refresh: refresher.now,
    /** With a key, its test follows at once: it is free, and tells what the key may not do. */
    add: (input: MethodInput<'workspace.add'>) =>
      attempt(async () => {
        const workspace = await client.call('workspace.add', input);
        if (workspace.key.configured) void test(workspace.id);
      }),
    update: (input: MethodInput<'workspace.update'> & { readonly workspaceId: WorkspaceId }) =>
      attempt(async () => {
        await client.call('workspace.update', input);
        forgetTest(input.workspaceId);
      }),
    setKey: (workspaceId: WorkspaceId, key: string, sessionOnly: boolean) =>
      attempt(async () => {
        await client.call('workspace.setKey', { workspaceId, key, sessionOnly });
        void test(workspaceId);
      }),
    removeKey: (workspaceId: WorkspaceId) =>
      attempt(async () => {
        await client.call('workspace.removeKey', { workspaceId });
        forgetTest(workspaceId);
      }),
    remove: async (workspaceId: WorkspaceId): Promise<void> => {
      const failure = await attempt(() => client.call('workspace.remove', { workspaceId }));
      if (failure !== null) messages.show('error', failure);
    },
    test,
  });
};
