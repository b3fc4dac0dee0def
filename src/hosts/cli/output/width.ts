/** How many cells a text takes in a terminal. */
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const colors = /\u001b\[[0-9;]*m/g;
/** East Asian Wide and Fullwidth blocks (Unicode TR 11) that occur in scripts and names. */
const wide =
  /^[\u1100-\u115f\u2329\u232a\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1b000}-\u{1b2fb}\u{20000}-\u{3fffd}]/u;
const picture = /^\p{Emoji_Presentation}|^\p{Extended_Pictographic}\ufe0f|^\p{Regional_Indicator}{2}/u;
const unseen = /^[\p{Mn}\p{Me}\p{Cc}\p{Cf}]+$/u;

const cellsOf = (grapheme: string): number => {
  if (unseen.test(grapheme)) return 0;
  return wide.test(grapheme) || picture.test(grapheme) ? 2 : 1;
};

/** Cells of a text; colour codes take none. */
export const widthOf = (text: string): number => {
  let cells = 0;
  for (const { segment } of graphemes.segment(text.replace(colors, ''))) cells += cellsOf(segment);
  return cells;
};

/** A text cut to at most `cells`, with an ellipsis where something is missing. Meant for text without colour codes. */
export const cutTo = (text: string, cells: number): string => {
  if (widthOf(text) <= cells) return text;
  let kept = '';
  let used = 0;
  for (const { segment } of graphemes.segment(text)) {
    const width = cellsOf(segment);
    if (used + width > cells - 1) break;
    kept += segment;
    used += width;
  }
  return cells < 1 ? '' : `${kept}…`;
};

/** Filled with spaces up to `cells`. */
export const padTo = (text: string, cells: number, side: 'start' | 'end' = 'end'): string => {
  const gap = ' '.repeat(Math.max(0, cells - widthOf(text)));
  return side === 'end' ? text + gap : gap + text;
};

/** Without what moves a cursor or changes a terminal: texts of scripts and vendors are shown, never obeyed. */
export const printable = (text: string): string => text.replace(/[^\P{Cc}\n\t]/gu, '');

/** The same, on one line. */
export const oneLine = (text: string): string => printable(text.replace(/\s+/g, ' ')).trim();
