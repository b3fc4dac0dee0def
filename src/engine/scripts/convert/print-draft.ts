import { nameIndex } from '../parse-script.ts';
import { needsBackslash } from '../parse-row.ts';
import type { Draft, DraftRow } from './draft.ts';

const longestName = 40;
/** A row of pauses may ask for a minute at most. */
const longestPauseMs = 60_000;

/** A name as a script can carry it: in capitals, without the signs that end a name. */
export const speakerName = (written: string): string => {
  const plain = written
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{M}\p{N} _.'’&/#-]+/gu, ' ')
    .replaceAll(/\s+/gu, ' ')
    .trim()
    .toLocaleUpperCase('en-US')
    .slice(0, longestName)
    .trim();
  return /^[\p{Lu}\p{Lt}]/u.test(plain) ? plain : plain === '' ? '' : `SPEAKER ${plain}`.slice(0, longestName).trim();
};

const oneRow = (text: string): string => text.normalize('NFC').replaceAll(/\s+/gu, ' ').trim();
const directionOf = (text: string | null): string => {
  const plain = oneRow(text ?? '').replaceAll(/[()]/gu, '');
  return plain === '' ? '' : ` (${plain})`;
};
const pauseOf = (ms: number): string => {
  const rounded = Math.min(longestPauseMs, Math.round(ms / 50) * 50);
  return rounded <= 0 ? '' : ` [pause ${rounded}ms]`;
};

const yamlText = (text: string): string =>
  /^[\p{L}][\p{L}\p{M}\p{N} _.,'’()/-]*$/u.test(text) && !/^(?:true|false|null|yes|no|on|off|y|n)$/iu.test(text.trim())
    ? text
    : JSON.stringify(text);

const printRow = (row: DraftRow, names: ReadonlyMap<string, string>): string => {
  if (row.kind === 'heading') return `\n# ${oneRow(row.text)}`;
  if (row.kind === 'note') return `// ${oneRow(row.text)}`;
  const text = oneRow(row.text);
  const speaker = row.speaker === null ? '' : speakerName(row.speaker);
  const said = `${text}${pauseOf(row.pauseMs)}`;
  if (speaker !== '') return `${speaker}${directionOf(row.direction)}: ${said}`;
  return needsBackslash(text, names) ? `\\${said}` : said;
};

/** A script's text; everyone who speaks stands in the cast, still without a voice. */
export const printDraft = (draft: Draft, fallbackTitle: string): string => {
  const names = [
    ...new Set(
      draft.rows.flatMap((row) => (row.kind === 'line' && row.speaker !== null ? [speakerName(row.speaker)] : [])),
    ),
  ].filter((name) => name !== '');
  const withoutName = draft.rows.some((row) => row.kind === 'line' && row.speaker === null);
  const speaksFirst = draft.rows.find((row) => row.kind === 'line');
  const needsNarrator = names.length === 0 ? withoutName : speaksFirst?.kind === 'line' && speaksFirst.speaker === null;
  const cast = needsNarrator ? ['NARRATOR', ...names.filter((name) => name !== 'NARRATOR')] : names;
  const head = [
    '---',
    `title: ${yamlText(oneRow(draft.title ?? '') || fallbackTitle)}`,
    ...(draft.language === null ? [] : [`language: ${draft.language}`]),
    ...(cast.length === 0 ? [] : ['cast:', ...cast.map((name) => `  ${yamlText(name)}:`)]),
    '---',
  ];
  const index = nameIndex(cast);
  const body = draft.rows.map((row) => printRow(row, index));
  return `${[...head, ...body].join('\n').replaceAll(/\n{3,}/gu, '\n\n')}\n`;
};
