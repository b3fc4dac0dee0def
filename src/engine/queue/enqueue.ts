/**
 * An order becomes rows, in chunks of a few milliseconds: recipes, items, jobs and holds. The render is `preparing`
 * until the last chunk is committed; only then may its jobs be claimed.
 */
import type { Recipe, SpeechRecipe } from '#contract/entities.ts';
import { canonicalJson } from '../scripts/canonical-json.ts';
import {
  changeJob,
  findClosedJob,
  findOpenJob,
  hasTake,
  insertJob,
  lastTakeNo,
  setOwner,
  setWorkspace,
  type JobRow,
} from '../database/jobs.ts';
import { findRecipeId, insertRecipe, saveParts } from '../database/recipes.ts';
import { insertItem } from '../database/render-items.ts';
import { attach, detach, getRenderBySeq, setRenderCounts, setRenderState } from '../database/renders.ts';
import { bookHold, hold } from '../ledger/book.ts';
import type { Clock, Ids, Ports, WritableDatabase } from '../ports.ts';
import { commitAt } from './commit-at.ts';
import { moveTo } from './hand-over.ts';

/** One line of one variant, expanded: what `engine/scripts/expand.ts` yields, with the workspace resolved. */
export interface OrderedItem {
  readonly variant: string;
  readonly lineId: string | null;
  readonly linePosition: number;
  readonly character: string;
  readonly text: string;
  readonly leadingPauseMs: number;
  readonly trailingPauseMs: number;
  readonly workspaceSeq: number;
  readonly recipe: Recipe;
  readonly recipeHash: string;
  readonly parts: readonly { readonly recipe: SpeechRecipe; readonly recipeHash: string }[];
}
export interface EnqueueOptions {
  readonly takes: number;
  readonly retake: boolean;
  /** Credits a recipe is expected to cost; null when the price is not known yet or there is none. */
  readonly holdFor: (workspaceSeq: number, recipe: SpeechRecipe) => number | null;
}
/** Longest transaction of one chunk, in ms. */
const chunkMs = 5;

const codePoints = (text: string): number => [...text].length;

