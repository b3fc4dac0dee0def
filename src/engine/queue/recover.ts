/**
 * What the last process left behind, on open: bodies on disk are adopted before anything is asked, fetched or sent again;
 * then every running row goes where the table of DESIGN section 5 sends it.
 */
import type { Recipe } from '#contract/entities.ts';
import { endWaits, listRunning, takeOverRunning, type ClaimedJob } from '../database/claims.ts';
import { changeJob, getJob } from '../database/jobs.ts';
import { getGeneration, listUnsettled, markClosed, markUnknown, type GenerationRow } from '../database/generations.ts';
import { getRecipe } from '../database/recipes.ts';
import { listUnfinishedRenders } from '../database/renders.ts';
import { getWorkspaceBySeq } from '../database/workspaces.ts';
import type { ProviderRegistry } from '../providers/registry.ts';
import { audioPath, incomingFolder } from '../takes/store-audio.ts';
import type { Claimed } from './claim.ts';
import type { CommitGroup } from './commit-group.ts';
import type { QueuePorts } from './lane-context.ts';
import { afterLoss } from './look.ts';
import { estimatedNote } from './fetch-take.ts';
import type { AudioReport } from '../ports.ts';
import { measure, spokenOf } from '../takes/measure.ts';
import { storeTake } from './store-take.ts';
import { nextState } from './transitions.ts';
import { cancelRenderJobs } from './actions.ts';
import { adoptRestored } from './adopt-restored.ts';
import { commitAt } from './commit-at.ts';
import { settleStranded } from './hand-over.ts';

export interface Recovered {
  /** Jobs whose vendor id is known: they are polled or fetched on, free. By workspace. */
  readonly resumed: ReadonlyMap<number, readonly Claimed[]>;
  readonly adopted: number;
  readonly uncertain: number;
  /** Orders that were cut off while they were written down, and are cancelled. */
  readonly unfinishedOrders: readonly string[];
}

const isFree = (ports: QueuePorts, providers: ProviderRegistry, workspaceSeq: number): boolean => {
  const workspace = getWorkspaceBySeq(ports.database, workspaceSeq);
  return workspace !== null && providers.get(workspace.provider).abilities.costUnit === 'free';
};

const chargeOf = (
  ports: QueuePorts,
  providers: ProviderRegistry,
  workspaceSeq: number,
  generation: GenerationRow,
  report: AudioReport,
): { readonly chargedCredits: number | null; readonly note: string | undefined } => {
  if (isFree(ports, providers, workspaceSeq)) return { chargedCredits: 0, note: undefined };
  if (generation.chargedCredits !== null) return { chargedCredits: generation.chargedCredits, note: undefined };
  const workspace = getWorkspaceBySeq(ports.database, workspaceSeq);
  const provider = workspace === null || !providers.has(workspace.provider) ? null : providers.get(workspace.provider);
  const told = provider?.creditsOfAudio?.(report.durationMs) ?? null;
  return { chargedCredits: told, note: told === null ? undefined : estimatedNote };
};

/** A complete body whose take was not committed. Returns whether it became one. */
const adoptBody = async (
  ports: QueuePorts,
  group: CommitGroup,
  providers: ProviderRegistry,
  generation: GenerationRow,
): Promise<boolean> => {
  const path = audioPath(generation.id);
  const job = getJob(ports.database, generation.jobSeq);
  if (job === null || (await ports.files.size(path)) === null) return false;
  const row = getRecipe(ports.database, job.recipeId);
  if (row === null) return false;
  const recipe = JSON.parse(row.canonical) as Recipe;
  const measured = await measure(ports, path, spokenOf(recipe));
  if (measured.kind === 'bad') return false;
  const bytes = await ports.files.read(path);
  await storeTake(ports, group, {
    job: { seq: job.seq, renderSeq: job.renderSeq, claimId: null, recipeId: job.recipeId, takeNo: job.takeNo },
    hash: row.hash,
    canonical: row.canonical,
    recipe,
    from: path,
    received: { sha256: ports.hash.sha256().update(bytes).hex(), bytes: bytes.byteLength },
    report: measured.report,
    suspect: measured.suspect,
    generation: {
      id: generation.id,
      vendorId: generation.vendorId,
      ...chargeOf(ports, providers, job.workspaceSeq, generation, measured.report),
    },
  });
  return true;
};

