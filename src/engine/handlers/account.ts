import { AppError } from '#contract/errors.ts';
import { listWorkspaces, type WorkspaceRow } from '../database/workspaces.ts';
import type { EngineContext } from './context.ts';
import { estimatedNote } from '../queue/fetch-take.ts';
import type { Handlers } from '../router.ts';
import { reconcile } from '../subscription/reconcile.ts';
import { requireWorkspace } from './lookups.ts';

/** Commands write what they read; a library that is only read cannot take it in. */
export const refuseReadOnly = (context: EngineContext): void => {
  if (context.options.readOnly === true) {
    throw new AppError(
      'library_read_only',
      'This library is open to read only, so nothing was asked and nothing was changed. What is known of its accounts can be read.',
    );
  }
};
export const chosenWorkspaces = (context: EngineContext, workspaceId: string | undefined): readonly WorkspaceRow[] => {
  const { database } = context.ports;
  return (workspaceId === undefined ? listWorkspaces(database) : [requireWorkspace(database, workspaceId)]).filter(
    ({ provider }) => context.providers.has(provider),
  );
};

export const accountHandlers = (
  context: EngineContext,
): Pick<Handlers, 'account.meters' | 'account.refresh' | 'account.subscription' | 'account.reconcile'> => {
  const { accounts, ports, providers } = context;
  const { database } = ports;
  return {
    'account.meters': () => accounts.known().map(({ meter }) => meter),
    'account.refresh': async ({ workspaceId }) => {
      refuseReadOnly(context);
      const rows = chosenWorkspaces(context, workspaceId);
      await accounts.refresh(rows);
      const wanted = new Set(rows.map(({ id }) => id));
      return accounts.known().flatMap(({ meter }) => (wanted.has(meter.workspaceId) ? [meter] : []));
    },
    'account.subscription': ({ workspaceId }) => {
      const { id } = requireWorkspace(database, workspaceId);
      const account = accounts.known().find(({ row }) => row.id === id);
      return {
        workspaceId: id,
        subscription: account?.reading?.subscription ?? null,
        readAt: account?.reading?.at ?? null,
        message:
          account === undefined
            ? 'This version of Cuebooth cannot speak to this vendor.'
            : account.provider.abilities.subscription || account.meter.state === 'free'
              ? account.meter.message
              : `${account.provider.title} tells nothing about its plan.`,
      };
    },
    'account.reconcile': async ({ workspaceId, from, to, limit }) => {
      refuseReadOnly(context);
      const row = requireWorkspace(database, workspaceId);
      if (from !== undefined && to !== undefined && from >= to) {
        throw new AppError('invalid_input', 'The period ends before it begins. Nothing was compared.');
      }
      const provider = providers.get(row.provider);
      await accounts.refresh([row]);
      return reconcile(ports, provider, row, { from, to, limit, estimatedNote }, accounts.signal);
    },
  };
};
