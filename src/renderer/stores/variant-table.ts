/** The table of variants as the screen keeps it between the engine's answers. */
import type { Problem, Variant, VariantTable } from '#contract/entities.ts';
import type { MethodOutput } from '#contract/methods/index.ts';
import type { VariantOperation } from '#contract/methods/variant.ts';

export type Patched = MethodOutput<'variant.patch'>;

/** Who a column such as `voice:ANNA` chooses a voice for. */
export const speakerOf = (title: string): string | null => /^voice\s*:\s*(.+)$/iu.exec(title)?.[1]?.trim() ?? null;

/** The column that names the rows; a script's own variable of that name is none. */
export const nameColumnOf = (columns: readonly string[], variables: readonly string[]): string | null =>
  columns.find((title) => title.toLowerCase() === 'variant' && !variables.includes(title)) ?? null;

const voiceKeyOf = ({ voices }: Variant, title: string): string | undefined => {
  const speaker = speakerOf(title)?.toLowerCase();
  return speaker === undefined ? undefined : Object.keys(voices).find((name) => name.toLowerCase() === speaker);
};

/** What a cell shows. */
export const cellOf = (variant: Variant, title: string, nameColumn: string | null): string => {
  if (title === nameColumn) return variant.name;
  const key = voiceKeyOf(variant, title);
  return (key === undefined ? variant.values[title] : variant.voices[key]) ?? '';
};

/** The row as it will be when the engine has answered; what it makes of a voice or of an empty name comes with the answer. */
const expectCell = (variant: Variant, title: string, value: string, nameColumn: string | null): Variant => {
  if (title === nameColumn) return value === '' ? variant : { ...variant, name: value };
  const key = voiceKeyOf(variant, title);
  const voices = Object.fromEntries(Object.entries(variant.voices).filter(([name]) => name !== key));
  return { ...variant, voices, values: { ...variant.values, [title]: value } };
};

/** Typed cells at once, so that nobody waits to see what they typed. Null where the change is more than cells. */
export const expectPatch = (
  table: VariantTable,
  operations: readonly VariantOperation[],
  nameColumn: string | null,
): VariantTable | null => {
  const variants = [...table.variants];
  for (const step of operations) {
    const variant = step.type === 'set' ? variants[step.row - 1] : undefined;
    if (step.type !== 'set' || variant === undefined) return null;
    variants[step.row - 1] = expectCell(variant, step.column, step.value.trim(), nameColumn);
  }
  return { ...table, variants };
};

/** The table after the engine's answer. */
export const mergePatch = (table: VariantTable, { rows, problems, table: whole, revision }: Patched): VariantTable => {
  if (whole !== null) return whole;
  const variants = [...table.variants];
  for (const variant of rows) variants[variant.row - 1] = variant;
  const told = new Set<Problem['line']>([null, ...rows.map(({ row }) => row)]);
  return {
    ...table,
    revision,
    variants,
    problems: [...table.problems.filter(({ line }) => !told.has(line)), ...problems],
  };
};

/** The steps that make one table out of another, for taking back what replaced it whole. */
export const replaceOperations = (
  from: VariantTable,
  to: VariantTable,
  nameColumn: string | null,
): VariantOperation[] => {
  const others = (table: VariantTable) => table.columns.filter((title) => title !== nameColumn);
  const cells = to.variants.map((variant) =>
    Object.fromEntries(to.columns.map((title) => [title, cellOf(variant, title, nameColumn)] as const)),
  );
  const chunks = Array.from({ length: Math.ceil(cells.length / 20_000) }, (_, at) => at * 20_000);
  return [
    ...(from.variants.length === 0 ? [] : [{ type: 'remove', row: 1, count: from.variants.length } as const]),
    ...others(from).map((column) => ({ type: 'remove_column', column }) as const),
    ...others(to).map((column) => ({ type: 'insert_column', column, before: null }) as const),
    ...chunks.map((at) => ({ type: 'insert', row: at + 1, rows: cells.slice(at, at + 20_000) }) as const),
  ];
};
