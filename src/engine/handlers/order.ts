/** An order, made ready: what will be rendered, with every problem named before anything is. Shared by estimate, enqueue and spot. */
import type { LexiconEntry, Problem, WorkspaceId } from '#contract/entities.ts';
import { AppError } from '#contract/errors.ts';
import type { RenderOrder } from '#contract/methods/render.ts';
import { findOpenJob, hasTake, lastTakeNo } from '../database/jobs.ts';
import { listLexicon } from '../database/projects.ts';
import { findRecipeId } from '../database/recipes.ts';
import { getVariants, listLines, type ScriptRow } from '../database/scripts.ts';
import { listVoiceRates } from '../database/takes.ts';
import { getWorkspace, listWorkspaces, type WorkspaceRow } from '../database/workspaces.ts';
import type { EngineContext } from './context.ts';
import { collectProblems } from '../scripts/collect-problems.ts';
import { createEstimator, type Estimate } from '../scripts/estimate.ts';
import { expand } from '../scripts/expand.ts';
import {
  type ExpandedItem,
  type ExpandInput,
  type IdentifiedLine,
  selectVariants,
  workspaceOf,
} from '../scripts/expansion.ts';
import { castNames } from '../voices/cast-names.ts';
import { predictOrder } from './predict-order.ts';
import { createForecaster } from '../scripts/forecast.ts';
import { compileLexicon } from '../scripts/lexicon.ts';
import { parseScript } from '../scripts/parse-script.ts';
import { shownColumns } from '../scripts/table-cells.ts';
import { tableProblems } from '../scripts/table-problems.ts';

/** Longest work without letting others run, in ms. */
const sliceMs = 5;

export interface ReadyOrder {
  readonly script: ScriptRow;
  readonly slotSeconds: number | null;
  readonly problems: readonly Problem[];
  readonly hasErrors: boolean;
  items(): Iterable<ExpandedItem>;
}

/** What expansion needs for an order, and what it was made of. `lexicon`: as if these entries were saved. */
export const expansionOf = async (
  context: EngineContext,
  script: ScriptRow,
  order: Pick<RenderOrder, 'only' | 'voices' | 'lineIds'> & Partial<Pick<RenderOrder, 'voicesFrom'>>,
  lexicon: readonly LexiconEntry[] = listLexicon(context.ports.database, script.projectId),
) => {
  const { database, hash } = context.ports;
  const parsed = parseScript(script.source);
  const lineIds = listLines(database, script.id);
  const wanted = order.lineIds === undefined ? null : new Set(order.lineIds);
  const allLines = parsed.lines.flatMap((line, index): IdentifiedLine[] => {
    const id = lineIds[index]?.id;
    return id === undefined ? [] : [{ ...line, id }];
  });
  const lines = wanted === null ? allLines : allLines.filter(({ id }) => wanted.has(id));
  const stored = getVariants(database, script.id);
  const selected = selectVariants(stored.variants, order.only);
  const chosen =
    (order.voicesFrom ?? 'variants') === 'variants'
      ? selected
      : {
          ...selected,
          variants: selected.variants.map((variant) => ({
            ...variant,
            voices: { ...variant.voices, ...order.voices },
          })),
        };
  const references = [
    ...parsed.cast.map(({ voice }) => voice),
    ...Object.values(order.voices),
    ...chosen.variants.flatMap(({ voices }) => Object.values(voices)),
  ];
  await context.voices.load([...new Set(references.map(workspaceOf))]);
  const input: ExpandInput = {
    lines,
    allLines,
    variables: parsed.variables,
    cast: parsed.cast,
    language: parsed.language,
    voices: order.voices,
    variants: chosen.variants,
    lexicon: compileLexicon(lexicon, parsed.language),
    resolveVoice: context.voices.resolve,
    hash,
  };
  return { parsed, stored, chosen, input };
};

/** Of the rows that are ordered: a row that is not may stay as unfinished as it is. */
const problemsOfRows = ({ parsed, stored, chosen }: Awaited<ReturnType<typeof expansionOf>>): readonly Problem[] => {
  if (stored.variants.length === 0) return [];
  const columns = shownColumns(
    stored.columns,
    parsed.variables.map(({ name }) => name),
  );
  const ordered = new Set<number | null>(chosen.variants.map(({ row }) => row));
  // A missing column is a missing value in each row, which is told by row.
  return tableProblems(columns, stored.variants, parsed).filter(
    ({ code, line }) => code !== 'column_missing' && (line === null || ordered.has(line)),
  );
};

