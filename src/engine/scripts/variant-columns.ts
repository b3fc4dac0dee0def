import { type Problem, problem } from './problem.ts';
import type { ScriptVariable } from './parsed-script.ts';
import { nearest } from './similarity.ts';

/** What each column of a variants table holds. */
export type VariantColumn =
  | { readonly kind: 'name' | 'unnamed' | 'repeated' }
  | { readonly kind: 'value'; readonly name: string }
  | { readonly kind: 'voice'; readonly character: string };

const voicePattern = /^voice\s*:\s*(.+)$/iu;

/** Reads the header. Its problems have no row; `column` is the number of the column in the table. */
export const readColumns = (
  header: readonly string[],
  variables: readonly ScriptVariable[],
  characters: readonly string[],
): { readonly columns: readonly VariantColumn[]; readonly problems: readonly Problem[] } => {
  const problems: Problem[] = [];
  const report = (severity: Problem['severity'], code: string, message: string, column: number | null) =>
    problems.push(problem(severity, code, message, { line: null, column }));
  const known = new Map(variables.map(({ name }) => [name, name]));
  const speakers = new Map(characters.map((character) => [character.toLowerCase(), character]));
  const seen = new Set<string>();
  const columns = header.map((title, index): VariantColumn => {
    const column = index + 1;
    if (title === '') return { kind: 'unnamed' };
    const spoken = voicePattern.exec(title)?.[1]?.trim();
    const character = spoken === undefined ? undefined : (speakers.get(spoken.toLowerCase()) ?? spoken);
    const isName = title.toLowerCase() === 'variant' && !known.has(title);
    const key = isName ? 'variant' : character === undefined ? title : `voice:${character}`;
    if (seen.has(key)) {
      report(
        'error',
        'column_duplicate',
        `The column "${title}" is there twice. Rename or remove one of them.`,
        column,
      );
      return { kind: 'repeated' };
    }
    seen.add(key);
    if (isName) return { kind: 'name' };
    if (character !== undefined) {
      if (!characters.includes(character)) {
        report(
          'warning',
          'column_unknown',
          `The column "${title}" is not used: nobody in the script is called ${character}.`,
          column,
        );
      }
      return { kind: 'voice', character };
    }
    if (!known.has(title)) {
      const [like] = nearest(
        title,
        [...known.keys()].filter((name) => !header.includes(name)),
        1,
      );
      const hint = like === undefined ? '' : ` Did you mean "${like}"?`;
      report(
        'warning',
        'column_unknown',
        `The column "${title}" is not used: the script has no {{${title}}}.${hint}`,
        column,
      );
    }
    return { kind: 'value', name: title };
  });
  for (const { name, defaultValue } of variables) {
    if (defaultValue !== null || seen.has(name)) continue;
    report(
      'error',
      'column_missing',
      `The table has no column "${name}", and {{${name}}} has no default. Add the column, or write {{${name}|"..."}}.`,
      null,
    );
  }
  return { columns, problems };
};
