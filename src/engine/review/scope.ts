/** What there is to hear: each distinct sound of a script's variants, or of one order, with the spots it is part of. */
import type { LineId, ProviderId, RecipeHash } from '#contract/entities.ts';
import type { LexiconChange } from '../scripts/lexicon.ts';
import { spokenWords } from '../scripts/spoken-words.ts';

export interface Sound {
  readonly recipeHash: RecipeHash;
  readonly lineId: LineId | null;
  readonly linePosition: number;
  readonly character: string;
  readonly text: string;
  readonly voice: string;
  readonly voiceName: string;
  /** What the speaking rates are learned by. */
  readonly voiceKey: string;
  /** Null of a text that is sent in parts. */
  readonly speaker: { readonly provider: ProviderId; readonly voice: string; readonly model: string | null } | null;
  readonly words: number;
  /** Pauses inside the text. */
  readonly silenceMs: number;
  readonly lexiconChanges: readonly LexiconChange[];
  /** Places in `spots`, in the table's order, each once. */
  readonly spots: readonly number[];
}
export interface Spot {
  readonly variant: string;
  /** Pauses between and around its lines. */
  readonly silenceMs: number;
  /** Places in `sounds`; one said twice stands twice. */
  readonly sounds: readonly number[];
}
export interface Scope {
  readonly title: string;
  readonly slotSeconds: number | null;
  readonly sounds: readonly Sound[];
  readonly spots: readonly Spot[];
}

export interface Said extends Omit<Sound, 'words' | 'spots'> {
  readonly variant: string;
  readonly leadingPauseMs: number;
  readonly trailingPauseMs: number;
}

/** Takes what is said one by one, variant by variant. */
export const createScopeCollector = () => {
  const sounds: (Omit<Sound, 'spots'> & { readonly spots: number[] })[] = [];
  const spots: { readonly variant: string; silenceMs: number; readonly sounds: number[] }[] = [];
  const places = new Map<RecipeHash, number>();
  return {
    add: ({ variant, leadingPauseMs, trailingPauseMs, ...said }: Said): void => {
      let spot = spots.at(-1);
      if (spot?.variant !== variant) {
        spot = { variant, silenceMs: 0, sounds: [] };
        spots.push(spot);
      }
      let at = places.get(said.recipeHash);
      if (at === undefined) {
        at = sounds.length;
        places.set(said.recipeHash, at);
        sounds.push({ ...said, words: spokenWords(said.text), spots: [] });
      }
      spot.silenceMs += leadingPauseMs + trailingPauseMs;
      spot.sounds.push(at);
      const own = sounds[at]?.spots;
      if (own?.at(-1) !== spots.length - 1) own?.push(spots.length - 1);
    },
    finish: (title: string, slotSeconds: number | null): Scope => ({ title, slotSeconds, sounds, spots }),
  };
};
