/** What a search found so far: loaded on by its cursor, and its top looked at again when the history changes. */
import type { Client } from '#client/index.ts';
import type { HistoryEntry } from '#contract/history.ts';
import type { MethodInput } from '#contract/methods/index.ts';

type Question = MethodInput<'history.search'>;
const firstPage = 100;
const nextPage = 200;
/** The engine's most: so many of the top are compared when something changed. */
const comparedAgain = 500;

export interface FoundRows {
  readonly question: Question;
  readonly rows: readonly HistoryEntry[];
  /** Null: that was all. */
  readonly cursor: string | null;
}

/** One page at least has a row in it, or there are none: pages through a narrow filter may come back empty. */
export const searchFirst = async (
  client: Pick<Client, 'call'>,
  question: Question,
  isWanted: () => boolean,
): Promise<FoundRows> => searchOn(client, { question, rows: [], cursor: null }, firstPage, isWanted);

const searchOn = async (
  client: Pick<Client, 'call'>,
  { question, rows, cursor }: FoundRows,
  limit: number,
  isWanted: () => boolean,
): Promise<FoundRows> => {
  let after = cursor;
  for (;;) {
    const page = await client.call('history.search', { ...question, limit, ...(after === null ? {} : { after }) });
    if (page.entries.length > 0 || page.cursor === null || !isWanted())
      return { question, rows: [...rows, ...page.entries], cursor: page.cursor };
    after = page.cursor;
  }
};
export const searchMore = (
  client: Pick<Client, 'call'>,
  found: FoundRows,
  isWanted: () => boolean,
): Promise<FoundRows> => searchOn(client, found, nextPage, isWanted);

/** The same search with what came on top since, and what changed among its first rows. `added`: rows on top. */
export const searchAgain = async (
  client: Pick<Client, 'call'>,
  found: FoundRows,
): Promise<{ readonly found: FoundRows; readonly added: number }> => {
  const limit = Math.min(comparedAgain, Math.max(firstPage, found.rows.length));
  const { entries, cursor } = await client.call('history.search', { ...found.question, limit });
  const known = new Set(found.rows.map(({ id }) => id));
  const fresh = entries.filter(({ id }) => !known.has(id));
  if (found.rows.length <= limit || found.question.order === 'best')
    return { found: { ...found, rows: entries, cursor }, added: fresh.length };
  const now = new Map(entries.map((entry) => [entry.id, entry]));
  const rows = [...fresh, ...found.rows.map((row) => now.get(row.id) ?? row)];
  return { found: { ...found, rows }, added: fresh.length };
};
