import type { Variant } from '#contract/entities.ts';
import { AppError } from '#contract/errors.ts';
import { type ExpandedItem, type ExpandInput, type IdentifiedLine, modelOf, valueOf, voiceOf } from './expansion.ts';
import { lineRecipe } from './line-recipe.ts';
import { type SpokenLine, speak } from './spoken-segments.ts';

/** Everything about an item but the variant and the silence that neighbours leave it. */
export type Said = Omit<ExpandedItem, 'variant' | 'leadingPauseMs' | 'trailingPauseMs'>;
export interface Outcome {
  readonly leadingPauseMs: number;
  readonly trailingPauseMs: number;
  /** Null where the line has nothing to say in this variant. */
  readonly said: Said | null;
}

/** Outcomes remembered per line; a variable with a value of its own in each row would otherwise keep them all. */
const rememberedPerLine = 512;

const missingVoice = (character: string, reason: string): AppError =>
  new AppError('voice_unknown', `${character} has no voice: ${reason} Nothing was queued. Choose one in the cast.`);

interface Neighbours {
  readonly before: string | null;
  readonly after: string | null;
}

const joinedText = ({ segments }: SpokenLine): string => segments.map(({ text }) => text).join(' ');

const sayLine = (
  line: IdentifiedLine,
  reference: string,
  spoken: SpokenLine,
  neighbours: Neighbours | null,
  input: Omit<ExpandInput, 'variants'>,
): Said | null => {
  if (spoken.segments.length === 0) return null;
  const voice = input.resolveVoice(reference);
  if ('problem' in voice) throw missingVoice(line.character, voice.problem);
  const entry = input.cast.find(({ character }) => character === line.character);
  const settings = { ...entry?.settings, ...line.settings };
  const model = modelOf(line.character, reference, input.cast);
  const { direction } = line;
  const recipe = lineRecipe(
    {
      segments: spoken.segments,
      marks: input.lexicon.marks,
      direction,
      settings,
      language: input.language,
      model,
      voice,
      neighbours,
    },
    input.hash,
  );
  return {
    lineId: line.id,
    linePosition: line.position,
    character: line.character,
    text: joinedText(spoken),
    innerPauseMs: spoken.segments.reduce((sum, { pauseMs }) => sum + pauseMs, 0),
    workspaceId: voice.workspaceId,
    ...recipe,
    lexiconChanges: spoken.lexiconChanges,
  };
};

/** One line of one variant at a time. Throws `voice_unknown` or `variants_have_errors` for a line that cannot be said. */
export const createLineExpander = (input: Omit<ExpandInput, 'variants'>) => {
  const defaults = new Map(input.variables.map(({ name, defaultValue }) => [name, defaultValue]));
  const remembered = new Map<IdentifiedLine, Map<string, Outcome>>();
  const all = input.allLines ?? input.lines;
  const places = new Map(all.map(({ id }, index) => [id, index]));
  /** What the same character says next in that direction; another speaker between them ends the connection. */
  const neighbour = (line: IdentifiedLine, step: 1 | -1, variant: Variant): string | null => {
    for (let index = (places.get(line.id) ?? -2) + step; index >= 0 && index < all.length; index += step) {
      const other = all[index];
      if (other === undefined || other.character !== line.character) return null;
      // A missing value is reported where that line itself is expanded.
      const value = (name: string, ownDefault: string | null) => valueOf(variant, name, ownDefault, defaults) ?? '';
      const said = joinedText(speak(other.tokens, value, input.lexicon));
      if (said !== '') return said;
    }
    return null;
  };
  const isJoined = (line: IdentifiedLine): boolean =>
    (line.settings['join'] ?? input.cast.find(({ character }) => character === line.character)?.settings['join']) ===
    true;
  return (line: IdentifiedLine, variant: Variant): Outcome => {
    const reference = voiceOf(line.character, variant, input);
    const values: string[] = [];
    const value = (name: string, ownDefault: string | null): string => {
      const found = valueOf(variant, name, ownDefault, defaults);
      if (found !== null) return found;
      throw new AppError(
        'variants_have_errors',
        `Row ${variant.row} (${variant.name}) has no value for {{${name}}}. Nothing was queued.`,
      );
    };
    for (const token of line.tokens) if (token.kind === 'variable') values.push(value(token.name, token.defaultValue));
    const neighbours = isJoined(line)
      ? { before: neighbour(line, -1, variant), after: neighbour(line, 1, variant) }
      : null;
    const near = neighbours === null ? [] : [neighbours.before ?? '', neighbours.after ?? ''];
    const key = [reference ?? '', ...values, ...near].join('\0');
    const known = remembered.get(line) ?? new Map<string, Outcome>();
    remembered.set(line, known);
    const before = known.get(key);
    if (before !== undefined) return before;
    const spoken = speak(line.tokens, value, input.lexicon);
    if (reference === null && spoken.segments.length > 0) throw missingVoice(line.character, 'the cast names none.');
    const outcome: Outcome = {
      leadingPauseMs: line.pauseBeforeMs + spoken.leadingPauseMs,
      trailingPauseMs: spoken.trailingPauseMs + line.pauseAfterMs,
      said: sayLine(line, reference ?? '', spoken, neighbours, input),
    };
    if (known.size >= rememberedPerLine) known.clear();
    known.set(key, outcome);
    return outcome;
  };
};

/**
 * The lines of one variant after the other, one at a time so that the caller can let other work run between them.
 * A line with nothing to say in a variant leaves its pauses to the line before it. Lines that come out alike have one recipe.
 * Throws `voice_unknown` or `variants_have_errors` for a variant that cannot be said, and can go on with the next.
 */
export const createExpander = (input: Omit<ExpandInput, 'variants'>) => {
  const expandLine = createLineExpander(input);
  return function* (variant: Variant): Generator<ExpandedItem, void, undefined> {
    // Held back by one, because a silent line behind it lengthens its pause.
    let held: ExpandedItem | null = null;
    let carriedMs = 0;
    for (const line of input.lines) {
      const { leadingPauseMs, trailingPauseMs, said } = expandLine(line, variant);
      if (said === null) {
        carriedMs += leadingPauseMs + trailingPauseMs;
        continue;
      }
      if (held !== null) yield { ...held, trailingPauseMs: held.trailingPauseMs + carriedMs };
      held = {
        variant: variant.name,
        ...said,
        leadingPauseMs: leadingPauseMs + (held === null ? carriedMs : 0),
        trailingPauseMs,
      };
      carriedMs = 0;
    }
    if (held !== null) yield { ...held, trailingPauseMs: held.trailingPauseMs + carriedMs };
  };
};

/** Every line of every variant. Throws as `createExpander` does; `collectProblems` names all such problems beforehand. */
export function* expand(input: ExpandInput): Generator<ExpandedItem, void, undefined> {
  const expandVariant = createExpander(input);
  for (const variant of input.variants) yield* expandVariant(variant);
}
