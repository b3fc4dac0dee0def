import { listEvidence } from '../database/evidence.ts';
import { listJobs } from '../database/job-lists.ts';
import { listLedger } from '../database/ledger.ts';
import { listWorkspaces, setWorkspacePaused } from '../database/workspaces.ts';
import type { EngineContext } from './context.ts';
import type { Handlers } from '../router.ts';
import { requireWorkspace } from './lookups.ts';

export const queueHandlers = (
  context: EngineContext,
): Pick<
  Handlers,
  | 'queue.lanes'
  | 'queue.list'
  | 'queue.pause'
  | 'queue.resume'
  | 'queue.cancel'
  | 'queue.retry'
  | 'queue.resolve'
  | 'queue.adopt'
  | 'ledger.list'
> => {
  const { queue, ports } = context;
  const { database } = ports;
  const setPaused = async (workspaceId: string | undefined, paused: boolean): Promise<{ changed: number }> => {
    const rows = workspaceId === undefined ? listWorkspaces(database) : [requireWorkspace(database, workspaceId)];
    let changed = 0;
    for (const row of rows) {
      changed += database.transaction(() => setWorkspacePaused(database, row.id, paused));
      await queue.workspaceChanged(requireWorkspace(database, row.id));
    }
    return { changed };
  };
  return {
    'queue.lanes': () => queue.snapshot(),
    'queue.list': (filter) =>
      listJobs(database, filter).map((job) =>
        job.generation === null || job.state !== 'uncertain'
          ? job
          : { ...job, generation: { ...job.generation, evidence: listEvidence(database, job.generation.id) } },
      ),
    'queue.pause': ({ workspaceId }) => setPaused(workspaceId, true),
    'queue.resume': ({ workspaceId }) => setPaused(workspaceId, false),
    'queue.cancel': async (which) => ({ changed: await queue.cancel(which) }),
    'queue.retry': async (which) => ({ changed: await queue.retry(which) }),
    'queue.resolve': async ({ jobIds, decision }) => ({ changed: await queue.resolve(jobIds, decision) }),
    'queue.adopt': async ({ jobId, vendorItemId }) => ({ changed: await queue.adopt(jobId, vendorItemId) }),
    'ledger.list': ({ renderId, after, limit }) =>
      listLedger(database, { renderId: renderId ?? null, after: after ?? null, limit }),
  };
};
