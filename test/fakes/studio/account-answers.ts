/** What the fake engine answers about workspaces, keys and credits. */
import type { Workspace } from '#contract/entities.ts';
import { meterOf, offers, testOf } from './accounts.ts';
import { free, workspace } from './entities.ts';

export interface AccountInput {
  readonly workspaceId: string;
  readonly provider: Workspace['provider'];
  readonly name: string;
  readonly baseUrl: string | null;
  readonly settings: Workspace['settings'];
  readonly key: string | undefined;
}

const keyStateOf = (key: string | undefined): Workspace['key'] => ({
  configured: key !== undefined,
  hint: key === undefined ? null : `...${key.slice(-4)}`,
  locked: false,
});

export const accountAnswers = (
  world: { workspaces: Workspace[] },
  push: (name: string, payload: unknown) => void,
): Record<string, (input: AccountInput) => unknown> => {
  const workspaceOf = (id: string): Workspace => {
    const found = world.workspaces.find((known) => known.id === id);
    if (found === undefined) throw new Error('This workspace is not here any more.');
    return found;
  };
  const changed = (id: string): Workspace => {
    push('workspace.changed', { workspaceId: id });
    return workspaceOf(id);
  };
  return {
    'workspace.list': () => world.workspaces,
    'workspace.providers': () => offers,
    'workspace.test': ({ workspaceId }) => testOf(workspaceOf(workspaceId)),
    'workspace.add': ({ provider, name, baseUrl, settings, key }) => {
      const abilities = offers.find((offer) => offer.provider === provider)?.abilities ?? free;
      world.workspaces.push(workspace(name, { provider, name, baseUrl, settings, abilities, key: keyStateOf(key) }));
      return changed(name);
    },
    'workspace.update': ({ workspaceId, name, baseUrl, settings }) => {
      Object.assign(workspaceOf(workspaceId), { name, baseUrl, settings });
      return changed(workspaceId);
    },
    'workspace.setKey': ({ workspaceId, key }) => {
      Object.assign(workspaceOf(workspaceId), { key: keyStateOf(key) });
      return changed(workspaceId);
    },
    'workspace.removeKey': ({ workspaceId }) => {
      Object.assign(workspaceOf(workspaceId), { key: keyStateOf(undefined) });
      return changed(workspaceId);
    },
    'workspace.remove': ({ workspaceId }) => {
      world.workspaces = world.workspaces.filter(({ id }) => id !== workspaceId);
      push('workspace.changed', { workspaceId });
      return {};
    },
    'account.meters': () => world.workspaces.map(meterOf),
    'account.refresh': () => world.workspaces.map(meterOf),
  };
};