export const readyOrder = async (
  context: EngineContext,
  script: ScriptRow,
  order: RenderOrder,
): Promise<ReadyOrder> => {
  const expansion = await expansionOf(context, script, order);
  const { parsed, stored, chosen, input } = expansion;
  const problems = collectProblems({
    ...input,
    scriptProblems: parsed.problems,
    variantProblems: problemsOfRows(expansion),
    unknownVariants: chosen.unknown,
    allVariantNames: stored.variants.map(({ name }) => name),
    knownVoices: () => castNames(context.voices.list()),
  });
  const hasErrors = problems.some(({ severity }) => severity === 'error');
  return { script, slotSeconds: parsed.slotSeconds, problems, hasErrors, items: () => expand(input) };
};

/** Throws with the first problems in words; nothing was queued. */
export const refuseErrors = (ready: ReadyOrder): void => {
  const errors = ready.problems.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  if (first === undefined) return;
  const inTable = ['value_missing', 'variant_unknown', 'variant_duplicate', 'voice_form'].includes(first.code);
  const shown = errors
    .slice(0, 3)
    .map(({ line, message }) => (line === null || inTable ? message : `Line ${line}: ${message}`));
  const more = errors.length > shown.length ? ` And ${errors.length - shown.length} more.` : '';
  throw new AppError(
    inTable ? 'variants_have_errors' : 'script_has_errors',
    `Nothing was queued. ${shown.join(' ')}${more}`,
    {
      action: inTable
        ? { type: 'open-variants', scriptId: ready.script.id }
        : { type: 'open-script', scriptId: ready.script.id, line: first.line },
    },
  );
};

export const workspaceLookup = (context: EngineContext): ((id: WorkspaceId) => WorkspaceRow) => {
  const rows = new Map(listWorkspaces(context.ports.database).map((row) => [row.id, row]));
  return (id) => {
    const row = rows.get(id) ?? getWorkspace(context.ports.database, id);
    if (row === null)
      throw new AppError('workspace_unknown', 'A workspace of this order was removed meanwhile. Nothing was queued.');
    return row;
  };
};

/** Adds the order up in slices, so that a big one does not hold up the queue. */
export const estimateOrder = async (
  context: EngineContext,
  ready: ReadyOrder,
  order: RenderOrder,
): Promise<Estimate> => {
  const { database, clock } = context.ports;
  const workspace = workspaceLookup(context);
  if (!ready.hasErrors) await predictOrder(context, ready.items);
  const estimator = createEstimator({
    slotSeconds: ready.slotSeconds,
    forecaster: createForecaster(listVoiceRates(database)),
    problems: ready.problems,
    takeNumbers: (recipeHash) => {
      if (!order.retake) return Array.from({ length: order.takes }, (_, index) => index + 1);
      const id = findRecipeId(database, recipeHash);
      return [id === null ? 1 : lastTakeNo(database, id) + 1];
    },
    ownership: (recipeHash, takeNo) => {
      const id = findRecipeId(database, recipeHash);
      if (id === null) return 'fresh';
      if (hasTake(database, id, takeNo)) return 'owned';
      return findOpenJob(database, id, takeNo) === null ? 'fresh' : 'open';
    },
    workspace: (id) => {
      const row = workspace(id);
      return {
        name: row.name,
        provider: row.provider,
        isFree: context.providers.get(row.provider).abilities.costUnit === 'free',
      };
    },
    credits: (id, recipe) => context.queue.priceOf(workspace(id).seq, recipe),
  });
  if (!ready.hasErrors) {
    let started = clock.monotonic();
    for (const item of ready.items()) {
      estimator.add(item);
      if (clock.monotonic() - started < sliceMs) continue;
      await clock.breathe();
      started = clock.monotonic();
    }
  }
  const estimate = estimator.finish();
  // Workspaces work side by side: the slowest one's time is the order's.
  const seconds = estimate.byWorkspace.map(({ workspaceId, fresh }) =>
    context.queue.secondsFor(workspace(workspaceId).seq, fresh),
  );
  const isKnown = !ready.hasErrors && !seconds.includes(null);
  return { ...estimate, renderSeconds: isKnown ? Math.max(0, ...seconds.map((each) => each ?? 0)) : null };
};

/** Items as the queue takes them: workspaces by row. */
export function* orderedItems(context: EngineContext, items: Iterable<ExpandedItem>) {
  const workspace = workspaceLookup(context);
  for (const item of items) yield { ...item, workspaceSeq: workspace(item.workspaceId).seq };
}
