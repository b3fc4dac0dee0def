/** One variant line by line, for the editor: what is said, or what it would be were a value or a voice not missing. */
import type { Variant } from '#contract/entities.ts';
import { AppError } from '#contract/errors.ts';
import { createLineExpander, type Said } from './expand.ts';
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

/** Every line of the script in order, also those without speech; never throws for what the person is still typing. */
export function* outlookLines(input: ExpandInput, variant: Variant): Generator<LineOutlook, void, undefined> {
  const expandLine = createLineExpander(input);
  const defaults = new Map(input.variables.map(({ name, defaultValue }) => [name, defaultValue]));
  for (const line of input.lines) {
    const voice = voiceOf(line.character, variant, input);
    try {
      const { said, leadingPauseMs, trailingPauseMs } = expandLine(line, variant);
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
