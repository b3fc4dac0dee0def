/** Everything that is wrong with the open text, with what can be done about it. */
import { useMemo } from 'react';
import { useStore } from 'zustand';
import type { Problem, VariantTable } from '#contract/entities.ts';
import { useStudio } from '../../app/studio-context.ts';
import type { Checked } from '../../stores/script-store.ts';
import { wordsOf } from '../../words/words.ts';
import { type Fix, fixesOf } from './fixes.ts';

export interface FixableProblem {
  readonly problem: Problem;
  readonly fixes: readonly Fix[];
}

const shown = 200;
/** What only the order knows: the voices and what their models take. */
const fromOrder = new Set(['voice_unknown', 'setting_not_sent']);

/** Variables that neither the table nor a default gives a value, where they stand. */
export const unknownVariables = (source: string, checked: Checked, table: VariantTable | null): readonly Problem[] => {
  if (table === null || table.variants.length === 0) return [];
  const columns = new Set(table.columns);
  const missing = checked.variables.filter(({ name, defaultValue }) => defaultValue === null && !columns.has(name));
  if (missing.length === 0) return [];
  const names = new Set(missing.map(({ name }) => name));
  const rows = source.split(/\r\n?|\n/u);
  return checked.lines
    .filter(({ variables }) => variables.some((name) => names.has(name)))
    .flatMap(({ sourceLine }) =>
      [...(rows[sourceLine - 1] ?? '').matchAll(/\{\{\s*([^|{}]+?)\s*\}\}/gu)].flatMap((match): Problem[] => {
        const name = match[1] ?? '';
        if (!names.has(name)) return [];
        const column = match.index + 1;
        return [
          {
            severity: 'warning',
            code: 'variable_unknown',
            message: wordsOf('scripts')('variableUnknown', { name }),
            line: sourceLine,
            column,
            endColumn: column + match[0].length,
          },
        ];
      }),
    )
    .slice(0, shown);
};

export const useProblems = (): readonly FixableProblem[] => {
  const { script, order, variants, voices } = useStudio();
  const checked = useStore(script, (state) => state.checked);
  const source = useStore(script, (state) => state.checkedSource);
  const isSaved = useStore(script, (state) => state.script?.source === state.checkedSource);
  const ordered = useStore(order, (state) => state.estimate?.problems);
  const table = useStore(variants, (state) => state.table);
  const known = useStore(voices, (state) => state.voices);
  return useMemo(() => {
    if (checked === null) return [];
    const references = known.map(({ reference }) => reference);
    const more = isSaved ? (ordered ?? []).filter(({ code, line }) => fromOrder.has(code) && line !== null) : [];
    return [...checked.problems, ...unknownVariables(source, checked, table), ...more]
      .slice(0, shown)
      .map((problem) => ({
        problem,
        fixes: fixesOf(source, problem, { voices: references, columns: table?.columns ?? [] }),
      }))
      .sort(
        (a, b) => (a.problem.line ?? 0) - (b.problem.line ?? 0) || (a.problem.column ?? 0) - (b.problem.column ?? 0),
      );
  }, [checked, source, isSaved, ordered, table, known]);
};
