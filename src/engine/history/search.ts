/**
 * The search over the history: candidates newest first, through the filters, a page at a time. Work is bounded: after
 * a number of candidates the page comes back as it is, maybe short or empty, with a cursor that goes on from there.
 */
import type { HistoryEntry } from '#contract/history.ts';
import { AppError } from '#contract/errors.ts';
import { firstIdAt } from '../database/history-order.ts';
import {
  type EntryFilter,
  type EntryRow,
  filtersNothing,
  noFilter,
  readEntries,
  readNewest,
} from '../database/history-pages.ts';
import { listWaiting } from '../database/history-search.ts';
import { listSpeakers, speakersOf } from '../database/history-speakers.ts';
import { getWorkspace } from '../database/workspaces.ts';
import type { Clock, ReadableDatabase } from '../ports.ts';
import { createIndexQuery } from './index-query.ts';
import { mergeStreams, type Stream } from './merge.ts';
import { createPresenter, type Presenter } from './present.ts';
import { type Columns, foldText, holdsAll, isEmptyQuery, parseQuery, type QueryWords } from './query-words.ts';
import { rankEntries } from './rank.ts';
import { fewSpeakers, ofList, type Span, streamsBySpeakers, streamsByTime, streamsByWords } from './streams.ts';

export interface HistoryQuery {
  readonly text: string;
  readonly workspaceIds?: readonly string[] | undefined;
  readonly origin?: 'cuebooth' | 'vendor' | undefined;
  readonly voice?: string | undefined;
  readonly model?: string | undefined;
  readonly status?: string | undefined;
  readonly vendorSource?: string | undefined;
  readonly project?: string | undefined;
  readonly person?: string | undefined;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly minCredits?: number | undefined;
  readonly maxCredits?: number | undefined;
  readonly suspect?: boolean | undefined;
  readonly order: 'newest' | 'best';
  readonly after?: string | undefined;
  readonly limit: number;
}
export interface HistoryPage {
  readonly entries: HistoryEntry[];
  readonly cursor: string | null;
}

/** Candidates looked at for one page before it comes back short, and in one piece of work (about 5 ms). */
const byFilter = { most: 20_000, slice: 1_000 } as const;
/** The same where each text is compared: those take five times as long. */
const byText = { most: 5_000, slice: 200 } as const;
/** Hits among which the best are found. */
const rankedHits = 1_000;

const badCursor = (): AppError =>
  new AppError('invalid_input', 'This cursor does not belong to a page of the history. Search anew without it.');
const readCursor = (text: string): number => {
  if (!/^\d{1,16}$/.test(text)) throw badCursor();
  return Number(text);
};

/** Rows of voices that the filters by voice and model let through; null: all. */
const speakersFor = (database: ReadableDatabase, { voice, model }: HistoryQuery): number[] | null => {
  if (voice === undefined && model === undefined) return null;
  const withId = voice === undefined ? [] : speakersOf(database, voice);
  const part = foldText(voice ?? '');
  return (withId.length > 0 ? withId : listSpeakers(database))
    .filter(
      (speaker) =>
        (withId.length > 0 || foldText(speaker.name ?? speaker.voice).includes(part)) &&
        (model === undefined || speaker.model.toLowerCase() === model.toLowerCase()),
    )
    .map(({ seq }) => seq);
};
const filterOf = (database: ReadableDatabase, query: HistoryQuery): EntryFilter => ({
  workspaceSeqs:
    query.workspaceIds === undefined
      ? null
      : query.workspaceIds.flatMap((id) => {
          const row = getWorkspace(database, id);
          return row === null ? [] : [row.seq];
        }),
  origin: query.origin ?? null,
  speakerSeqs: speakersFor(database, query),
  status: query.status ?? null,
  vendorSource: query.vendorSource ?? null,
  project: query.project ?? null,
  person: query.person ?? null,
  minCredits: query.minCredits ?? null,
  maxCredits: query.maxCredits ?? null,
  suspect: query.suspect === true ? true : null,
});

interface Found {
  readonly rows: readonly EntryRow[];
  /** Id from which the next page goes down; null: nothing is left. */
  readonly next: number | null;
}

