import type { z } from 'zod';
import type {
  Estimate as EstimateShape,
  ProviderId,
  RecipeHash,
  SpeechRecipe,
  WorkspaceId,
} from '#contract/entities.ts';
import type { ExpandedItem, ExpandedPart } from './expansion.ts';
import { defaultWordsPerSecond, type Forecaster, forecastVariant, type Prediction, voiceKey } from './forecast.ts';
import type { Problem } from './problem.ts';
import { codePoints } from './spoken-text.ts';

export type Estimate = z.infer<typeof EstimateShape>;

export interface EstimateInput {
  readonly slotSeconds: number | null;
  readonly forecaster: Forecaster;
  readonly problems: readonly Problem[];
  /** Which takes the order asks for of a recipe: `[1, 2]` for two in all, `[4]` for a retake after three. */
  readonly takeNumbers: (recipeHash: RecipeHash) => readonly number[];
  readonly ownership: (recipeHash: RecipeHash, takeNo: number) => 'owned' | 'open' | 'fresh';
  readonly workspace: (workspaceId: WorkspaceId) => {
    readonly name: string;
    readonly provider: ProviderId;
    readonly isFree: boolean;
  };
  /** Credits of one call; null while the price is not known. */
  readonly credits: (workspaceId: WorkspaceId, recipe: SpeechRecipe) => number | null;
}

interface WorkspaceTotals {
  fresh: number;
  characters: number;
  credits: number | null;
}
interface VariantTotals {
  speech: number;
  margin: number;
  silence: number;
}

const creditsNote = (byWorkspace: Estimate['byWorkspace'], isFree: (workspaceId: WorkspaceId) => boolean): string => {
  const paid = byWorkspace.filter(({ workspaceId, fresh }) => fresh > 0 && !isFree(workspaceId));
  if (byWorkspace.every(({ fresh }) => fresh === 0))
    return 'Everything is owned or queued already; nothing new is paid for.';
  if (paid.length === 0) return 'Free: nothing is charged.';
  const unknown = paid.filter(({ credits }) => credits === null);
  if (unknown.length === 0) return 'From the prices seen so far; what the vendor charges counts.';
  const known = unknown.map(
    ({ workspaceName, fresh, characters }) => `${workspaceName} (${fresh} calls, ${characters} characters)`,
  );
  return `Unknown until the first render: ${known.join(', ')}. One line goes first and shows the price.`;
};

