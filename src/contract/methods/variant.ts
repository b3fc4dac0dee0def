import { z } from 'zod';
import { Problem, ScriptId, Variant, VariantForecast, VariantTable } from '../entities.ts';
import { TextSource } from './text-source.ts';
import type { MethodShape } from './method.ts';

const byScript = z.object({ scriptId: ScriptId });
const row = z.number().int().min(1);
const column = z.string().min(1).max(200);
const cells = z.record(z.string(), z.string().max(20_000));

/** One change of the table. Rows are counted from 1, the header not counted. */
export const VariantOperation = z.discriminatedUnion('type', [
  z.object({ type: z.literal('set'), row, column, value: z.string().max(20_000) }),
  /** Puts rows before `row`; one more than the last puts them at the end. */
  z.object({ type: z.literal('insert'), row, rows: z.array(cells).min(1).max(20_000) }),
  z.object({ type: z.literal('remove'), row, count: z.number().int().min(1) }),
  /** Moves the rows to this order; each old row exactly once. */
  z.object({ type: z.literal('reorder'), rows: z.array(row).max(100_000) }),
  z.object({
    type: z.literal('insert_column'),
    column,
    /** Before this column; null: at the end. */
    before: column.nullable(),
    values: z.array(z.string()).optional(),
  }),
  z.object({ type: z.literal('remove_column'), column }),
  z.object({ type: z.literal('rename_column'), column, to: column }),
]);
export type VariantOperation = z.infer<typeof VariantOperation>;

/** What a variant comes to before anything is paid. */
export const VariantOutlook = VariantForecast.extend({
  row: z.number().int(),
  /** Known length of the selected takes; null while lines are missing. */
  actualSeconds: z.number().nullable(),
  lines: z.number().int(),
  owned: z.number().int(),
  open: z.number().int(),
  /** Lines that no earlier variant of the table has and nobody has rendered. */
  fresh: z.number().int(),
  /** An earlier variant whose every line sounds the same. */
  sameAs: z.string().nullable(),
});
export type VariantOutlook = z.infer<typeof VariantOutlook>;

export const variantMethods = {
  'variant.list': { kind: 'query', input: byScript, output: VariantTable },
  /** Replaces the script's variants; with `error` problems nothing is changed and they are returned. `dryRun`: nothing is changed at all. */
  'variant.import': {
    kind: 'command',
    input: byScript.extend({ source: TextSource, dryRun: z.boolean().default(false) }),
    output: VariantTable.extend({ saved: z.boolean() }),
  },
  'variant.clear': { kind: 'command', input: byScript, output: VariantTable },
  /** Applies the changes in order, all or none. `undo` are the changes that take them back. Cells with problems are kept and told. */
  'variant.patch': {
    kind: 'command',
    input: byScript.extend({ operations: z.array(VariantOperation).min(1).max(200_000) }),
    output: z.object({
      revision: z.number().int(),
      /** Rows that are different now, and what is wrong with them and with the header. Of a table of 10,000 rows one cell comes back as one row. */
      rows: z.array(Variant),
      problems: z.array(Problem),
      /** The whole table where rows came, went or moved, or columns changed; null: `rows` say it all. */
      table: VariantTable.nullable(),
      undo: z.array(VariantOperation),
    }),
  },
  /** In the table's order; rows that cannot be spoken yet are left out. */
  'variant.outlook': {
    kind: 'query',
    input: byScript,
    output: z.object({ revision: z.number().int(), variants: z.array(VariantOutlook) }),
  },
  /** The table as a CSV file. */
  'variant.export': {
    kind: 'query',
    input: byScript,
    output: z.object({ fileName: z.string(), text: z.string() }),
  },
} as const satisfies Record<string, MethodShape>;
