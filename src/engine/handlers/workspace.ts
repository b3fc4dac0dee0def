import { AppError } from '#contract/errors.ts';
import type { Workspace, WorkspaceId } from '#contract/entities.ts';
import { requireWorkspace } from './lookups.ts';
import {
  countOpenJobs,
  getWorkspaceByName,
  insertWorkspace,
  listWorkspaces,
  removeWorkspace,
  setKeyHint,
  updateWorkspace,
  type WorkspaceRow,
} from '../database/workspaces.ts';
import type { EngineContext } from './context.ts';
import { viewOf } from '../providers/workspace-view.ts';
import type { Handlers } from '../router.ts';
import { nearest } from '../scripts/similarity.ts';

/** The last four characters, enough to tell two keys apart. */
const hintOf = (key: string): string => (key.length < 12 ? '...' : `...${key.slice(-4)}`);

export const workspaceHandlers = (
  context: EngineContext,
): Pick<
  Handlers,
  | 'workspace.list'
  | 'workspace.providers'
  | 'workspace.add'
  | 'workspace.update'
  | 'workspace.remove'
  | 'workspace.setKey'
  | 'workspace.removeKey'
  | 'workspace.test'
> => {
  const { ports, providers, queue } = context;
  const { database, clock, ids, vault } = ports;

  const show = async (row: WorkspaceRow): Promise<Workspace> => {
    const provider = providers.get(row.provider);
    let configured = false;
    let locked = false;
    if (provider.abilities.needsKey) {
      try {
        configured = (await vault.get(row.id)) !== null;
      } catch {
        locked = true;
        configured = row.keyHint !== null;
      }
    }
    const view = viewOf(row, provider);
    return {
      id: row.id,
      provider: row.provider,
      name: row.name,
      baseUrl: row.baseUrl ?? provider.defaultBaseUrl,
      settings: { ...row.settings },
      abilities: provider.abilities,
      key: { configured, hint: configured ? row.keyHint : null, locked },
      paused: row.paused,
      textLimit: provider.textRules(view, '', null, context.voices.ratesOf(row.id, '')).limit,
      createdAt: row.createdAt,
    };
  };
  /** `isElsewhere`: another key, host or setting, with which the vendor may list other voices. */
  const changed = async (id: string, isElsewhere = true): Promise<Workspace> => {
    const row = requireWorkspace(database, id);
    if (isElsewhere) context.voices.forget(row.id);
    await queue.workspaceChanged(row);
    context.publish('workspace.changed', { workspaceId: row.id });
    return show(row);
  };
  const refuseTaken = (name: string, own: string | null): void => {
    const other = getWorkspaceByName(database, name);
    if (other !== null && other.id !== own) {
      throw new AppError(
        'conflict',
        `There is a workspace called "${name}" already. Nothing was changed; choose another name.`,
      );
    }
  };
  /** The adapter reads its settings here, so that a wrong one is refused before it is saved. `kept`: names from before. */
  const refuseBroken = (
    row: Omit<WorkspaceRow, 'seq' | 'keyHint' | 'paused'>,
    kept: Readonly<Record<string, unknown>> = {},
  ): void => {
    const provider = providers.get(row.provider);
    const known = [...(provider.settings ?? []).map(({ name }) => name), 'concurrency'];
    const unknown = Object.keys(row.settings).find((name) => !known.includes(name) && !Object.hasOwn(kept, name));
    if (unknown !== undefined) {
      const [meant] = nearest(unknown, known, 1);
      const hint = meant === undefined ? `There are: ${[...new Set(known)].join(', ')}.` : `Was "${meant}" meant?`;
      throw new AppError(
        'setting_refused',
        `A workspace of ${provider.title} has no setting "${unknown}". Nothing was changed. ${hint}`,
      );
    }
    const concurrency = row.settings['concurrency'];
    if (
      concurrency !== undefined &&
      !(Number.isInteger(Number(concurrency)) && Number(concurrency) >= 1 && Number(concurrency) <= 200)
    ) {
      throw new AppError(
        'invalid_input',
        'The setting "concurrency" is the number of requests at a time, from 1 to 200. Nothing was changed.',
      );
    }
    provider.account(viewOf({ ...row, seq: 0, keyHint: null, paused: false }, provider));
  };

  return {
    'workspace.list': () =>
      Promise.all(
        listWorkspaces(database)
          .filter((row) => providers.has(row.provider))
          .map(show),
      ),
    'workspace.providers': () =>
      providers.all.map((provider) => ({
        provider: provider.id,
        title: provider.title,
        abilities: provider.abilities,
        hosts: [...(provider.hosts ?? [])],
        settings: [...(provider.settings ?? [])],
        notice: provider.notice ?? null,
      })),
    'workspace.add': async ({ provider, name, baseUrl, settings, key, sessionOnly }) => {
      refuseTaken(name, null);
      const row = { id: ids.next() as WorkspaceId, provider, name, baseUrl, settings, createdAt: clock.now() };
      refuseBroken(row);
      database.transaction(() => insertWorkspace(database, row));
      if (key !== undefined) {
        try {
          await vault.set(row.id, key, { sessionOnly });
        } catch (error) {
          database.transaction(() => removeWorkspace(database, row.id, clock.now()));
          throw error;
        }
        database.transaction(() => setKeyHint(database, row.id, hintOf(key)));
      }
      return changed(row.id);
    },
    'workspace.update': async ({ workspaceId, name, baseUrl, settings }) => {
      const before = requireWorkspace(database, workspaceId);
      const row = {
        ...before,
        name: name ?? before.name,
        baseUrl: baseUrl === undefined ? before.baseUrl : baseUrl,
        settings: settings ?? before.settings,
      };
      refuseTaken(row.name, row.id);
      refuseBroken(row, before.settings);
      database.transaction(() => updateWorkspace(database, row));
      return changed(row.id, baseUrl !== undefined || settings !== undefined);
    },
    'workspace.remove': async ({ workspaceId }) => {
      const row = requireWorkspace(database, workspaceId);
      const open = countOpenJobs(database, row.seq);
      if (open > 0) {
        throw new AppError(
          'conflict',
          `"${row.name}" has ${open} lines in the queue. Nothing was removed; finish or cancel them first.`,
        );
      }
      await vault.remove(row.id);
      database.transaction(() => removeWorkspace(database, row.id, clock.now()));
      await queue.workspaceChanged({ ...row, paused: true });
      context.publish('workspace.changed', { workspaceId: row.id });
      return {};
    },
    'workspace.setKey': async ({ workspaceId, key, sessionOnly }) => {
      const row = requireWorkspace(database, workspaceId);
      await vault.set(row.id, key, { sessionOnly });
      database.transaction(() => setKeyHint(database, row.id, hintOf(key)));
      return changed(row.id);
    },
    'workspace.removeKey': async ({ workspaceId }) => {
      const row = requireWorkspace(database, workspaceId);
      await vault.remove(row.id);
      database.transaction(() => setKeyHint(database, row.id, null));
      return changed(row.id);
    },
    'workspace.test': async ({ workspaceId }) => {
      const row = requireWorkspace(database, workspaceId);
      const provider = providers.get(row.provider);
      const key = provider.abilities.needsKey ? await vault.get(row.id) : null;
      if (provider.abilities.needsKey && key === null) {
        return {
          ok: false,
          checks: [
            {
              name: 'key',
              ok: false,
              message: `No API key is set for "${row.name}". Set one, then test again.`,
              missing: null,
            },
          ],
        };
      }
      const result = await provider.test({
        workspace: viewOf(row, provider),
        key,
        signal: new AbortController().signal,
      });
      return {
        ok: result.ok,
        checks: result.checks.map((check) => ({ ...check, missing: check.missing ?? null })),
      };
    },
  };
};
