import type { CastEntry, ScriptLine, VoiceSettings } from '#contract/entities.ts';
import type { Problem } from './problem.ts';
import type { Piece } from './speaker.ts';
import type { TextToken } from './text-tokens.ts';

/** A token of a row; a script's tokens, one after the other, are its source. */
export type ScriptToken =
  | TextToken
  | {
      readonly kind: Piece['kind'] | 'mark' | 'fence' | 'yaml' | 'heading' | 'note' | 'lineEnd';
      readonly start: number;
      readonly raw: string;
    };

export interface ScriptRow {
  readonly kind: 'fence' | 'yaml' | 'blank' | 'heading' | 'note' | 'speaker' | 'pause' | 'spoken';
  /** 1-based row of the source. */
  readonly sourceLine: number;
  readonly tokens: readonly ScriptToken[];
}

export interface ParsedLine {
  /** 1-based among the spoken lines. */
  readonly position: number;
  /** 1-based row of the source. */
  readonly sourceLine: number;
  readonly character: string;
  readonly direction: string | null;
  readonly settings: VoiceSettings;
  /** As typed, with variables and pauses, without the space around it. */
  readonly text: string;
  /** Cover the text without a gap; offsets count in the source. */
  readonly tokens: readonly TextToken[];
  /** Names of the variables, each once, in order. */
  readonly variables: readonly string[];
  /** Where the text stands in the source. */
  readonly textStart: number;
  readonly textEnd: number;
  /** Silence from rows that hold nothing but pauses: before the first line, and after any line. */
  readonly pauseBeforeMs: number;
  readonly pauseAfterMs: number;
}

export interface ScriptVariable {
  readonly name: string;
  /** The first default written for it; it holds wherever the variable has none of its own. */
  readonly defaultValue: string | null;
}

export interface ParsedScript {
  readonly source: string;
  readonly title: string | null;
  readonly slotSeconds: number | null;
  readonly language: string | null;
  readonly cast: readonly CastEntry[];
  /** Every character the cast names, also those without a voice yet. */
  readonly castNames: readonly string[];
  /** Everyone who speaks, in order of appearance. */
  readonly characters: readonly string[];
  readonly lines: readonly ParsedLine[];
  readonly variables: readonly ScriptVariable[];
  readonly problems: readonly Problem[];
  readonly rows: readonly ScriptRow[];
}

/** The source, byte for byte, put together from the tokens. */
export const printScript = (script: Pick<ParsedScript, 'rows'>): string =>
  script.rows.map(({ tokens }) => tokens.map(({ raw }) => raw).join('')).join('');

/** `ids` in the order of the lines, as `assignLineIds` gives them. */
export const toScriptLines = (lines: readonly ParsedLine[], ids: readonly ScriptLine['id'][]): ScriptLine[] =>
  lines.flatMap((line, index) => {
    const id = ids[index];
    if (id === undefined) return [];
    const { position, sourceLine, character, direction, settings, text, variables } = line;
    return [{ id, position, sourceLine, character, direction, settings, text, variables: [...variables] }];
  });
