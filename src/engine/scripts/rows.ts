/** A source text cut into rows, each with its own line end, so that joining them gives the source back. */
export interface Row {
  /** Offset of the row in the source. */
  readonly start: number;
  /** The row without its line end. */
  readonly text: string;
  /** `\n`, `\r\n`, `\r`, or empty at the end of the text. */
  readonly lineEnd: string;
}

export const byteOrderMark = '\uFEFF';

/** `from` skips a byte order mark. A text that ends with a line end has no empty row after it. */
export const cutRows = (source: string, from: number): readonly Row[] => {
  const rows: Row[] = [];
  const lineEnds = /\r\n?|\n/gu;
  lineEnds.lastIndex = from;
  let start = from;
  for (let match = lineEnds.exec(source); match !== null; match = lineEnds.exec(source)) {
    rows.push({ start, text: source.slice(start, match.index), lineEnd: match[0] });
    start = match.index + match[0].length;
  }
  if (start < source.length) rows.push({ start, text: source.slice(start), lineEnd: '' });
  return rows;
};

/** The rows of the front matter: those between the first row `---` and the next `---` or `...`. */
export const findFrontMatter = (
  rows: readonly Row[],
): { readonly kind: 'none' } | { readonly kind: 'unclosed' } | { readonly kind: 'closed'; readonly end: number } => {
  const first = rows[0];
  if (first === undefined || !/^---\s*$/u.test(first.text)) return { kind: 'none' };
  const end = rows.findIndex((row, index) => index > 0 && /^(?:---|\.\.\.)\s*$/u.test(row.text));
  return end === -1 ? { kind: 'unclosed' } : { kind: 'closed', end };
};
