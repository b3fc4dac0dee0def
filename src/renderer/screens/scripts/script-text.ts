/** The little that the screen itself reads in a script's text: its head, and names that are alike. */
export interface CastRow {
  readonly name: string;
  /** Of the voice, with the space before it. */
  readonly valueFrom: number;
  readonly valueTo: number;
}
export interface FrontMatter {
  /** Offset of the closing fence. */
  readonly bodyFence: number;
  /** Row of the closing fence, from 1. */
  readonly lastRow: number;
  readonly cast: readonly CastRow[];
  /** Offset behind the last row of the cast; null: there is no cast. */
  readonly castEnd: number | null;
  readonly castIndent: string;
}

/** Rows of the head that are looked at; a longer one is left to the engine. */
const mostRows = 400;

/** Null where the text has no closed head. */
export const frontMatterOf = (source: string): FrontMatter | null => {
  if (!/^\uFEFF?---[ \t]*\r?\n/u.test(source)) return null;
  let at = source.indexOf('\n') + 1;
  let castIndent = '  ';
  let castEnd: number | null = null;
  let inCast = false;
  let entry: string | null = null;
  const cast: CastRow[] = [];
  for (let row = 2; row < mostRows && at <= source.length; row += 1) {
    const end = source.indexOf('\n', at);
    const text = source.slice(at, end === -1 ? undefined : end).replace(/\r$/u, '');
    if (/^(?:---|\.\.\.)\s*$/u.test(text)) return { bodyFence: at, lastRow: row, cast, castEnd, castIndent };
    const indent = /^[ \t]*/u.exec(text)?.[0] ?? '';
    if (indent === '' && text.trim() !== '') inCast = /^cast\s*:\s*(?:#.*)?$/u.test(text);
    if (inCast && text.trim() !== '') castEnd = at + text.length;
    const pair = /^[ \t]+(?:"([^"]+)"|'([^']+)'|([^\s:#][^:]*?))\s*:(\s.*|)$/u.exec(text);
    if (inCast && pair !== null) {
      const name = pair[1] ?? pair[2] ?? pair[3] ?? '';
      const valueFrom = at + text.length - (pair[4] ?? '').length;
      const valueTo = at + text.replace(/\s+#.*$/u, '').trimEnd().length;
      if (cast.length === 0 || indent.length <= castIndent.length) {
        castIndent = indent;
        entry = name;
        cast.push({ name, valueFrom, valueTo: Math.max(valueFrom, valueTo) });
      } else if (name === 'voice' && entry !== null) {
        cast[cast.length - 1] = { name: entry, valueFrom, valueTo: Math.max(valueFrom, valueTo) };
      }
    }
    if (end === -1) return null;
    at = end + 1;
  }
  return null;
};

const pairsOf = (text: string): ReadonlySet<string> => {
  const plain = text.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, ' ');
  return new Set(Array.from({ length: Math.max(0, plain.length - 1) }, (_, at) => plain.slice(at, at + 2)));
};

/** Those of `names` most like `wanted`, best first; nothing that shares less than a third. */
export const nearestOf = (wanted: string, names: readonly string[], most: number): readonly string[] => {
  const plain = wanted.trim().toLowerCase();
  const own = pairsOf(plain);
  if (own.size === 0) return [];
  return names
    .map((name) => {
      const other = pairsOf(name);
      let shared = 0;
      for (const pair of own) if (other.has(pair)) shared += 1;
      const score = (2 * shared) / Math.max(1, own.size + other.size);
      // The voice alone, without its workspace, is what people forget.
      return { name, score: name.toLowerCase().endsWith(`/${plain}`) ? 1 : score };
    })
    .filter(({ name, score }) => score >= 0.34 && name !== wanted)
    .sort((a, b) => b.score - a.score)
    .slice(0, most)
    .map(({ name }) => name);
};
