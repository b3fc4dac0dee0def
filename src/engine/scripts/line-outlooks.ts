/** One variant line by line, for the editor: what is said, or what it would be were a value or a voice not missing. */
import type { Variant } from '#contract/entities.ts';
import { AppError } from '#contract/errors.ts';
import { createLineExpander, type Outcome, type Said } from './expand.ts';
import { type ExpandInput, type IdentifiedLine, valueOf, voiceOf } from './expansion.ts';
import { speak } from './spoken-segments.ts';

export interface LineOutlook {
  readonly line: IdentifiedLine;
  readonly voice: string | null;
  readonly spoken: string;
  readonly leadingPauseMs: number;
  readonly trailingPauseMs: number;
  /** Null: it cannot be rendered as it stands, or has nothing to say in this variant. */
  readonly said: Said | null;
  readonly isSilent: boolean;
}

/** What lines came to before, for as long as nothing else about the script changes. */
export type Memory = Map<string, Outcome>;
const memoryKey = ({ character, direction, settings, text, pauseBeforeMs, pauseAfterMs }: IdentifiedLine): string =>
  JSON.stringify([character, direction, settings, text, pauseBeforeMs, pauseAfterMs]);

/** Every line of the script in order, also those without speech; never throws for what the person is still typing. */
export function* outlookLines(
  input: ExpandInput,
  variant: Variant,
  memory: Memory,
): Generator<LineOutlook, void, undefined> {
  const expandLine = createLineExpander(input);
  const defaults = new Map(input.variables.map(({ name, defaultValue }) => [name, defaultValue]));
  // Lines marked join depend on their neighbours as well.
  const joins = new Set(
    input.cast.filter(({ settings }) => settings['join'] === true).map(({ character }) => character),
  );
  const expandOrRemember = (line: IdentifiedLine): Outcome => {
    if (line.settings['join'] === true || joins.has(line.character)) return expandLine(line, variant);
    const key = memoryKey(line);
    const outcome = memory.get(key) ?? expandLine(line, variant);
    // A line grows a remembered form with every pause of the typing.
    if (memory.size > input.lines.length + 2_000) memory.clear();
    memory.set(key, outcome);
    return outcome;
  };
  for (const line of input.lines) {
    const voice = voiceOf(line.character, variant, input);
    try {
      const { said, leadingPauseMs, trailingPauseMs } = expandOrRemember(line);
      const spoken = said?.text ?? '';
      yield { line, voice, spoken, leadingPauseMs, trailingPauseMs, said, isSilent: said === null };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const value = (name: string, ownDefault: string | null): string =>
        valueOf(variant, name, ownDefault, defaults) ?? `{{${name}}}`;
      const plain = speak(line.tokens, value, input.lexicon);
      yield {
        line,
        voice,
        spoken: plain.segments.map(({ text }) => text).join(' '),
        leadingPauseMs: line.pauseBeforeMs + plain.leadingPauseMs,
        trailingPauseMs: plain.trailingPauseMs + line.pauseAfterMs,
        said: null,
        isSilent: plain.segments.length === 0,
      };
    }
  }
}

/** What decides how a line comes out: lines of one kind are the same in the same variants. */
export interface LineKind {
  readonly character: string;
  readonly variables: readonly string[];
}
export const kindKey = ({ character, variables }: LineKind): string => JSON.stringify([character, ...variables]);

/** Counts over all variants those that give a kind of line the same values and voice as `shown` does. */
export const createShareCount = (
  kinds: readonly LineKind[],
  shown: Variant,
  input: Pick<ExpandInput, 'variables' | 'cast' | 'voices'>,
) => {
  const defaults = new Map(input.variables.map(({ name, defaultValue }) => [name, defaultValue]));
  const valuesOf = (variant: Variant, { character, variables }: LineKind): string =>
    [
      voiceOf(character, variant, input) ?? '',
      // Defaults at a place of their own fill the same empty cells in every variant.
      ...variables.map((name) => valueOf(variant, name, null, defaults) ?? ''),
    ].join('\0');
  const counted = kinds.map((kind) => ({ kind, key: kindKey(kind), wanted: valuesOf(shown, kind), count: 0 }));
  return {
    add: (variant: Variant): void => {
      for (const one of counted) if (valuesOf(variant, one.kind) === one.wanted) one.count += 1;
    },
    counts: (): ReadonlyMap<string, number> => new Map(counted.map(({ key, count }) => [key, count])),
  };
};
