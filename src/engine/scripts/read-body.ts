import type { VoiceSettings } from '#contract/entities.ts';
import { type BodyRow, parseRow } from './parse-row.ts';
import type { ParsedLine, ScriptRow } from './parsed-script.ts';
import { type Problem, problem } from './problem.ts';
import type { Row } from './rows.ts';
import { isSpeakable } from './speakable.ts';
import type { Speaker } from './speaker.ts';
import type { TextToken } from './text-tokens.ts';
import { readSettings, readYaml } from './yaml-values.ts';

/** Who speaks where nobody is named. */
export const narrator = 'NARRATOR';

export interface ScriptBody {
  readonly rows: readonly ScriptRow[];
  readonly lines: readonly ParsedLine[];
  /** Everyone who speaks and the row where they first do. */
  readonly characters: ReadonlyMap<string, number>;
  readonly problems: readonly Problem[];
}

interface Manner {
  readonly direction: string | null;
  readonly settings: VoiceSettings;
}
const plain: Manner = { direction: null, settings: {} };

const readManner = (speaker: Speaker, line: number, problems: Problem[]): Manner => {
  if (speaker.overrides === null) return { direction: speaker.direction, settings: {} };
  const { document, remarks } = readYaml(speaker.overrides);
  const { settings, remarks: more } = readSettings(document.contents, document);
  for (const { severity, code, message, from, to } of [...remarks, ...more]) {
    const column = speaker.overridesAt + from + 1;
    problems.push(problem(severity, code, message, { line, column, endColumn: speaker.overridesAt + to + 1 }));
  }
  return { direction: speaker.direction, settings };
};

/** Only pauses and space: the row is silence, not a line. */
const isSilence = (tokens: readonly TextToken[]): boolean =>
  tokens.every((token) => token.kind === 'pause' || (token.kind === 'text' && token.raw.trim() === ''));

const pauseTotal = (tokens: readonly TextToken[]): number =>
  tokens.reduce((sum, token) => sum + (token.kind === 'pause' ? token.pauseMs : 0), 0);

const reportSilentLine = (row: Row, line: number, parsed: BodyRow & { kind: 'text' }, problems: Problem[]) => {
  if (parsed.textTokens.some(({ kind }) => kind === 'variable') || isSpeakable(parsed.text)) return;
  const column = parsed.textStart - row.start + 1;
  const message = 'There is nothing to say here; the line is left out.';
  problems.push(problem('warning', 'line_silent', message, { line, column, endColumn: column + parsed.text.length }));
};

/**
 * The rows below the front matter. A speaker without text on its row speaks the rows below it, in the same manner;
 * a row of pauses alone is silence after the line above it (before the first line, where there is none above).
 */
export const readBody = (source: readonly Row[], firstRow: number, names: ReadonlyMap<string, string>): ScriptBody => {
  const rows: ScriptRow[] = [];
  const lines: ParsedLine[] = [];
  const problems: Problem[] = [];
  const characters = new Map<string, number>();
  let character = narrator;
  let below = plain;
  let pauseBeforeMs = 0;
  for (const [index, row] of source.slice(firstRow).entries()) {
    const sourceLine = firstRow + index + 1;
    const parsed = parseRow(row, sourceLine, names);
    if (parsed.kind !== 'text') {
      rows.push({ kind: parsed.kind, sourceLine, tokens: parsed.tokens });
      continue;
    }
    problems.push(...parsed.problems);
    const { speaker, text, textTokens, textStart } = parsed;
    const manner = speaker === null ? below : readManner(speaker, sourceLine, problems);
    const isSilent = isSilence(textTokens);
    if (speaker !== null) {
      character = speaker.character;
      below = isSilent ? manner : plain;
    }
    if (isSilent) {
      rows.push({ kind: text === '' ? 'speaker' : 'pause', sourceLine, tokens: parsed.tokens });
      const pauseMs = pauseTotal(textTokens);
      const last = lines.at(-1);
      if (last === undefined) pauseBeforeMs += pauseMs;
      else lines[lines.length - 1] = { ...last, pauseAfterMs: last.pauseAfterMs + pauseMs };
      continue;
    }
    rows.push({ kind: 'spoken', sourceLine, tokens: parsed.tokens });
    reportSilentLine(row, sourceLine, parsed, problems);
    if (!characters.has(character)) characters.set(character, sourceLine);
    lines.push({
      position: lines.length + 1,
      sourceLine,
      character,
      ...manner,
      text,
      tokens: textTokens,
      variables: [...new Set(textTokens.flatMap((token) => (token.kind === 'variable' ? [token.name] : [])))],
      textStart,
      textEnd: textStart + text.length,
      pauseBeforeMs,
      pauseAfterMs: 0,
    });
    pauseBeforeMs = 0;
  }
  return { rows, lines, characters, problems };
};
