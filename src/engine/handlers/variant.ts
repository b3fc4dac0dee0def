import type { ScriptId, VariantTable } from '#contract/entities.ts';
import { getVariants, type ScriptRow } from '../database/scripts.ts';
import { replaceVariants } from '../database/variants.ts';
import type { Handlers } from '../router.ts';
import { type ParsedScript } from '../scripts/parsed-script.ts';
import { parseScript } from '../scripts/parse-script.ts';
import { parseVariants } from '../scripts/parse-variants.ts';
import { hasErrors } from '../scripts/problem.ts';
import { shownColumns } from '../scripts/table-cells.ts';
import { tableProblems } from '../scripts/table-problems.ts';
import type { EngineContext } from './context.ts';
import { requireScript } from './lookups.ts';
import { readSource } from './read-source.ts';

/** A script's table as it is shown: with a column of names, and what is wrong with it now. */
export const showTable = (
  { database }: EngineContext['ports'],
  scriptId: ScriptId,
  script: Pick<ParsedScript, 'variables' | 'characters'>,
): VariantTable => {
  const { columns, variants, revision } = getVariants(database, scriptId);
  const names = script.variables.map(({ name }) => name);
  const shown = columns.length === 0 && variants.length === 0 ? [] : shownColumns(columns, names);
  return {
    scriptId,
    columns: [...shown],
    variants: [...variants],
    problems: [...tableProblems(shown, variants, script)],
    revision,
  };
};

export const variantHandlers = (
  context: EngineContext,
): Pick<Handlers, 'variant.list' | 'variant.import' | 'variant.clear'> => {
  const { ports, publish } = context;
  const { database } = ports;
  const show = (row: ScriptRow): VariantTable => showTable(ports, row.id, parseScript(row.source));
  const replace = (scriptId: ScriptId, table: Parameters<typeof replaceVariants>[2]): void => {
    const revision = database.transaction(() => replaceVariants(database, scriptId, table));
    publish('variant.changed', { scriptId, revision });
  };

  return {
    'variant.list': ({ scriptId }) => show(requireScript(database, scriptId)),
    'variant.import': async ({ scriptId, source, dryRun }) => {
      const row = requireScript(database, scriptId);
      const script = parseScript(row.source);
      const parsed = parseVariants(await readSource(context, source), script.variables, script.characters);
      const { variants } = parsed;
      const problems = [...parsed.problems];
      if (dryRun || hasErrors(problems))
        return { scriptId: row.id, columns: [...parsed.columns], variants: [...variants], problems, saved: false };
      const names = script.variables.map(({ name }) => name);
      replace(row.id, {
        columns: variants.length === 0 && parsed.columns.length === 0 ? [] : shownColumns(parsed.columns, names),
        rows: variants.map(({ name, values, voices }) => ({
          name,
          // An empty cell is as good as none.
          values: Object.fromEntries(Object.entries(values).filter(([, value]) => value !== '')),
          voices,
        })),
      });
      return { ...showTable(ports, row.id, script), problems, saved: true };
    },
    'variant.clear': ({ scriptId }) => {
      const row = requireScript(database, scriptId);
      replace(row.id, { columns: [], rows: [] });
      return show(row);
    },
  };
};
