import type { TakeId } from '#contract/entities.ts';
import { AppError } from '#contract/errors.ts';
import { findTakeSeq, getVerdict, saveAnswer, setVerdict } from '../database/reviews.ts';
import { clientCommentPrefix, insertComment } from '../database/take-comments.ts';
import { exportPath, newExportId } from '../exports.ts';
import { readAnswers } from '../review/answers.ts';
import type { Boards } from '../review/board.ts';
import { packReview, plainName } from '../review/package.ts';
import { createSlices } from '../review/slices.ts';
import type { Handlers } from '../router.ts';
import type { EngineContext } from './context.ts';
import { textOf } from './text-of.ts';

/** A page with more is no pleasure to anybody; a client who must hear them all gets several packages. */
const mostTakes = 5_000;
const mostNamed = 500;

export const reviewPackageHandlers = (
  context: EngineContext,
  boards: Boards,
): Pick<Handlers, 'review.package' | 'review.readBack'> => {
  const { ports, options } = context;
  const { database, clock, ids } = ports;

  return {
    'review.package': async ({ scriptId, renderId, variants, title, note, openOnly }) => {
      const board = await boards.get({ scriptId, renderId: renderId ?? null });
      const { scope, facts } = board;
      const wanted = variants === undefined ? null : new Set(variants);
      const unknown = variants?.find((name) => !scope.spots.some(({ variant }) => variant === name));
      if (unknown !== undefined)
        throw new AppError('invalid_input', `No variant is called "${unknown}". Nothing was packed.`);
      const places = scope.sounds.flatMap(({ spots }, at) => {
        const own = facts[at];
        if (own === undefined || own.shown === null) return [];
        if (openOnly && own.verdict === 'approved') return [];
        return wanted === null || spots.some((place) => wanted.has(scope.spots[place]?.variant ?? '')) ? [at] : [];
      });
      if (places.length === 0)
        throw new AppError(
          'invalid_input',
          openOnly
            ? 'There is nothing to send: every take of it is approved already. Nothing was packed.'
            : 'There is nothing to send yet: no line of it has a take. Render it first.',
        );
      if (places.length > mostTakes)
        throw new AppError(
          'invalid_input',
          `This is ${places.length} takes, more than the ${mostTakes} that one package holds. Nothing was packed; choose some of the variants.`,
        );
      const named = title ?? scope.title;
      const fileName = `${plainName(named, 60)}-review.zip`;
      const { review, entries } = await packReview(ports, board, {
        packageId: ids.next(),
        fileName,
        title: named,
        note,
        places,
      });
      const exportId = newExportId(ids, 'zip');
      const { bytes } = await ports.archive.write(exportPath(exportId), entries);
      const packed = new Set(review.takes.flatMap(({ spots }) => spots));
      const shown = wanted === null ? packed.size : wanted.size;
      return { exportId, fileName, bytes, takes: review.takes.length, variants: shown };
    },
    'review.readBack': async ({ source }) => {
      const { answers, person, packageId } = readAnswers(await textOf(context, source));
      const tally = { approved: 0, rejected: 0, comments: 0, unknown: 0, repeated: 0 };
      const touched: TakeId[] = [];
      const pause = createSlices(clock);
      for (const { take, verdict, at: saidAt, comments } of answers) {
        const at = Math.min(saidAt, clock.now());
        const takeSeq = findTakeSeq(database, take);
        if (takeSeq === null) {
          tally.unknown += 1;
          continue;
        }
        const isNews = database.transaction(() => {
          const isNew = saveAnswer(database, { takeSeq, person, verdict, at, packageId });
          if (isNew && verdict === 'rejected' && getVerdict(database, takeSeq) === 'approved')
            setVerdict(database, takeSeq, 'open', options.person, at);
          if (isNew && verdict !== 'open') tally[verdict] += 1;
          const added = comments.filter((comment) =>
            insertComment(database, {
              id: `${clientCommentPrefix}${packageId}-${comment.id}`,
              takeSeq,
              atMs: comment.atMs,
              text: comment.text,
              person,
              at: Math.min(comment.at, clock.now()),
            }),
          ).length;
          tally.comments += added;
          return isNew || added > 0;
        });
        if (isNews) touched.push(take as TakeId);
        else tally.repeated += 1;
        await pause();
      }
      if (touched.length > 0) context.publish('review.changed', { takeIds: touched.length > mostNamed ? [] : touched });
      return { person, ...tally };
    },
  };
};