/** Adds up an order item by item, so that the caller can let other work run between them. */
export const createEstimator = (input: EstimateInput) => {
  const seen = new Set<RecipeHash>();
  const predicted = new Map<RecipeHash, Prediction>();
  const counted = new Set<string>();
  const lines = new Set<string>();
  const variants = new Map<string, VariantTotals>();
  const workspaces = new Map<WorkspaceId, WorkspaceTotals>();
  const lexicon = new Map<string, Estimate['lexicon'][number]>();
  const notSent = new Map<string, Estimate['notSent'][number]>();
  const split: Estimate['split'] = [];
  const learnedFrom = new Map<string, number>();
  const plainUnits = new Set<string>();
  const join: { units: number; credits: number | null } = { units: 0, credits: 0 };
  const totals = { items: 0, owned: 0, open: 0, fresh: 0, characters: 0, speech: 0, margin: 0 };

  /** Unmarked, this unit would be one with others of the same text, or owned. */
  const countJoin = (plainUnit: string, plainHash: RecipeHash, takeNo: number, price: number | null): void => {
    const isFirst = !plainUnits.has(plainUnit);
    plainUnits.add(plainUnit);
    if (isFirst && input.ownership(plainHash, takeNo) === 'fresh') return;
    join.units += 1;
    join.credits = join.credits === null || price === null ? null : join.credits + price;
  };

  const countUnit = (
    workspaceId: WorkspaceId,
    { recipe, recipeHash, plainHash }: ExpandedPart,
    takeNo: number,
    wholeIsOwned: boolean,
  ) => {
    const key = `${takeNo} ${recipeHash}`;
    if (counted.has(key)) return;
    counted.add(key);
    const owner = wholeIsOwned ? 'owned' : input.ownership(recipeHash, takeNo);
    totals[owner] += 1;
    const workspace = workspaces.get(workspaceId) ?? { fresh: 0, characters: 0, credits: 0 };
    workspaces.set(workspaceId, workspace);
    if (owner !== 'fresh') return;
    const characters = codePoints(recipe.text);
    const price = input.workspace(workspaceId).isFree ? 0 : input.credits(workspaceId, recipe);
    totals.characters += characters;
    if (plainHash !== null) countJoin(`${takeNo} ${plainHash}`, plainHash, takeNo, price);
    workspace.fresh += 1;
    workspace.characters += characters;
    workspace.credits = workspace.credits === null || price === null ? null : workspace.credits + price;
  };

  const countRecipe = (item: ExpandedItem, takeNumbers: readonly number[]) => {
    if (seen.has(item.recipeHash)) return;
    seen.add(item.recipeHash);
    for (const takeNo of takeNumbers) {
      const wholeIsOwned = item.recipe.kind === 'joined' && input.ownership(item.recipeHash, takeNo) === 'owned';
      for (const part of item.parts) countUnit(item.workspaceId, part, takeNo, wholeIsOwned);
    }
    if (item.split === null) return;
    split.push({
      variant: item.variant,
      linePosition: item.linePosition,
      parts: item.parts.length,
      reason: item.split,
    });
  };

  const countTime = (item: ExpandedItem) => {
    const time = variants.get(item.variant) ?? { speech: 0, margin: 0, silence: 0 };
    variants.set(item.variant, time);
    time.silence += (item.leadingPauseMs + item.trailingPauseMs + item.innerPauseMs) / 1000;
    const recipe = item.parts[0]?.recipe;
    if (recipe === undefined) return;
    const key = voiceKey(recipe);
    const prediction = predicted.get(item.recipeHash) ?? input.forecaster.predict(key, item.text, recipe.settings);
    predicted.set(item.recipeHash, prediction);
    const { seconds, bandPercent, takes } = prediction;
    learnedFrom.set(key, takes);
    const margin = (seconds * bandPercent) / 100;
    time.speech += seconds;
    time.margin += margin;
    totals.speech += seconds;
    totals.margin += margin;
  };

  const bandNote = (): string => {
    const takes = [...learnedFrom.values()].reduce((sum, count) => sum + count, 0);
    const unknown = [...learnedFrom.values()].filter((count) => count === 0).length;
    const assumed = `${defaultWordsPerSecond} words per second`;
    if (takes === 0) return `Nothing is learned about these voices yet: ${assumed} and a wide band are assumed.`;
    const learned = `Learned from ${takes} takes of ${learnedFrom.size - unknown} of ${learnedFrom.size} voices`;
    return unknown === 0 ? `${learned}.` : `${learned}; ${assumed} and a wide band for the others.`;
  };

  return {
    add: (item: ExpandedItem): void => {
      const takeNumbers = input.takeNumbers(item.recipeHash);
      totals.items += takeNumbers.length;
      lines.add(item.lineId);
      countRecipe(item, takeNumbers);
      countTime(item);
      for (const change of item.lexiconChanges) {
        const key = `${change.word}\0${change.say}`;
        lexicon.set(key, { ...change, count: change.count + (lexicon.get(key)?.count ?? 0) });
      }
      if (item.notSent !== null) {
        notSent.set(`${item.linePosition} ${item.notSent}`, {
          linePosition: item.linePosition,
          direction: item.notSent,
        });
      }
    },
    finish: (): Estimate => {
      const byWorkspace = [...workspaces].map(([workspaceId, { fresh, characters, credits }]) => {
        const { name, provider } = input.workspace(workspaceId);
        return { workspaceId, workspaceName: name, provider, fresh, characters, credits };
      });
      const prices = byWorkspace.map(({ credits }) => credits);
      return {
        items: totals.items,
        lines: lines.size,
        variants: variants.size,
        distinct: counted.size,
        owned: totals.owned,
        open: totals.open,
        fresh: totals.fresh,
        characters: totals.characters,
        credits: prices.includes(null) ? null : prices.reduce<number>((sum, price) => sum + (price ?? 0), 0),
        creditsNote: creditsNote(byWorkspace, (workspaceId) => input.workspace(workspaceId).isFree),
        byWorkspace,
        slotSeconds: input.slotSeconds,
        bandPercent: totals.speech === 0 ? 0 : Math.ceil((100 * totals.margin) / totals.speech),
        bandNote: bandNote(),
        forecasts: [...variants].map(([variant, time]) => forecastVariant(variant, time, input.slotSeconds)),
        split,
        joinExtra: { ...join },
        lexicon: [...lexicon.values()],
        notSent: [...notSent.values()].sort((a, b) => a.linePosition - b.linePosition),
        renderSeconds: null,
        problems: [...input.problems],
      };
    },
  };
};

/** The whole estimate at once, for orders that are known to be small. */
export const buildEstimate = (items: Iterable<ExpandedItem>, input: EstimateInput): Estimate => {
  const estimator = createEstimator(input);
  for (const item of items) estimator.add(item);
  return estimator.finish();
};