export const createHistorySearch = ({
  database,
  clock,
}: {
  readonly database: ReadableDatabase;
  readonly clock: Pick<Clock, 'breathe'>;
}) => {
  const find = async (query: HistoryQuery, words: QueryWords, span: Span, limit: number): Promise<Found> => {
    const presenter = createPresenter(database);
    const { match, rest } = createIndexQuery(database, words);
    let filter = filterOf(database, query);
    const speakers = filter.speakerSeqs;
    const byVoice = match === null && speakers !== null && speakers.length <= fewSpeakers;
    // What a stream sees to need not be filtered again.
    if (byVoice) filter = { ...filter, speakerSeqs: null };
    const isPlain = filtersNothing(filter) && rest === null;
    if (isPlain && match === null && !byVoice) {
      const rows = readNewest(database, span.before, span.from, limit + 1);
      return rows.length > limit
        ? { rows: rows.slice(0, limit), next: rows[limit - 1]?.id ?? null }
        : { rows, next: null };
    }
    const take = mergeStreams(
      match !== null
        ? [...streamsByWords(database, match, span), waitingStream(presenter, words, span)]
        : byVoice
          ? streamsBySpeakers(database, speakers, span)
          : streamsByTime(database, span),
    );
    const { most, slice } = rest === null ? byFilter : byText;
    const rows: EntryRow[] = [];
    // One more than wanted tells whether there is another page. Where few pass, more are looked at in one go.
    let asked = limit + 1;
    for (let lookedAt = 0; ; asked *= 4) {
      asked = Math.min(slice, isPlain ? limit - rows.length + 1 : asked);
      const hits = take(asked);
      lookedAt += hits.length;
      const passed = readEntries(
        database,
        hits.map(({ seq }) => seq),
        filter,
        rest === null ? limit - rows.length + 1 : hits.length,
      );
      for (const row of passed) {
        if (rest !== null && !holdsAll(presenter.columns(row), rest)) continue;
        if (rows.length === limit) return { rows, next: rows.at(-1)?.id ?? null };
        rows.push(row);
      }
      if (hits.length < asked) return { rows, next: null };
      if (lookedAt >= most) return { rows, next: hits.at(-1)?.id ?? null };
      await clock.breathe();
    }
  };

  /** Entries that are not in the index yet, compared one by one: they are few. */
  const waitingStream = (presenter: Presenter, words: QueryWords, span: Span): Stream => {
    const rows = readEntries(database, listWaiting(database), noFilter, byFilter.most);
    const found = rows.filter(({ id }) => id < span.before && id >= span.from);
    return ofList(found.filter((row) => holdsAll(presenter.columns(row), words)).sort((a, b) => b.id - a.id));
  };
  const spanOf = (query: HistoryQuery, after: number | null): Span => ({
    from: firstIdAt(query.from ?? 0),
    before: Math.min(
      after ?? Number.MAX_SAFE_INTEGER,
      query.to === undefined ? Number.MAX_SAFE_INTEGER : firstIdAt(query.to),
    ),
  });

  const newest = async (query: HistoryQuery, words: QueryWords): Promise<HistoryPage> => {
    const span = spanOf(query, query.after === undefined ? null : readCursor(query.after));
    const { rows, next } = await find(query, words, span, query.limit);
    return { entries: createPresenter(database).entries(rows), cursor: next === null ? null : String(next) };
  };

  /** Pages of one ranking: the cursor keeps where its hits began, so that what is made meanwhile does not shift it. */
  const best = async (query: HistoryQuery, words: QueryWords): Promise<HistoryPage> => {
    const [, before = '', skipped = ''] =
      query.after === undefined ? [] : (/^best:(\d{1,16}):(\d{1,4})$/.exec(query.after) ?? [null]);
    if (query.after !== undefined && before === '') throw badCursor();
    const span = spanOf(query, before === '' ? null : Number(before));
    const { rows } = await find(query, words, span, rankedHits);
    const presenter = createPresenter(database);
    const hits: { readonly row: EntryRow; readonly columns: Columns }[] = [];
    for (const row of rows) {
      if (hits.length % byText.slice === byText.slice - 1) await clock.breathe();
      hits.push({ row, columns: presenter.columns(row) });
    }
    const ranked = rankEntries(hits, words);
    const start = Number(skipped);
    const page = ranked.slice(start, start + query.limit);
    const anchor = before === '' ? (rows[0]?.id ?? 0) + 1 : Number(before);
    const end = start + page.length;
    return { entries: presenter.entries(page), cursor: end < ranked.length ? `best:${anchor}:${end}` : null };
  };

  return (query: HistoryQuery): Promise<HistoryPage> => {
    const words = parseQuery(query.text);
    const isRanked = query.order === 'best' && !isEmptyQuery(words);
    return isRanked ? best(query, words) : newest(query, words);
  };
};