/** Spare names in `incoming/` that belong to no open books. */
const sweepIncoming = async (ports: QueuePorts): Promise<void> => {
  for (const { name, isFolder } of await ports.files.list(incomingFolder)) {
    if (isFolder) continue;
    const id = name.replace(/\.(?:part|audio)$/, '');
    const generation = getGeneration(ports.database, id);
    const isJoin = id.startsWith('join-');
    if (!isJoin && generation?.state !== 'settled') continue;
    ports.checkpoint?.('incoming.sweeping');
    await ports.files.remove(`${incomingFolder}/${name}`);
    ports.checkpoint?.('incoming.swept');
  }
};

export const recover = async (
  ports: QueuePorts,
  group: CommitGroup,
  providers: ProviderRegistry,
): Promise<Recovered> => {
  const { database, clock, ids } = ports;
  const unfinishedOrders: string[] = [];
  for (const render of listUnfinishedRenders(database)) {
    if (render.state !== 'preparing') continue;
    unfinishedOrders.push(render.title);
    await cancelRenderJobs(ports, render.seq);
  }

  let adopted = await adoptRestored(ports);
  for (const generation of listUnsettled(database)) {
    try {
      if (await adoptBody(ports, group, providers, generation)) adopted += 1;
    } catch (error) {
      ports.logger.error('A stored body could not be adopted; it stays where it is.', {
        generationId: generation.id,
        error,
      });
    }
  }

  const afterDeath = (workspaceSeq: number, generation: GenerationRow, at: number) => {
    const workspace = getWorkspaceBySeq(database, workspaceSeq);
    return workspace === null || !providers.has(workspace.provider)
      ? ({ resolution: 'ask', retryAt: null } as const)
      : afterLoss(providers.get(workspace.provider), generation, at);
  };
  const resumed = new Map<number, Claimed[]>();
  let uncertain = 0;
  for (const row of listRunning(database)) {
    const generation = row.generationId === null ? null : getGeneration(database, row.generationId);
    const free = isFree(ports, providers, row.workspaceSeq);
    const to = nextState('running', {
      type: 'died',
      generation: generation?.state === 'settled' ? null : (generation?.state ?? null),
      free,
    });
    const at = clock.now();
    if (to === 'running' && generation !== null) {
      const job: ClaimedJob | null = commitAt(ports, 'recovered-running', () =>
        takeOverRunning(database, row.seq, ids.next(), at),
      );
      if (job === null) continue;
      const list = resumed.get(row.workspaceSeq) ?? [];
      list.push({ job, generation, isResend: true });
      resumed.set(row.workspaceSeq, list);
    } else if (to === 'uncertain' && generation !== null) {
      uncertain += 1;
      commitAt(ports, 'recovered-uncertain', () => {
        markUnknown(database, generation.id);
        changeJob(
          database,
          row.seq,
          'running',
          {
            state: 'uncertain',
            ...afterDeath(row.workspaceSeq, generation, at),
            error: {
              code: 'outcome_unknown',
              message: 'Cuebooth ended while this line was being sent; whether it was charged is found out first.',
            },
          },
          at,
        );
      });
    } else {
      commitAt(ports, 'recovered-queued', () => {
        if (free && generation !== null) markClosed(database, generation.id, 0, null, at);
        changeJob(database, row.seq, 'running', { state: 'queued', ...(free ? { generationId: null } : {}) }, at);
      });
    }
  }
  commitAt(ports, 'recovered-stranded', () => {
    settleStranded(database, clock.now());
    endWaits(database, clock.now());
  });
  await sweepIncoming(ports);
  return { resumed, adopted, uncertain, unfinishedOrders };
};
