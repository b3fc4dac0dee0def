/**
 * One claim of a lane, inside one transaction: due uncertain jobs first, then queued ones of the most urgent render.
 * Each claimed job gets its generation written down here; where the vendor takes a key, `submitted` rides along.
 */
import type { SpeechRecipe } from '#contract/entities.ts';
import type { GenerationId } from '#contract/entities.ts';
import { claimQueued, claimUncertain, listDueUncertain, type ClaimedJob } from '../database/claims.ts';
import { changeJob, endClaim, setGeneration } from '../database/jobs.ts';
import {
  getGeneration,
  insertGeneration,
  markClosed,
  markSubmitted,
  type GenerationRow,
} from '../database/generations.ts';
import { latestBalance } from '../database/account-readings.ts';
import { tightestBudget, type TightBudget } from '../database/budgets.ts';
import { renderBalance } from '../database/ledger.ts';
import { listClaimableRenders, setRenderState, type RenderRow } from '../database/renders.ts';
import type { WritableDatabase } from '../ports.ts';
import { neighbourRequests } from '../database/neighbour-calls.ts';
import type { RequestContext, SpeechProvider, WorkspaceView } from '../providers/provider.ts';
import { whyNotFollow, type Refusal, type SendingConditions } from './key-rules.ts';
import { isLost, looksOf } from './look.ts';
import { settleFailed } from './settle.ts';

export interface ClaimOrder {
  readonly workspaceSeq: number;
  readonly view: WorkspaceView;
  readonly provider: SpeechProvider;
  readonly conditions: SendingConditions;
  /** The highest seen. Default: null, for while none was and where nothing costs. */
  readonly creditsPerCharacter?: number | null;
  readonly claimId: string;
  readonly limit: number;
  readonly nextId: () => string;
  readonly secret: () => string;
}
export interface Claimed {
  readonly job: ClaimedJob;
  readonly generation: GenerationRow | null;
  readonly isResend: boolean;
}
export interface OverBudget {
  readonly renderSeq: number;
  /** The wider budget that stops it; null: its own. */
  readonly tight: TightBudget | null;
}
export interface ClaimResult {
  readonly claimed: readonly Claimed[];
  /** Renders that reached their budget just now. */
  readonly overBudget: readonly OverBudget[];
  /** Renders whose jobs changed without a claim. */
  readonly touched: readonly number[];
}

/** Null when the open call may be gone on with: followed, sent again with its key, or looked for. */
const whyNotGoOn = (order: ClaimOrder, open: GenerationRow): Refusal | null => {
  if (!isLost(open) || order.provider.find === undefined) return whyNotFollow(open, order.conditions);
  if (open.baseUrl !== order.conditions.baseUrl) return whyNotFollow({ ...open, vendorId: '' }, order.conditions);
  if (open.looks < looksOf(order.provider).length) return null;
  return {
    code: 'outcome_unknown',
    message:
      'The answer was lost, and it was not found in the history of the vendor. Look at what was found, then decide.',
  };
};

/**
 * A retake of a line marked *join* names its neighbours' calls beside their texts. Outside the recipe's hash: it is the
 * same line. After a failed attempt it goes plain, in case the vendor dislikes the ids.
 */
const contextOf = (
  database: WritableDatabase,
  job: ClaimedJob,
  { settings }: SpeechRecipe,
  now: number,
): RequestContext | null => {
  const isJoined = settings['previous_text'] !== undefined || settings['next_text'] !== undefined;
  return isJoined && job.takeNo > 1 && job.attempts === 0 ? neighbourRequests(database, job, now) : null;
};

