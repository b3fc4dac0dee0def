/** `cuebooth lexicon`: how words of a project are said. */
import { z } from 'zod';
import Papa from 'papaparse';
import type { LexiconEntry } from '#contract/entities.ts';
import { AppError } from '#contract/errors.ts';
import { findProject, say, withSession, type Command, type CommandContext } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { writeJson } from '../output/json.ts';
import { formatTable } from '../output/table.ts';
import { counted } from '../output/words.ts';
import { readTextFile } from '../read-text.ts';
import type { Session } from '../session.ts';

interface ProjectOptions {
  readonly project: string;
  readonly json?: boolean;
}

const show = (context: CommandContext, entries: readonly LexiconEntry[], json: boolean | undefined): void => {
  const { out } = context.terminal;
  if (json === true) return writeJson(out, entries);
  if (entries.length === 0) return say(context.terminal, 'The lexicon is empty.');
  out.write(
    formatTable(
      entries,
      [
        { title: 'WORD', value: (entry) => entry.word, flexible: true },
        { title: 'SAY', value: (entry) => entry.say, flexible: true },
        { title: 'LANGUAGE', value: (entry) => entry.language ?? 'all' },
        { title: 'CASE', value: (entry) => (entry.caseSensitive ? 'as written' : 'any') },
      ],
      out,
    ),
  );
};

const entryKey = (entry: LexiconEntry): string =>
  JSON.stringify([
    entry.caseSensitive ? entry.word : entry.word.toLowerCase(),
    entry.language?.toLowerCase() ?? null,
    entry.caseSensitive,
  ]);

/** Later entries take the place of earlier ones for the same word, language and case rule. */
export const mergeEntries = (known: readonly LexiconEntry[], added: readonly LexiconEntry[]): LexiconEntry[] => [
  ...new Map([...known, ...added].map((entry) => [entryKey(entry), entry])).values(),
];

const change = (
  context: CommandContext,
  options: ProjectOptions,
  next: (known: readonly LexiconEntry[]) => LexiconEntry[],
) =>
  withSession(context, 'edit', async (session: Session) => {
    const { id } = await session.client.call('project.ensure', { name: options.project });
    const known = await session.client.call('lexicon.get', { projectId: id });
    show(context, await session.client.call('lexicon.set', { projectId: id, entries: next(known) }), options.json);
    say(context.terminal, 'Lines whose words change are new recipes: they are rendered anew the next time.');
    return exitCodes.done;
  });

export const listLexicon: Command<ProjectOptions> = (context, options) =>
  withSession(context, 'read', async (session) => {
    const project = await findProject(session, options.project);
    show(
      context,
      project === null ? [] : await session.client.call('lexicon.get', { projectId: project.id }),
      options.json,
    );
    return exitCodes.done;
  });

export interface SetOptions extends ProjectOptions {
  readonly word: string;
  readonly say?: string;
  readonly language?: string;
  readonly caseSensitive?: boolean;
  readonly remove?: boolean;
}
export const setLexicon: Command<SetOptions> = async (context, options) => {
  if ((options.say === undefined) !== (options.remove === true)) {
    throw new AppError('invalid_input', 'Name what to say instead, or use --remove. Nothing was changed.');
  }
  const about = {
    word: options.word,
    language: options.language ?? null,
    caseSensitive: options.caseSensitive ?? false,
  };
  return change(context, options, (known) =>
    options.say === undefined
      ? known.filter((entry) => entryKey(entry) !== entryKey({ ...about, say: '' }))
      : mergeEntries(known, [{ ...about, say: options.say }]),
  );
};

const truth = new Map([
  ['', false],
  ['no', false],
  ['false', false],
  ['0', false],
  ['any', false],
  ['yes', true],
  ['true', true],
  ['1', true],
  ['as written', true],
]);
const Row = z.object({
  word: z.string().trim().min(1, 'has no word'),
  say: z.string().trim().min(1, 'has nothing to say'),
  language: z.string().trim().default(''),
  case: z
    .string()
    .trim()
    .toLowerCase()
    .default('')
    .refine((text) => truth.has(text), 'has a case that is neither yes nor no'),
});

/** Columns `word,say,language,case`; the last two may be missing. Throws `invalid_input` naming each bad row. */
export const parseLexicon = (text: string): LexiconEntry[] => {
  const { data } = Papa.parse<Record<string, string>>(text.replace(/^\uFEFF/, ''), {
    header: true,
    skipEmptyLines: 'greedy',
    transformHeader: (title) => title.trim().toLowerCase(),
  });
  const problems: string[] = [];
  const entries = data.flatMap((cells, index) => {
    const row = Row.safeParse(cells);
    if (row.success) {
      const { word, say: spoken, language } = row.data;
      return [
        {
          word,
          say: spoken,
          language: language === '' ? null : language,
          caseSensitive: truth.get(row.data.case) ?? false,
        },
      ];
    }
    const reasons = row.error.issues.map((issue) =>
      issue.code === 'invalid_type' ? `has no column "${issue.path.join('.')}"` : issue.message,
    );
    problems.push(`row ${index + 1} ${reasons.join(' and ')}`);
    return [];
  });
  if (data.length === 0) problems.push('there are no rows under a heading "word,say,language,case"');
  if (problems.length > 0)
    throw new AppError('invalid_input', `The lexicon was not changed: ${problems.slice(0, 20).join('; ')}.`);
  return entries;
};

export const importLexicon: Command<ProjectOptions & { readonly file: string; readonly replace?: boolean }> = async (
  context,
  options,
) => {
  const added = parseLexicon(await readTextFile(context, options.file));
  say(context.terminal, `${counted(added.length, 'entry', 'entries')} in ${options.file}.`);
  return change(context, options, (known) => mergeEntries(options.replace === true ? [] : known, added));
};
