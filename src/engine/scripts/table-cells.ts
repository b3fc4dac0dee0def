/** The cells of a row by the column's title: the name, voices and values lie apart in a variant, a table shows them side by side. */
import type { Variant } from '#contract/entities.ts';
import { isVoiceReference } from './front-matter.ts';

/**
 * A row whatever its place. A voice cell that is no reference lies among the values, under its title: it is kept and told,
 * and chooses no voice.
 */
export type TableRow = Readonly<Pick<Variant, 'name' | 'values' | 'voices'>>;

const voicePattern = /^voice\s*:\s*(.+)$/iu;

/** Whom a title such as `voice:ANNA` chooses a voice for. */
export const speakerOf = (title: string): string | null => voicePattern.exec(title)?.[1]?.trim() ?? null;

/** The column that names the rows: `variant`, unless the script has a variable of that very name. */
export const nameColumnOf = (columns: readonly string[], variables: readonly string[]): string | null =>
  columns.find((title) => title.toLowerCase() === 'variant' && !variables.includes(title)) ?? null;

/** Columns as a table shows them: with one that names the rows, and none without a title. */
export const shownColumns = (columns: readonly string[], variables: readonly string[]): readonly string[] => {
  const titled = columns.filter((title) => title !== '');
  if (nameColumnOf(titled, variables) !== null) return titled;
  const free = ['variant', 'Variant', 'VARIANT'].find((title) => !variables.includes(title) && !titled.includes(title));
  return [free ?? 'variant', ...titled];
};

const voiceKey = (row: TableRow, speaker: string): string | undefined =>
  Object.keys(row.voices).find((character) => character.toLowerCase() === speaker.toLowerCase());

const own = (record: Readonly<Record<string, string>>, key: string): string =>
  Object.hasOwn(record, key) ? (record[key] ?? '') : '';

/** What a cell shows. */
export const cellOf = (row: TableRow, title: string, nameColumn: string | null): string => {
  if (title === nameColumn) return row.name;
  const speaker = speakerOf(title);
  const key = speaker === null ? undefined : voiceKey(row, speaker);
  return key === undefined ? own(row.values, title) : own(row.voices, key);
};

const without = (record: Readonly<Record<string, string>>, key: string | undefined): Record<string, string> =>
  Object.fromEntries(Object.entries(record).filter(([name]) => name !== key));

/** The row without this column's cell. Not for the column of names. */
export const dropCell = (row: TableRow, title: string): TableRow => {
  const speaker = speakerOf(title);
  const key = speaker === null ? undefined : voiceKey(row, speaker);
  return { name: row.name, values: without(row.values, title), voices: without(row.voices, key) };
};

/** The row with this cell. An empty cell and none are the same. `characters` spell a speaker as the script does. */
export const withCell = (
  row: TableRow,
  title: string,
  value: string,
  { nameColumn, characters }: { readonly nameColumn: string | null; readonly characters: readonly string[] },
): TableRow => {
  if (title === nameColumn) return { ...row, name: value };
  const cleared = dropCell(row, title);
  const speaker = speakerOf(title);
  if (value === '') return cleared;
  if (speaker === null || !isVoiceReference(value))
    return { ...cleared, values: { ...cleared.values, [title]: value } };
  const spelled = characters.find((character) => character.toLowerCase() === speaker.toLowerCase()) ?? speaker;
  return { ...cleared, voices: { ...cleared.voices, [spelled]: value } };
};

/** For rows that nobody named. */
export const freeName = (row: number, isTaken: (name: string) => boolean): string => {
  const name = `row-${String(row).padStart(4, '0')}`;
  if (!isTaken(name)) return name;
  for (let again = 2; ; again += 1) if (!isTaken(`${name}-${again}`)) return `${name}-${again}`;
};