export const fillRender = async (
  ports: {
    readonly database: WritableDatabase;
    readonly clock: Clock;
    readonly ids: Ids;
    readonly checkpoint?: Ports['checkpoint'];
  },
  renderSeq: number,
  items: Iterable<OrderedItem>,
  options: EnqueueOptions,
): Promise<{ readonly items: number; readonly owned: number; readonly units: number }> => {
  const { database, clock, ids } = ports;
  const recipeIds = new Map<string, number>();
  /** Written in this very transaction: nobody can have a take or a job of them yet, so nobody is asked (a third of the time of a large order). */
  const newRecipes = new Set<number>();
  const units = new Set<string>();
  const takeNumbers = new Map<number, number>();
  const render = getRenderBySeq(database, renderSeq);
  let position = 0;
  let owned = 0;

  const recipeId = (hash: string, recipe: Recipe, text: string, voice: string): number => {
    const known = recipeIds.get(hash);
    if (known !== undefined) return known;
    const found = findRecipeId(database, hash);
    if (found !== null) {
      recipeIds.set(hash, found);
      return found;
    }
    const id = insertRecipe(database, {
      hash,
      kind: recipe.kind,
      provider: recipe.kind === 'speech' ? recipe.provider : null,
      voice,
      text,
      characters: Math.max(1, codePoints(text)),
      canonical: canonicalJson(recipe),
    });
    recipeIds.set(hash, id);
    newRecipes.add(id);
    return id;
  };

  /** A job of another render: this one waits for it too, or takes it over where it is the one that may run. */
  const join = (job: JobRow): void => {
    if (job.renderSeq === renderSeq) return;
    const owner = getRenderBySeq(database, job.renderSeq);
    const ownerRuns = owner?.state === 'active' && owner.priority >= (render?.priority ?? 0);
    if (job.state === 'queued' && !ownerRuns) moveTo(database, job, renderSeq, clock.now());
    else attach(database, renderSeq, job.seq);
  };

  const needUnit = (
    kind: 'speech' | 'join',
    unitRecipeId: number,
    takeNo: number,
    workspaceSeq: number,
    credits: number | null,
    waitingParts: number,
  ): void => {
    const unit = `${unitRecipeId}/${takeNo}`;
    if (units.has(unit)) return;
    units.add(unit);
    const isNew = newRecipes.has(unitRecipeId);
    if (!isNew && hasTake(database, unitRecipeId, takeNo)) {
      owned += 1;
      return;
    }
    const at = clock.now();
    const open = isNew ? null : findOpenJob(database, unitRecipeId, takeNo);
    if (open !== null) {
      join(open);
      return;
    }
    const closed = isNew ? null : findClosedJob(database, unitRecipeId, takeNo);
    if (closed !== null) {
      // Its generation stays with it: an open one is looked at before anything is sent anew.
      changeJob(database, closed.seq, closed.state, { state: 'queued', attempts: 0 }, at);
      if (closed.renderSeq !== renderSeq) {
        setOwner(database, closed.seq, renderSeq);
        attach(database, closed.renderSeq, closed.seq);
        detach(database, renderSeq, closed.seq);
      }
      setWorkspace(database, closed.seq, workspaceSeq);
      if (kind === 'join')
        database.prepare('UPDATE jobs SET waiting_parts = ? WHERE seq = ?').run(waitingParts, closed.seq);
      if (credits !== null) hold(database, { seq: closed.seq, renderSeq }, credits, at);
      return;
    }
    const seq = insertJob(database, {
      id: ids.next(),
      workspaceSeq,
      renderSeq,
      kind,
      recipeId: unitRecipeId,
      takeNo,
      waitingParts,
      heldCredits: credits,
      at,
    });
    if (credits !== null) bookHold(database, { seq, renderSeq }, credits, at);
  };

  const add = (item: OrderedItem): void => {
    const voice = item.parts[0]?.recipe.voice ?? '';
    const id = recipeId(item.recipeHash, item.recipe, item.text, voice);
    const partIds =
      item.recipe.kind === 'joined'
        ? item.parts.map((part) => recipeId(part.recipeHash, part.recipe, part.recipe.text, part.recipe.voice))
        : [];
    if (item.recipe.kind === 'joined') {
      const gaps = item.recipe.parts;
      saveParts(
        database,
        id,
        partIds.map((partId, index) => ({ partId, gapAfterMs: gaps[index]?.gapAfterMs ?? 0 })),
      );
    }
    let first = 1;
    let last = options.takes;
    if (options.retake) {
      const known = takeNumbers.get(id);
      const next =
        known ?? Math.max(lastTakeNo(database, id), ...partIds.map((partId) => lastTakeNo(database, partId))) + 1;
      takeNumbers.set(id, next);
      first = next;
      last = next;
    }
    for (let takeNo = first; takeNo <= last; takeNo += 1) {
      insertItem(database, {
        renderSeq,
        position,
        variant: item.variant,
        lineId: item.lineId,
        linePosition: item.linePosition,
        character: item.character,
        recipeId: id,
        takeNo,
        leadingPauseMs: item.leadingPauseMs,
        trailingPauseMs: item.trailingPauseMs,
      });
      position += 1;
      if (item.recipe.kind === 'speech') {
        needUnit('speech', id, takeNo, item.workspaceSeq, options.holdFor(item.workspaceSeq, item.recipe), 0);
        continue;
      }
      if (hasTake(database, id, takeNo)) {
        needUnit('join', id, takeNo, item.workspaceSeq, null, 0);
        continue;
      }
      item.parts.forEach((part, index) => {
        const partId = partIds[index];
        if (partId !== undefined)
          needUnit('speech', partId, takeNo, item.workspaceSeq, options.holdFor(item.workspaceSeq, part.recipe), 0);
      });
      const missing = new Set(partIds.filter((partId) => !hasTake(database, partId, takeNo))).size;
      needUnit('join', id, takeNo, item.workspaceSeq, null, missing);
    }
  };

  ports.checkpoint?.('order.begun');
  const iterator = items[Symbol.iterator]();
  for (let done = false; !done; ) {
    const started = clock.monotonic();
    newRecipes.clear();
    commitAt(ports, 'order-chunk', () => {
      // At least one, however long the disk took to begin.
      do {
        const next = iterator.next();
        if (next.done === true) done = true;
        else add(next.value);
      } while (!done && clock.monotonic() - started < chunkMs);
      if (done) {
        setRenderCounts(database, renderSeq, position, owned, units.size);
        setRenderState(database, renderSeq, 'active', clock.now());
      }
    });
    if (!done) await clock.breathe();
  }
  ports.checkpoint?.('order.ready');
  return { items: position, owned, units: units.size };
};
