/** Where a search's candidates come from. */
import { listRuns } from '../database/history-order.ts';
import { fewHits, type Hit, pageBySpeaker, pageByTime, pageByWords, seqInRun } from '../database/history-search.ts';
import type { ReadableDatabase } from '../ports.ts';
import type { Stream } from './merge.ts';

/** Ids from `from` to below `before`. */
export interface Span {
  readonly from: number;
  readonly before: number;
}
/** More runs than this are not asked one by one where a word is rare enough to be read whole. */
const fewRuns = 4;
/** More voices than this are compared entry by entry. */
export const fewSpeakers = 24;

/** Asks for what is below the last hit, by id. */
const downwards = (span: Span, page: (before: number, count: number) => Hit[]): Stream => {
  let before = span.before;
  return {
    highestId: span.before - 1,
    next: (count) => {
      const hits = page(before, count);
      before = hits.at(-1)?.id ?? span.from;
      return hits;
    },
  };
};
export const ofList = (hits: readonly Hit[]): Stream => {
  let at = 0;
  return {
    highestId: hits[0]?.id ?? -1,
    next: (count) => {
      const page = hits.slice(at, at + count);
      at += count;
      return page;
    },
  };
};

export const streamsByTime = (database: ReadableDatabase, span: Span): Stream[] => [
  downwards(span, (before, count) => pageByTime(database, before, span.from, count)),
];
export const streamsBySpeakers = (database: ReadableDatabase, speakers: readonly number[], span: Span): Stream[] =>
  speakers.map((speaker) =>
    downwards(span, (before, count) => pageBySpeaker(database, speaker, before, span.from, count)),
  );
export const streamsByWords = (database: ReadableDatabase, match: string, span: Span): Stream[] => {
  const runs = listRuns(database).filter((run) => run.lowId < span.before && run.highId >= span.from);
  if (runs.length > fewRuns) {
    const all = fewHits(database, match, 500);
    if (all !== null) return [ofList(all.filter(({ id }) => id < span.before && id >= span.from))];
  }
  return runs.map((run) => {
    let lowSeq = -1;
    let beforeSeq = -1;
    return {
      highestId: Math.min(run.highId, span.before - 1),
      next: (count) => {
        if (beforeSeq < 0) {
          lowSeq = seqInRun(database, run, span.from);
          beforeSeq = seqInRun(database, run, span.before);
        }
        const hits = pageByWords(database, match, beforeSeq, lowSeq, count);
        beforeSeq = hits.at(-1)?.seq ?? lowSeq;
        return hits;
      },
    };
  });
};
