/**
 * Ends the jobs of a past order as if a vendor had worked on them: through the engine's own books, so that ledger, usage
 * and history of the past are what they would have been. Nothing runs: the engine that took the order is not started.
 */
import type { SpeechRecipe } from '#contract/entities.ts';
import { insertGeneration, markAccepted } from '#engine/database/generations.ts';
import { changeJob, findOpenJob, type JobRow } from '#engine/database/jobs.ts';
import { findRecipeId, getRecipe, type RecipeRow } from '#engine/database/recipes.ts';
import { listItems } from '#engine/database/render-items.ts';
import { getRender, setRenderState } from '#engine/database/renders.ts';
import { getWorkspaceBySeq } from '#engine/database/workspaces.ts';
import type { Ports } from '#engine/ports.ts';
import type { VendorRequest } from '#engine/providers/provider.ts';
import type { ProviderRegistry } from '#engine/providers/registry.ts';
import { viewOf } from '#engine/providers/workspace-view.ts';
import { asTakeId, closeGeneration, settleFailed, settleStored } from '#engine/queue/settle.ts';
import { voiceKey } from '#engine/scripts/forecast.ts';
import { spokenWords } from '#engine/scripts/spoken-words.ts';
import type { GenerationId, RenderId } from '#contract/entities.ts';
import { fraction } from '../vendors/common/dice.ts';
import type { Shelf, ShelfFile } from './shelf.ts';
import type { VendorSide, PastCall } from './vendor-side.ts';

/** Work on one line, in ms. */
const lineMs = 4_000;
const failing = 0.006;

export interface OpenLine {
  readonly job: JobRow;
  readonly row: RecipeRow;
  readonly recipe: SpeechRecipe;
}
/** The jobs of an order that wait to be sent, in its order. */
export const openLines = (database: Ports['database'], renderSeq: number): readonly OpenLine[] => {
  const lines = new Map<number, OpenLine>();
  for (const item of listItems(database, renderSeq, -1, 10_000)) {
    const recipeId = findRecipeId(database, item.recipeHash);
    const job = recipeId === null ? null : findOpenJob(database, recipeId, item.takeNo);
    const row = recipeId === null ? null : getRecipe(database, recipeId);
    if (job === null || row === null || row.kind !== 'speech') continue;
    lines.set(job.seq, { job, row, recipe: JSON.parse(row.canonical) as SpeechRecipe });
  }
  return [...lines.values()];
};

/** The row of a call as it was written before it was sent. */
export const writeGeneration = (
  ports: Pick<Ports, 'database' | 'ids'>,
  { job, recipe }: OpenLine,
  call: { readonly request: VendorRequest; readonly baseUrl: string; readonly at: number },
  estimateCredits: number,
): GenerationId => {
  const id = ports.ids.next() as GenerationId;
  insertGeneration(ports.database, {
    id,
    jobSeq: job.seq,
    renderSeq: job.renderSeq,
    state: 'submitted',
    ...call.request,
    idempotencyKey: recipe.provider === 'chosen' ? ports.ids.secret() : null,
    baseUrl: call.baseUrl,
    keyFingerprint: null,
    estimateCredits,
    createdAt: call.at,
    submittedAt: call.at,
  });
  return id;
};

interface Done {
  readonly line: OpenLine;
  readonly call: PastCall;
  readonly side: VendorSide;
  readonly file: ShelfFile;
}

export const createPastWork = (
  ports: Pick<Ports, 'database' | 'ids'>,
  providers: ProviderRegistry,
  vendorSide: (call: PastCall) => Promise<VendorSide>,
  shelf: Shelf,
  standAt: (at: number) => void,
) => {
  const { database, ids } = ports;

  const settle = ({ line, call, side, file }: Done): void => {
    const { job, row, recipe } = line;
    const { at } = call;
    const booked = { ...job, claimId: null };
    const baseUrl = viewOf(call.workspace, call.provider).baseUrl;
    const id = writeGeneration(ports, line, { request: call.request, baseUrl, at }, side.credits);
    changeJob(database, job.seq, 'queued', { state: 'queued', generationId: id }, at);
    // Only this vendor tells of failed work, and pays it back.
    if (recipe.provider === 'chosen' && fraction(`fails ${row.hash}`) < failing) {
      const { vendorId, credits } = side;
      closeGeneration(database, booked, { id, vendorId, charged: credits, refunded: credits }, at + lineMs);
      const message = 'The voice model failed; your credits were refunded.';
      settleFailed(database, booked, { code: 'provider_failed', message }, at + lineMs, 3);
      return;
    }
    markAccepted(database, id, { ...side, chargedCredits: side.credits }, at + lineMs / 2);
    const { report } = file;
    settleStored(
      database,
      booked,
      {
        take: {
          id: asTakeId(ids.next()),
          recipeId: row.id,
          takeNo: job.takeNo,
          generationId: id,
          sha256: file.sha256,
          format: file.format,
          bytes: file.bytes,
          durationMs: report.durationMs,
          sampleRate: report.sampleRate,
          channels: report.channels,
          loudnessLufs: report.loudnessLufs,
          truePeakDb: report.truePeakDb,
          suspect: fraction(`odd ${row.hash}`) < 0.004 ? 'Made up for the demo: it sounds longer than its text.' : null,
          createdAt: at + lineMs,
          samplesPerPeak: Math.max(1, report.samplesPerPeak),
          peaks: new Uint8Array(report.peaks.buffer, report.peaks.byteOffset, report.peaks.byteLength),
        },
        generation: { id, vendorId: side.vendorId, chargedCredits: side.credits },
        rate: { voiceKey: voiceKey(recipe), words: spokenWords(recipe.text), speed: 1 },
      },
      at + lineMs,
    );
  };

  /** All lines of the order, one after the other from `from` on. Returns when the last one was done. */
  return async (renderId: RenderId, from: number): Promise<number> => {
    const render = getRender(database, renderId);
    if (render === null) throw new Error('The order of the past is gone.');
    const done: Done[] = [];
    let at = from;
    for (const line of openLines(database, render.seq)) {
      const workspace = getWorkspaceBySeq(database, line.job.workspaceSeq);
      if (workspace === null) continue;
      standAt(at);
      const provider = providers.get(workspace.provider);
      const request = provider.request(viewOf(workspace, provider), line.recipe);
      const call: PastCall = { recipe: line.recipe, request, workspace, provider, at };
      const side = await vendorSide(call);
      const first = {
        recipeHash: line.row.hash,
        takeNo: line.job.takeNo,
        recipe: line.row.canonical,
        generationId: null,
        vendorId: side.vendorId,
        chargedCredits: side.credits,
      };
      done.push({ line, call, side, file: await shelf.fileFor(line.recipe, first) });
      at += lineMs;
    }
    database.transaction(() => {
      for (const one of done) settle(one);
      setRenderState(database, render.seq, 'done', at);
    });
    return at;
  };
};
