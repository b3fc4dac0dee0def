/** Tables of speakers and lines, from a CSV file, a Markdown table or a Word table. */
import { counted, type DraftRow, lineRow } from './draft.ts';
import { withVariables } from './read-dialogue.ts';

const headers = {
  speaker: /^(?:speaker|character|role|voice|who|talent|name|actor|sprecher(?:in)?|rolle|figur|stimme)$/iu,
  text: /^(?:line|text|dialog(?:ue)?|script|copy|spoken|audio|words?|content|zeile|satz|skript|ton)$/iu,
  direction: /^(?:direction|emotion|tone|style|delivery|manner|regie|anweisung|betonung)$/iu,
  note: /^(?:notes?|comments?|video|visual|bild|sfx|music|musik|anmerkung(?:en)?|bemerkung(?:en)?)$/iu,
  start: /^(?:start|start[ _]?time|in|from|von|beginn)$/iu,
  end: /^(?:end|end[ _]?time|out|to|bis|ende)$/iu,
} as const;
type Use = keyof typeof headers;

const seconds = (text: string): number | null => {
  const parts = text.trim().replace(',', '.').split(':').map(Number);
  if (text.trim() === '' || parts.some((part) => !Number.isFinite(part)) || parts.length > 3) return null;
  return parts.reduce((sum, part) => sum * 60 + part, 0);
};

const usesOf = (header: readonly string[]): ReadonlyMap<Use, number> => {
  const uses = new Map<Use, number>();
  for (const [index, cell] of header.entries()) {
    for (const [use, pattern] of Object.entries(headers) as [Use, RegExp][])
      if (!uses.has(use) && pattern.test(cell.trim())) uses.set(use, index);
  }
  return uses;
};

/** Without a header: of two columns the one with the shorter texts says who speaks. */
const guessUses = (rows: readonly (readonly string[])[]): ReadonlyMap<Use, number> => {
  const width = Math.max(0, ...rows.map((row) => row.length));
  if (width < 2) return new Map([['text', 0]]);
  const mean = (column: number): number =>
    rows.reduce((sum, row) => sum + (row[column]?.length ?? 0), 0) / Math.max(1, rows.length);
  const longest = Array.from({ length: width }, (_, column) => column).reduce(
    (best, column) => (mean(column) > mean(best) ? column : best),
    0,
  );
  const speaker = longest === 0 ? 1 : 0;
  const names = new Set(rows.map((row) => (row[speaker] ?? '').trim().toLowerCase()));
  const isSpeaker = mean(speaker) <= 30 && names.size <= Math.max(2, rows.length * 0.7);
  return new Map<Use, number>(
    isSpeaker
      ? [
          ['speaker', speaker],
          ['text', longest],
        ]
      : [['text', longest]],
  );
};

/** Rows as lines; a pause stands where the times leave a gap of 0.3 s or more. */
export const readTable = (
  table: readonly (readonly string[])[],
): { readonly rows: readonly DraftRow[]; readonly notes: readonly string[] } => {
  const filled = table.filter((row) => row.some((cell) => cell.trim() !== ''));
  const named = usesOf(filled[0] ?? []);
  const hasHeader = named.has('text') || (named.has('speaker') && (filled[0]?.length ?? 0) > 1);
  const body = hasHeader ? filled.slice(1) : filled;
  const guessed = guessUses(body);
  const uses = new Map<Use, number>(hasHeader ? named : guessed);
  if (!uses.has('text')) {
    const column = [...(filled[0] ?? []).keys()].find((index) => ![...uses.values()].includes(index));
    uses.set('text', column ?? 0);
  }
  const cell = (row: readonly string[], use: Use): string => {
    const column = uses.get(use);
    return column === undefined ? '' : (row[column] ?? '').trim();
  };
  const rows: DraftRow[] = [];
  const variables = new Set<string>();
  let speaker: string | null = null;
  let silent = 0;
  let pauses = 0;
  for (const [index, row] of body.entries()) {
    const note = cell(row, 'note');
    if (note !== '') rows.push({ kind: 'note', text: note });
    const text = withVariables(cell(row, 'text'), variables);
    if (text === '') {
      silent += 1;
      continue;
    }
    speaker = cell(row, 'speaker') || speaker;
    const next = body[index + 1];
    const end = seconds(cell(row, 'end'));
    const nextStart = next === undefined ? null : seconds(cell(next, 'start'));
    const gap = end === null || nextStart === null ? 0 : (nextStart - end) * 1000;
    const pauseMs = gap >= 300 ? gap : 0;
    if (pauseMs > 0) pauses += 1;
    const line = lineRow(text, speaker, cell(row, 'direction') || null);
    rows.push(line.kind === 'line' ? { ...line, pauseMs } : line);
  }
  const notes: string[] = [];
  if (!hasHeader && filled.length > 0) {
    notes.push(
      uses.has('speaker')
        ? `No header was found: column ${(uses.get('speaker') ?? 0) + 1} was taken for the speakers, column ${(uses.get('text') ?? 0) + 1} for their lines.`
        : 'No header was found: every row became a line.',
    );
  }
  const left = hasHeader
    ? (filled[0] ?? []).filter((name, index) => name.trim() !== '' && ![...uses.values()].includes(index))
    : [];
  if (left.length > 0) notes.push(`Columns that were left out: ${left.join(', ')}.`);
  if (silent > 0) notes.push(`${counted(silent, 'row')} without a line ${silent === 1 ? 'was' : 'were'} left out.`);
  if (pauses > 0) notes.push(`${counted(pauses, 'pause')} came from the times.`);
  if (variables.size > 0)
    notes.push(`Placeholders became variables: ${[...variables].map((name) => `{{${name}}}`).join(', ')}.`);
  return { rows, notes };
};