const newGeneration = (database: WritableDatabase, order: ClaimOrder, job: ClaimedJob): GenerationRow => {
  const { provider, view, conditions } = order;
  const recipe = JSON.parse(job.canonical) as SpeechRecipe;
  const request = provider.request(view, recipe, contextOf(database, job, recipe, conditions.now) ?? undefined);
  const keyed = provider.abilities.idempotencyKey;
  const row: GenerationRow = {
    id: order.nextId() as GenerationId,
    jobSeq: job.seq,
    renderSeq: job.renderSeq,
    state: keyed ? 'submitted' : 'created',
    method: request.method,
    url: request.url,
    contentType: request.contentType,
    body: request.body,
    idempotencyKey: keyed ? order.secret() : null,
    baseUrl: view.baseUrl,
    keyFingerprint: conditions.keyFingerprint,
    vendorId: null,
    estimateCredits: job.heldCredits,
    chargedCredits: null,
    submittedAt: keyed ? conditions.now : null,
    requestId: null,
    looks: 0,
    // Only a call that cannot be sent again needs it as evidence.
    balanceBefore: keyed ? null : latestBalance(database, job.workspaceSeq),
  };
  insertGeneration(database, { ...row, createdAt: conditions.now });
  setGeneration(database, job, row.id);
  return row;
};

/** The call this job goes on with: its open one where it may, else a new one. Null when a person must decide first. */
const equip = (database: WritableDatabase, order: ClaimOrder, job: ClaimedJob): Claimed | null => {
  if (job.kind === 'join') return { job, generation: null, isResend: false };
  const open = job.generationId === null ? null : getGeneration(database, job.generationId);
  if (open === null || open.state === 'settled')
    return { job, generation: newGeneration(database, order, job), isResend: false };
  if (open.vendorId === null && open.state === 'created') {
    const same = open.baseUrl === order.view.baseUrl && open.keyFingerprint === order.conditions.keyFingerprint;
    if (!same) {
      markClosed(database, open.id, 0, null, order.conditions.now);
      return { job, generation: newGeneration(database, order, job), isResend: false };
    }
    if (open.idempotencyKey !== null) markSubmitted(database, open.id, order.conditions.now);
    return { job, generation: open.idempotencyKey === null ? open : { ...open, state: 'submitted' }, isResend: false };
  }
  if (order.provider.abilities.costUnit === 'free') {
    markClosed(database, open.id, 0, null, order.conditions.now);
    return { job, generation: newGeneration(database, order, job), isResend: false };
  }
  const error = whyNotGoOn(order, open);
  if (error === null)
    return { job, generation: open.vendorId === null ? { ...open, state: 'submitted' } : open, isResend: true };
  endClaim(database, job, { state: 'uncertain', resolution: 'ask', error }, order.conditions.now);
  return null;
};

const accountFits = (database: WritableDatabase, order: ClaimOrder, job: ClaimedJob): boolean => {
  if (job.kind === 'join') return true;
  // A call that may have left decides by its own address and key; failing its job would call it never sent.
  const open = job.generationId === null ? null : getGeneration(database, job.generationId);
  if (open !== null && open.state !== 'created' && open.state !== 'settled') return true;
  const { account } = JSON.parse(job.canonical) as SpeechRecipe;
  if (account === order.provider.account(order.view)) return true;
  settleFailed(
    database,
    { ...job, claimId: job.claimId },
    {
      code: 'conflict',
      message: `The workspace "${order.view.name}" now points at another account than this line was ordered for. Nothing was sent. Render the script again to order it from the new account.`,
    },
    order.conditions.now,
  );
  return false;
};

