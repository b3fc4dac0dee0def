import Papa from 'papaparse';
import type { Problem, Variant } from '#contract/entities.ts';
import { getVariants } from '../database/scripts.ts';
import { openRows, saveTable, tableHead } from '../database/variants.ts';
import type { Handlers } from '../router.ts';
import { parseScript } from '../scripts/parse-script.ts';
import type { ParsedScript } from '../scripts/parsed-script.ts';
import { patchTable, type PatchOutcome, type TableRows } from '../scripts/patch-table.ts';
import { cellOf, nameColumnOf, shownColumns } from '../scripts/table-cells.ts';
import { createRowCheck, headProblems, nameTwice } from '../scripts/table-problems.ts';
import type { EngineContext } from './context.ts';
import { requireScript } from './lookups.ts';
import { showTable } from './variant.ts';

const namesOf = ({ variables }: Pick<ParsedScript, 'variables'>): readonly string[] =>
  variables.map(({ name }) => name);

/** The changed rows as they are now, and what is wrong with them. */
const lookAt = (rows: TableRows, { columns, touched }: PatchOutcome, script: ParsedScript) => {
  const { check, nameColumn } = createRowCheck(columns, script);
  const problems: Problem[] = [...headProblems(columns, script)];
  const changed = [...touched]
    .toSorted((a, b) => a - b)
    .map((index): Variant => {
      const cells = rows.at(index);
      const row = index + 1;
      problems.push(...check(row, cells));
      const [first] = rows.called(cells.name);
      if (first !== undefined && first !== index) problems.push(nameTwice(row, cells.name, first + 1, nameColumn));
      return { ...cells, row };
    });
  return { rows: changed, problems };
};

/** A file name that every system takes. */
const fileNameOf = (title: string): string =>
  `${
    title
      .trim()
      .replaceAll(/[^\p{L}\p{N}._-]+/gu, '-')
      .replaceAll(/^[-.]+|[-.]+$/gu, '') || 'variants'
  }.csv`;

export const variantPatchHandlers = (context: EngineContext): Pick<Handlers, 'variant.patch' | 'variant.export'> => {
  const { ports, publish } = context;
  const { database } = ports;

  return {
    'variant.patch': ({ scriptId, operations }) => {
      const row = requireScript(database, scriptId);
      const script = parseScript(row.source);
      const patched = database.transaction(() => {
        const rows = openRows(database, row.id);
        const { columns } = tableHead(database, row.id);
        const draft = { columns: columns.length === 0 ? [] : shownColumns(columns, namesOf(script)), rows };
        const rules = { variables: namesOf(script), characters: script.characters };
        const outcome = patchTable(draft, operations, rules);
        // Nothing but the name of a column that every table has: there is no table.
        const isNone = rows.count() === 0 && outcome.columns.length === 1;
        const revision = saveTable(database, row.id, isNone ? [] : outcome.columns);
        const looked = outcome.isReshaped ? { rows: [], problems: [] } : lookAt(rows, outcome, script);
        return { ...looked, undo: [...outcome.undo], isReshaped: outcome.isReshaped, revision };
      });
      const { isReshaped, ...changed } = patched;
      publish('variant.changed', { scriptId: row.id, revision: changed.revision });
      return { ...changed, table: isReshaped ? showTable(ports, row.id, script) : null };
    },
    'variant.export': ({ scriptId }) => {
      const row = requireScript(database, scriptId);
      const names = namesOf(parseScript(row.source));
      const { columns, variants } = getVariants(database, row.id);
      const shown = shownColumns(columns, names);
      const nameColumn = nameColumnOf(shown, names);
      const cells = variants.map((variant) => shown.map((column) => cellOf(variant, column, nameColumn)));
      // The mark tells spreadsheets that the text is UTF-8.
      return { fileName: fileNameOf(row.title), text: `\uFEFF${Papa.unparse({ fields: shown, data: cells })}\r\n` };
    },
  };
};
