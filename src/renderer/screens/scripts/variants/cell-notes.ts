/** What is wrong with a cell, in the person's own language; the engine says which kind and where. */
import type { Problem, VariantTable } from '#contract/entities.ts';
import type { CellNote } from '../../../components/edit-grid/types.ts';
import { wordsOf } from '../../../words/words.ts';

const noteOf = ({ code, severity, message }: Problem, column: string): CellNote => {
  const t = wordsOf('variants');
  if (code === 'value_missing')
    return { severity, short: t('shortMissing'), words: t('saysMissing', { variable: `{{${column}}}` }) };
  if (code === 'voice_form') return { severity, short: t('shortVoice'), words: t('saysVoice') };
  if (code === 'variant_duplicate') return { severity, short: t('shortTwice'), words: t('saysTwice') };
  return { severity, short: t('shortOther'), words: message };
};

/** By row and title. */
export const cellNotes = (table: VariantTable): ReadonlyMap<string, CellNote> => {
  const notes = new Map<string, CellNote>();
  for (const problem of table.problems) {
    const column = problem.column === null ? undefined : table.columns[problem.column - 1];
    if (problem.line === null || column === undefined) continue;
    notes.set(`${problem.line} ${column}`, noteOf(problem, column));
  }
  return notes;
};