/** Under a budget jobs are claimed singly, each only while what is spent and in flight leaves room for its hold. */
const claimWithin = (
  database: WritableDatabase,
  order: ClaimOrder,
  render: RenderRow,
  budget: number,
  tight: TightBudget | null,
  limit: number,
): { jobs: ClaimedJob[]; over: boolean } => {
  const { spent } = renderBalance(database, render.seq);
  const price = order.creditsPerCharacter ?? 0;
  // Holds may be older than the price: what the vendor named counts, else the hold or the price, whichever is more.
  const before = database
    .prepare<{ credits: number; running: number }>(
      `SELECT total(coalesce(g.charged_credits, max(coalesce(j.held_credits, 0), CASE WHEN j.workspace_seq = ?2 THEN c.characters * ?3 ELSE 0 END))) AS credits,
         total(j.state = 'running') AS running
       FROM jobs j JOIN recipes c ON c.id = j.recipe_id LEFT JOIN generations g ON g.id = j.generation_id
       WHERE j.render_seq = ?1 AND j.kind = 'speech' AND j.state IN ('running', 'uncertain')`,
    )
    .get(render.seq, order.workspaceSeq, price);
  let inFlight = before?.credits ?? 0;
  // Under the project's, the person's or the month's budget only what is claimed here is still to be added.
  let room = tight?.roomCredits ?? Number.POSITIVE_INFINITY;
  let runningUnder = tight?.inFlightCredits ?? 0;
  const jobs: ClaimedJob[] = [];
  while (jobs.length < limit) {
    const [job] = claimQueued(database, {
      workspaceSeq: order.workspaceSeq,
      renderSeq: render.seq,
      claimId: order.claimId,
      limit: 1,
      now: order.conditions.now,
    });
    if (job === undefined) break;
    const expected = Math.max(job.heldCredits ?? 0, job.characters * price);
    const need = spent + inFlight + expected;
    if (
      job.kind === 'speech' &&
      (need > budget || (expected > 0 && expected > room) || (job.heldCredits === null && need >= budget))
    ) {
      endClaim(database, job, { state: 'queued' }, order.conditions.now);
      // What runs now may be charged less than its hold: this line's turn may still come.
      const mayFitLater =
        jobs.length + (before?.running ?? 0) > 0 &&
        job.heldCredits !== null &&
        spent + expected <= budget &&
        expected <= room + runningUnder;
      return { jobs, over: !mayFitLater };
    }
    inFlight += expected;
    room -= expected;
    runningUnder += expected;
    jobs.push(job);
  }
  return { jobs, over: false };
};

const stoppedBy = (database: WritableDatabase, render: RenderRow, tight: TightBudget | null): TightBudget | null => {
  if (tight === null || render.budgetCredits === null) return tight;
  return render.budgetCredits - renderBalance(database, render.seq).spent < tight.roomCredits ? null : tight;
};

/** Runs inside the caller's transaction. */
export const claimJobs = (database: WritableDatabase, order: ClaimOrder): ClaimResult => {
  const claimed: Claimed[] = [];
  const overBudget: OverBudget[] = [];
  const isFree = order.provider.abilities.costUnit === 'free';
  const touched: number[] = [];
  const take = (job: ClaimedJob): void => {
    const ready = accountFits(database, order, job) ? equip(database, order, job) : null;
    if (ready === null) touched.push(job.renderSeq);
    else claimed.push(ready);
  };
  for (const row of listDueUncertain(database, order.workspaceSeq, order.conditions.now, order.limit)) {
    const open = row.generationId === null ? null : getGeneration(database, row.generationId);
    const error =
      open === null
        ? { code: 'outcome_unknown', message: 'The record of the call is missing.' }
        : whyNotGoOn(order, open);
    if (error !== null) {
      changeJob(database, row.seq, 'uncertain', { state: 'uncertain', resolution: 'ask', error }, order.conditions.now);
      touched.push(row.renderSeq);
      continue;
    }
    const job = claimUncertain(database, { jobSeq: row.seq, claimId: order.claimId, now: order.conditions.now });
    if (job !== null) take(job);
  }
  for (const render of listClaimableRenders(database)) {
    const room = order.limit - claimed.length;
    if (room <= 0) break;
    const tight =
      isFree || render.state === 'over_budget'
        ? null
        : tightestBudget(database, { ...render, workspaceSeq: order.workspaceSeq, at: order.conditions.now });
    const isStopped = render.state === 'over_budget';
    // Free voices go on whatever was spent; of a stopped render in a paid workspace only joins do.
    if (isFree || isStopped || (render.budgetCredits === null && tight === null)) {
      for (const job of claimQueued(database, {
        workspaceSeq: order.workspaceSeq,
        renderSeq: render.seq,
        claimId: order.claimId,
        limit: room,
        now: order.conditions.now,
        joinsOnly: isStopped && !isFree,
      }))
        take(job);
      continue;
    }
    const within = claimWithin(database, order, render, render.budgetCredits ?? Number.POSITIVE_INFINITY, tight, room);
    within.jobs.forEach(take);
    if (within.over) {
      setRenderState(database, render.seq, 'over_budget', order.conditions.now);
      overBudget.push({ renderSeq: render.seq, tight: stoppedBy(database, render, tight) });
    }
  }
  return { claimed, overBudget, touched };
};
