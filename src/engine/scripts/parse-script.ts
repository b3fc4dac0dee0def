/**
 * The script format: plain text with optional YAML front matter.
 *
 *     ---
 *     title: Spring sale
 *     cast:
 *       ANNOUNCER: scratch/slt
 *     ---
 *     # Opening                                  a heading, not spoken
 *     // for the copywriter                      a note, not spoken
 *     ANNOUNCER (warm) {speed: 1.1}: Hello {{city|"Berlin"}}. [pause 400ms]
 *     A row without a speaker belongs to the speaker before it, or to NARRATOR.
 *     \NOTE: a backslash keeps a row from being read as a speaker, a heading or a note.
 */
import { type FrontMatter, noFrontMatter, readFrontMatter } from './front-matter.ts';
import type { ParsedScript, ScriptRow, ScriptVariable } from './parsed-script.ts';
import { type Problem, problem } from './problem.ts';
import { narrator, readBody, type ScriptBody } from './read-body.ts';
import { byteOrderMark, cutRows, findFrontMatter, type Row } from './rows.ts';
import type { YamlRemark } from './yaml-values.ts';

/** The names of a cast by their lower-case form. */
export const nameIndex = (characters: readonly string[]): ReadonlyMap<string, string> =>
  new Map(characters.map((character) => [character.toLowerCase(), character]));

/** Gives remarks about the front matter, whose text begins on the second row, their places in the script. */
const placeRemark = ({ severity, code, message, from, to }: YamlRemark, rows: readonly Row[]): Problem => {
  const base = rows[1]?.start ?? 0;
  const after = rows.findIndex((row) => row.start > base + from);
  const index = (after === -1 ? rows.length : after) - 1;
  const start = rows[index]?.start ?? 0;
  const rowEnd = start + (rows[index]?.text.length ?? 0);
  const column = base + from - start + 1;
  const endColumn = Math.max(column, Math.min(base + to, rowEnd) - start + 1);
  return problem(severity, code, message, { line: index + 1, column, endColumn });
};

const headRows = (rows: readonly Row[], end: number): ScriptRow[] =>
  rows.slice(0, end + 1).map((row, index) => {
    const kind = index === 0 || index === end ? 'fence' : 'yaml';
    const lineEnd = { kind: 'lineEnd', start: row.start + row.text.length, raw: row.lineEnd } as const;
    const tokens = [{ kind, start: row.start, raw: row.text } as const, lineEnd].filter(({ raw }) => raw !== '');
    return { kind, sourceLine: index + 1, tokens };
  });

const castProblems = (front: FrontMatter, body: ScriptBody, rows: readonly Row[]): Problem[] => {
  const problems: Problem[] = [];
  for (const [name, line] of body.characters) {
    if (front.characters.includes(name)) continue;
    const escape = name === narrator ? '' : ' If it is text and no speaker, begin the row with a backslash.';
    const message = `${name} is not in the cast. Add ${name}: workspace/voice to it.${escape}`;
    problems.push(problem('warning', 'character_not_cast', message, { line, column: 1 }));
  }
  for (const [name, range] of front.castRanges) {
    if (body.characters.has(name)) continue;
    problems.push(
      placeRemark(
        { severity: 'notice', code: 'cast_unused', message: `${name} is in the cast and never speaks.`, ...range },
        rows,
      ),
    );
  }
  return problems;
};

const collectVariables = ({ lines }: ScriptBody, rows: readonly Row[], problems: Problem[]): ScriptVariable[] => {
  const defaults = new Map<string, string | null>();
  for (const line of lines) {
    for (const token of line.tokens) {
      if (token.kind !== 'variable') continue;
      const known = defaults.get(token.name) ?? null;
      if (known === null) defaults.set(token.name, token.defaultValue);
      else if (token.defaultValue !== null && token.defaultValue !== known) {
        const column = token.start - (rows[line.sourceLine - 1]?.start ?? 0) + 1;
        const message = `{{${token.name}}} has the default "${known}" elsewhere; here "${token.defaultValue}" is used.`;
        const spot = { line: line.sourceLine, column, endColumn: column + token.raw.length };
        problems.push(problem('warning', 'variable_defaults_differ', message, spot));
      }
    }
  }
  return [...defaults].map(([name, defaultValue]) => ({ name, defaultValue }));
};

/** Reads a script without ever failing: what is wrong comes back as problems, and every byte as a token. */
export const parseScript = (source: string): ParsedScript => {
  const hasMark = source.startsWith(byteOrderMark);
  const rows = cutRows(source, hasMark ? 1 : 0);
  const found = findFrontMatter(rows);
  const problems: Problem[] = [];
  let front = noFrontMatter;
  if (found.kind === 'closed') {
    front = readFrontMatter(source.slice(rows[1]?.start ?? 0, rows[found.end]?.start ?? 0));
    problems.push(...front.remarks.map((remark) => placeRemark(remark, rows)));
  } else if (found.kind === 'unclosed') {
    const message = 'The front matter is not closed. Put --- on a row of its own below it.';
    problems.push(problem('error', 'front_matter_unclosed', message, { line: 1, column: 1, endColumn: 4 }));
  }
  const body = readBody(rows, found.kind === 'closed' ? found.end + 1 : 0, nameIndex(front.characters));
  problems.push(...body.problems, ...castProblems(front, body, rows));
  const variables = collectVariables(body, rows, problems);
  problems.sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
  const mark: ScriptRow[] = hasMark
    ? [{ kind: 'blank', sourceLine: 1, tokens: [{ kind: 'mark', start: 0, raw: byteOrderMark }] }]
    : [];
  return {
    source,
    title: front.title,
    slotSeconds: front.slotSeconds,
    language: front.language,
    cast: front.cast,
    castNames: front.characters,
    characters: [...body.characters.keys()],
    lines: body.lines,
    variables,
    problems,
    rows: [...mark, ...(found.kind === 'closed' ? headRows(rows, found.end) : []), ...body.rows],
  };
};
