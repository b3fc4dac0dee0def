/** What each row of a table comes to before anything is paid: its length, whom it shares its audio with, what is owned. */
import type { RecipeHash } from '#contract/entities.ts';
import type { VariantOutlook } from '#contract/methods/variant.ts';
import type { ExpandedItem } from './expansion.ts';
import { type Forecaster, forecastVariant, voiceKey } from './forecast.ts';

/** One sound that a row needs. */
export interface Sound {
  readonly recipeHash: RecipeHash;
  /** What it is sent as, where it is sent in parts. */
  readonly parts: readonly RecipeHash[];
  /** Null: not looked up yet. */
  state: 'owned' | 'open' | 'fresh' | null;
  durationMs: number;
}
/** A row's lines and times, whatever is owned. */
export interface RowPlan {
  readonly sounds: Sound[];
  /** Of the pauses around lines, in ms; the same sounds with other pauses are another spot. */
  readonly pausesMs: number[];
  speech: number;
  margin: number;
  /** Pauses inside lines, in seconds; they are in the audio once it is there. */
  innerSeconds: number;
}

export const emptyPlan = (): RowPlan => ({ sounds: [], pausesMs: [], speech: 0, margin: 0, innerSeconds: 0 });

export const addToPlan = (plan: RowPlan, item: ExpandedItem, sound: Sound, forecaster: Forecaster): void => {
  plan.sounds.push(sound);
  plan.pausesMs.push(item.leadingPauseMs, item.trailingPauseMs);
  plan.innerSeconds += item.innerPauseMs / 1000;
  const recipe = item.parts[0]?.recipe;
  if (recipe === undefined) return;
  const { seconds, bandPercent } = forecaster.predict(voiceKey(recipe), item.text, recipe.settings);
  plan.speech += seconds;
  plan.margin += (seconds * bandPercent) / 100;
};

/** Adds rows in the table's order; what an earlier row needs is not new in a later one. */
export const createOutlook = (slotSeconds: number | null) => {
  const needed = new Set<Sound>();
  const numbers = new Map<Sound, number>();
  const spots = new Map<string, string>();
  const numberOf = (sound: Sound): number => {
    const number = numbers.get(sound) ?? numbers.size;
    numbers.set(sound, number);
    return number;
  };
  return (name: string, row: number, plan: RowPlan): VariantOutlook => {
    const { sounds, pausesMs } = plan;
    const silence = pausesMs.reduce((sum, ms) => sum + ms, 0) / 1000;
    const spot = `${sounds.map(numberOf).join()} ${pausesMs.join()}`;
    const sameAs = spots.get(spot) ?? null;
    if (sameAs === null) spots.set(spot, name);
    const counts = { owned: 0, open: 0, fresh: 0 };
    for (const sound of sounds) {
      if (sound.state === 'fresh' && needed.has(sound)) continue;
      counts[sound.state ?? 'fresh'] += 1;
      needed.add(sound);
    }
    const isWhole = sounds.length > 0 && sounds.every(({ state }) => state === 'owned');
    const actual = sounds.reduce((sum, { durationMs }) => sum + durationMs, 0) / 1000 + silence;
    return {
      ...forecastVariant(
        name,
        { speech: plan.speech, margin: plan.margin, silence: silence + plan.innerSeconds },
        slotSeconds,
      ),
      row,
      actualSeconds: isWhole ? Math.round(actual * 100) / 100 : null,
      lines: sounds.length,
      ...counts,
      sameAs,
    };
  };
};
