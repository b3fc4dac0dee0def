import type { CastEntry, LineId, Recipe, RecipeHash, SpeechRecipe, Variant, WorkspaceId } from '#contract/entities.ts';
import type { Hash } from '../ports.ts';
import type { KnownRates, SpeechProvider, WorkspaceView } from '../providers/provider.ts';
import type { Lexicon, LexiconChange } from './lexicon.ts';
import type { ParsedLine, ScriptVariable } from './parsed-script.ts';

export interface ResolvedVoice {
  readonly workspaceId: WorkspaceId;
  readonly view: WorkspaceView;
  readonly provider: SpeechProvider;
  readonly rates: KnownRates;
  /** The provider's own id. */
  readonly voiceId: string;
}
/** Why a reference names no voice, in words that say what to do. */
export interface UnknownVoice {
  readonly problem: string;
  /** The problem names replacements itself. */
  readonly isHelpful?: true;
}
/** Takes `workspace/voice`. */
export type ResolveVoice = (reference: string) => ResolvedVoice | UnknownVoice;

/** A line with the id that the library knows it by. */
export interface IdentifiedLine extends ParsedLine {
  readonly id: LineId;
}

export interface ExpandInput {
  /** In the order of the script; only these are expanded. */
  readonly lines: readonly IdentifiedLine[];
  /** All of the script, among which lines marked *join* find their neighbours. Default: `lines`. */
  readonly allLines?: readonly IdentifiedLine[];
  readonly variables: readonly ScriptVariable[];
  readonly cast: readonly CastEntry[];
  readonly language: string | null;
  /** The order's voices by character, over the cast. */
  readonly voices: Readonly<Record<string, string>>;
  /** As `selectVariants` gives them; a variant's own voices go over the order's. */
  readonly variants: readonly Variant[];
  readonly lexicon: Lexicon;
  readonly resolveVoice: ResolveVoice;
  readonly hash: Hash;
}

export interface ExpandedPart {
  readonly recipe: SpeechRecipe;
  readonly recipeHash: RecipeHash;
  /** What the hash would be were the line not marked *join*; null: it is not, or the model takes no neighbours. */
  readonly plainHash: RecipeHash | null;
}
export interface ExpandedItem {
  readonly variant: string;
  readonly lineId: LineId;
  readonly linePosition: number;
  readonly character: string;
  /** As it will be heard: after variables and lexicon, without tags. */
  readonly text: string;
  readonly leadingPauseMs: number;
  readonly trailingPauseMs: number;
  /** Pauses inside the text, however they are made. */
  readonly innerPauseMs: number;
  readonly workspaceId: WorkspaceId;
  readonly recipe: Recipe;
  readonly recipeHash: RecipeHash;
  /** One part, the recipe itself, where it is sent in one piece. */
  readonly parts: readonly ExpandedPart[];
  readonly lexiconChanges: readonly LexiconChange[];
  /** The direction, where the model takes none. */
  readonly notSent: string | null;
  /** Names of settings that the model does not take. */
  readonly settingsNotSent: readonly string[];
  /** Why there are several parts. */
  readonly split: string | null;
}

/** The one variant of a script without a table: every variable has its default. */
const onlyVariant: Variant = { name: 'default', row: 1, values: {}, voices: {} };

/** The variants to render, in the table's order; names that no row has come back in `unknown`. */
export const selectVariants = (
  variants: readonly Variant[],
  only: readonly string[] | undefined,
): { readonly variants: readonly Variant[]; readonly unknown: readonly string[] } => {
  const all = variants.length === 0 ? [onlyVariant] : variants;
  if (only === undefined) return { variants: all, unknown: [] };
  const wanted = new Set(only);
  const names = new Set(all.map(({ name }) => name));
  return { variants: all.filter(({ name }) => wanted.has(name)), unknown: only.filter((name) => !names.has(name)) };
};

const own = (record: Readonly<Record<string, string>>, key: string): string | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined;

/** A variable's value in a variant: the cell, else the default at its place, else the script's default; null when missing. */
export const valueOf = (
  variant: Variant,
  name: string,
  ownDefault: string | null,
  defaults: ReadonlyMap<string, string | null>,
): string | null => {
  const value = own(variant.values, name)?.trim() ?? '';
  return value === '' ? (ownDefault ?? defaults.get(name) ?? null) : value;
};

/** The workspace that a reference `workspace/voice` names. */
export const workspaceOf = (reference: string): string =>
  reference.slice(0, Math.max(0, reference.indexOf('/'))).trim();

/** The model of the cast, unless another workspace speaks, to which its name would mean nothing. */
export const modelOf = (character: string, reference: string, cast: readonly CastEntry[]): string | null => {
  const entry = cast.find((one) => one.character === character);
  return entry !== undefined && workspaceOf(entry.voice) === workspaceOf(reference) ? entry.model : null;
};

/** The reference that a character speaks with: the variant's, else the order's, else the cast's; null when none is chosen. */
export const voiceOf = (
  character: string,
  variant: Variant,
  input: Pick<ExpandInput, 'voices' | 'cast'>,
): string | null =>
  own(variant.voices, character) ||
  own(input.voices, character) ||
  (input.cast.find((entry) => entry.character === character)?.voice ?? null);
