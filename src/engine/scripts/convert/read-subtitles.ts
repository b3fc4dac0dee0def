/** SubRip and WebVTT: what is said and the silence between. */
import { counted, type Draft, type DraftRow, lineRow } from './draft.ts';

interface Cue {
  readonly fromMs: number;
  readonly toMs: number;
  readonly speaker: string | null;
  readonly text: string;
}

const time = /(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})/u;
const timing = new RegExp(`${time.source}\\s*-->\\s*${time.source}`, 'u');
/** Gaps shorter than this are how a subtitle breathes, not a pause. */
const leastPauseMs = 300;

const ms = (groups: readonly (string | undefined)[]): number => {
  const [hours = '0', minutes = '0', seconds = '0', rest = '0'] = groups;
  return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 + Number(rest.padEnd(3, '0'));
};
const plain = (text: string): string =>
  text
    .replaceAll(/\{\\[^}]*\}/gu, '')
    .replaceAll(/<[^>]*>/gu, '')
    .replaceAll(/&lt;/gu, '<')
    .replaceAll(/&gt;/gu, '>')
    .replaceAll(/&nbsp;|&lrm;|&rlm;/gu, ' ')
    .replaceAll(/&amp;/gu, '&')
    .replaceAll(/[♪♫]/gu, '')
    .replaceAll(/\s+/gu, ' ')
    .trim();

const splitSpeakers = (
  rows: readonly string[],
): readonly { readonly speaker: string | null; readonly text: string }[] => {
  const parts: { speaker: string | null; text: string }[] = [];
  for (const row of rows) {
    const tag = /<v(?:\.[^\s>]*)?\s+([^>]+)>/iu.exec(row)?.[1]?.trim();
    const named =
      tag === undefined ? /^\s*(?:[-–]\s*)?([\p{Lu}][\p{Lu}\p{M}\p{N} .'’-]{1,30}):\s+(.*)$/u.exec(plain(row)) : null;
    const speaker = tag ?? named?.[1] ?? null;
    const text = plain(named?.[2] ?? row);
    const turn = /^\s*[-–]\s*\S/u.test(plain(row));
    const last = parts.at(-1);
    if (last !== undefined && speaker === null && !turn) last.text = `${last.text} ${text}`.trim();
    else parts.push({ speaker, text: named === null ? text.replace(/^[-–]\s*/u, '') : text });
  }
  return parts.filter(({ text }) => text !== '');
};

const readCues = (
  source: string,
): { readonly cues: readonly Cue[]; readonly notes: number; readonly effects: number } => {
  const cues: Cue[] = [];
  let notes = 0;
  let effects = 0;
  for (const block of source.replaceAll(/\r\n?/gu, '\n').split(/\n{2,}/u)) {
    const rows = block.split('\n').filter((row) => row.trim() !== '');
    const at = rows.findIndex((row) => timing.test(row));
    if (at === -1) {
      if (/^(?:NOTE|STYLE|REGION)\b/u.test(rows[0] ?? '')) notes += 1;
      continue;
    }
    const match = timing.exec(rows[at] ?? '');
    if (match === null) continue;
    const groups = match.slice(1);
    const fromMs = ms(groups.slice(0, 4));
    const toMs = ms(groups.slice(4, 8));
    for (const { speaker, text } of splitSpeakers(rows.slice(at + 1))) {
      const spoken = text
        .replaceAll(/\[[^\]]{1,80}\]|\((?:[^)a-z]{2,80})\)/gu, '')
        .replaceAll(/\s+/gu, ' ')
        .trim();
      if (spoken !== text) effects += 1;
      if (spoken !== '') cues.push({ fromMs, toMs, speaker, text: spoken });
    }
  }
  return { cues, notes, effects };
};

export const readSubtitles = (source: string): Draft => {
  const { cues, notes: comments, effects } = readCues(source);
  const rows: DraftRow[] = [];
  let joined = 0;
  let pauses = 0;
  let last: { index: number; cue: Cue; text: string } | null = null;
  let speaker: string | null = null;
  for (const cue of cues) {
    const gap = last === null ? 0 : cue.fromMs - last.cue.toMs;
    const goesOn =
      last !== null &&
      gap < leastPauseMs &&
      gap >= 0 &&
      !/[.!?…:]["”’)]?$/u.test(last.text) &&
      (cue.speaker === null || cue.speaker === last.cue.speaker);
    if (goesOn && last !== null) {
      const text: string = `${last.text} ${cue.text}`;
      rows[last.index] = lineRow(text, speaker);
      last = { index: last.index, cue: { ...cue, speaker: last.cue.speaker }, text };
      joined += 1;
      continue;
    }
    const before = last === null ? undefined : rows[last.index];
    if (before?.kind === 'line' && last !== null && gap >= leastPauseMs) {
      rows[last.index] = { ...before, pauseMs: gap };
      pauses += 1;
    }
    speaker = cue.speaker ?? speaker;
    rows.push(lineRow(cue.text, speaker));
    last = { index: rows.length - 1, cue, text: cue.text };
  }
  const length = ((cues.at(-1)?.toMs ?? 0) - (cues[0]?.fromMs ?? 0)) / 1000;
  const notes = [`The subtitles run ${length.toFixed(1)} s; times became pauses of 0.3 s and more (${pauses}).`];
  if (joined > 0)
    notes.push(
      `${counted(joined, 'subtitle')} that went on in mid-sentence ${joined === 1 ? 'was' : 'were'} joined to the one before.`,
    );
  if (effects > 0) notes.push(`Sounds in brackets were left out (${effects}).`);
  if (comments > 0) notes.push('Comments and styles of the file were left out.');
  return { title: null, language: null, rows, notes };
};
