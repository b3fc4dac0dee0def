/**
 * The whole history as a list to jump about in: its length is known, and of its pages the few that were looked at last
 * are kept. Whoever draws says which rows are in sight; what is not here yet is fetched, the newest wish first.
 */
import type { Client } from '#client/index.ts';
import type { HistoryEntry } from '#contract/history.ts';

const step = 200;
/** Of 200 entries each: about 6,000 rows. */
const keptPages = 30;
/** More of the newest page are asked for than it had when it was measured: entries may have come since. */
const slack = 100;
/** The engine's most for one page. */
const mostAtOnce = 500;
/** Requests at a time; a scrollbar that is dragged passes hundreds of pages that nobody will see. */
const atOnce = 2;

interface Page {
  readonly entries: readonly HistoryEntry[];
  /** Something in it may have changed: it is shown until it was fetched again. */
  readonly isStale: boolean;
}
interface Index {
  readonly total: number;
  readonly newest: number;
  readonly cursors: readonly (string | null)[];
}

export const createWholeList = (
  client: Pick<Client, 'call'>,
  {
    onChange,
    onError,
  }: {
    /** `added`: rows that came on top. */
    readonly onChange: (added: number) => void;
    readonly onError: (error: unknown) => void;
  },
) => {
  let index: Index | null = null;
  let wanted: readonly [number, number] = [0, 0];
  /** By their cursor, which stays theirs while entries come on top; the one looked at last stands last. */
  const pages = new Map<string | null, Page>();
  const loading = new Set<string | null>();
  const later = new Set<string | null>();

  const place = (row: number): { readonly page: number; readonly offset: number } => {
    const newest = index?.newest ?? 0;
    if (row < newest) return { page: 0, offset: row };
    return { page: 1 + Math.floor((row - newest) / step), offset: (row - newest) % step };
  };
  const sizeOf = (page: number): number => (page === 0 ? (index?.newest ?? 0) : step);

  /** The newest page reaches down to the first cursor, however many there are by now. Returns how many more. */
  const putNewest = (entries: readonly HistoryEntry[]): number => {
    if (index === null) return 0;
    const oldest = index.cursors[1];
    const end =
      oldest === undefined || oldest === null ? entries.length : entries.findIndex(({ id }) => id === oldest) + 1;
    // More came than were asked for: it is measured anew as they are told of, and shown then.
    if (end === 0 && entries.length > 0) return 0;
    const added = Math.max(0, end - index.newest);
    index = { ...index, newest: index.newest + added, total: index.total + added };
    pages.set(null, { entries: entries.slice(0, end), isStale: later.delete(null) });
    return added;
  };
  const load = async (page: number): Promise<void> => {
    const after = index?.cursors[page];
    if (after === undefined) return;
    loading.add(after);
    try {
      const limit = page === 0 ? Math.min(mostAtOnce, sizeOf(0) + slack) : step;
      const { entries } = await client.call('history.search', { limit, ...(after === null ? {} : { after }) });
      pages.delete(after);
      const added = page === 0 ? putNewest(entries) : 0;
      if (page > 0) pages.set(after, { entries, isStale: later.delete(after) });
      for (const oldest of pages.keys()) {
        if (pages.size <= keptPages) break;
        pages.delete(oldest);
      }
      onChange(added);
    } catch (error) {
      onError(error);
      return;
    } finally {
      loading.delete(after);
    }
    pump();
  };
  const pump = (): void => {
    if (index === null || index.total === 0) return;
    const [first, last] = [place(wanted[0]).page, place(Math.min(wanted[1], index.total - 1)).page];
    for (let page = first; page <= last; page += 1) {
      const key = index.cursors[page];
      if (key === undefined || loading.has(key) || loading.size >= atOnce) continue;
      const known = pages.get(key);
      if (known === undefined || known.isStale) void load(page);
    }
  };

  const rowAt = (row: number): HistoryEntry | undefined => {
    if (index === null) return undefined;
    const { page, offset } = place(row);
    const key = index.cursors[page];
    const known = key === undefined ? undefined : pages.get(key);
    // What grew since stands above what is here.
    return known?.entries[offset - (page === 0 ? sizeOf(0) - known.entries.length : 0)];
  };

  return {
    total: (): number => index?.total ?? 0,
    rowAt,
    /** Rows in sight, from the first to the last. */
    want: (first: number, last: number): void => {
      wanted = [first, last];
      pump();
    },
    /** Where an entry stands, if its page is here. */
    find: (id: string): number => {
      for (const [page, key] of (index?.cursors ?? []).entries()) {
        const at = pages.get(key)?.entries.findIndex((entry) => entry.id === id) ?? -1;
        if (at < 0) continue;
        const known = pages.get(key)?.entries.length ?? 0;
        return page === 0 ? at + sizeOf(0) - known : sizeOf(0) + (page - 1) * step + at;
      }
      return -1;
    },
    put: (entry: HistoryEntry): void => {
      for (const [key, page] of pages) {
        if (!page.entries.some(({ id }) => id === entry.id)) continue;
        pages.set(key, { ...page, entries: page.entries.map((one) => (one.id === entry.id ? entry : one)) });
      }
    },
    /** What is here may be of yesterday: fetched again where it is in sight. */
    mistrust: (): void => {
      for (const [key, page] of pages) pages.set(key, { ...page, isStale: true });
      for (const key of loading) later.add(key);
      pump();
    },
    /** Asks how long the list is now. Returns how many rows came on top; 0 where the list was made anew. */
    measure: async (): Promise<number> => {
      const found = await client.call('history.index', { step });
      const before = index;
      index = found;
      const [oldest, first] = [before?.cursors.at(-1) ?? null, before?.cursors[1] ?? null];
      const kept = before === null ? 0 : before.cursors.length;
      const grew =
        before !== null &&
        found.total >= before.total &&
        (oldest === null || found.cursors.at(-1) === oldest) &&
        (first === null || found.cursors.at(1 - kept) === first);
      if (!grew) pages.clear();
      else if (found.cursors.length !== kept) pages.delete(null);
      else if (found.total !== before.total) {
        const top = pages.get(null);
        if (top !== undefined) pages.set(null, { ...top, isStale: true });
      }
      pump();
      return grew ? found.total - before.total : 0;
    },
    hasIndex: (): boolean => index !== null,
  };
};
