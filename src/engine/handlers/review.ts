import type { RecipeHash, TakeId } from '#contract/entities.ts';
import { AppError } from '#contract/errors.ts';
import type { ReviewComment } from '#contract/review.ts';
import { findRecipeId } from '../database/recipes.ts';
import {
  addHearing,
  findTakeSeq,
  getVerdict,
  listTakeIds,
  readMarks,
  setAssignee,
  setVerdict,
} from '../database/reviews.ts';
import {
  getComment,
  insertComment,
  listTakeComments,
  setCommentRemoved,
  setCommentResolved,
} from '../database/take-comments.ts';
import { listTakes } from '../database/takes.ts';
import type { Boards } from '../review/board.ts';
import { charactersOf, choose, countVerdicts, itemOf } from '../review/list.ts';
import { createSlices } from '../review/slices.ts';
import type { Handlers } from '../router.ts';
import type { EngineContext } from './context.ts';

/** Nobody makes more takes of one line. */
const everyTake = {
  scriptId: null,
  lineId: null,
  variant: null,
  search: null,
  suspectOnly: false,
  after: null,
  limit: 500,
} as const;
/** Above this an event says "many" and everything is looked at anew. */
const mostNamed = 500;

export const reviewHandlers = (
  context: EngineContext,
  boards: Boards,
): Pick<
  Handlers,
  | 'review.list'
  | 'review.takes'
  | 'review.setVerdict'
  | 'review.assign'
  | 'review.markHeard'
  | 'review.comments'
  | 'review.comment'
  | 'review.resolveComment'
  | 'review.removeComment'
> => {
  const { ports, options } = context;
  const { database, clock, ids } = ports;
  const { person } = options;
  const changed = (takeIds: readonly TakeId[]): void =>
    context.publish('review.changed', { takeIds: takeIds.length > mostNamed ? [] : [...takeIds] });
  const requireTake = (takeId: string): number => {
    const seq = findTakeSeq(database, takeId);
    if (seq === null)
      throw new AppError('not_found', 'One of these takes is not in the library (any more). Nothing was changed.');
    return seq;
  };
  const requireComment = (id: string): ReviewComment => {
    const found = getComment(database, id);
    if (found === null)
      throw new AppError('not_found', 'This comment is not in the library (any more). Nothing was changed.');
    return found;
  };

  return {
    'review.list': async ({ scriptId, renderId, offset, limit, ...filter }) => {
      const board = await boards.get({ scriptId, renderId: renderId ?? null });
      const places = choose(board, filter);
      const pause = createSlices(clock);
      const items = [];
      for (const at of places.slice(offset, offset + limit)) {
        items.push(itemOf(database, board, at));
        await pause();
      }
      return {
        items,
        total: places.length,
        counts: countVerdicts(board),
        characters: charactersOf(board),
        slotSeconds: board.scope.slotSeconds,
      };
    },
    'review.takes': ({ recipeHash }) =>
      listTakes(database, { ...everyTake, recipeHash })
        .takes.toSorted((a, b) => a.takeNo - b.takeNo)
        .map((take) => ({ take, ...readMarks(database, take.id) })),
    'review.setVerdict': ({ verdicts }) => {
      const at = clock.now();
      const before = database.transaction(() =>
        verdicts.map(({ takeId, verdict }) => {
          const seq = requireTake(takeId);
          const earlier = getVerdict(database, seq);
          if (earlier !== verdict) setVerdict(database, seq, verdict, person, at);
          return { takeId, verdict: earlier };
        }),
      );
      changed(verdicts.map(({ takeId }) => takeId));
      return { before };
    },
    'review.assign': ({ assignments }) => {
      const at = clock.now();
      const takeIds: TakeId[] = [];
      const before = database.transaction(() =>
        assignments.map((assignment): { recipeHash: RecipeHash; person: string | null } => {
          const recipeId = findRecipeId(database, assignment.recipeHash);
          if (recipeId === null)
            throw new AppError(
              'not_found',
              'One of these lines was never rendered, so there is nothing to hear yet. Nothing was assigned.',
            );
          takeIds.push(...listTakeIds(database, recipeId));
          return {
            recipeHash: assignment.recipeHash,
            person: setAssignee(database, recipeId, assignment.person, at),
          };
        }),
      );
      changed(takeIds);
      return { before };
    },
    'review.markHeard': ({ takeId }) => {
      const seq = requireTake(takeId);
      database.transaction(() => addHearing(database, seq, person, clock.now()));
      changed([takeId]);
      return {};
    },
    'review.comments': ({ recipeHash, takeId }) => {
      if (takeId !== undefined) return listTakeComments(database, requireTake(takeId));
      const recipeId = recipeHash === undefined ? null : findRecipeId(database, recipeHash);
      if (recipeId === null) return [];
      return listTakeIds(database, recipeId).flatMap((id) => listTakeComments(database, requireTake(id)));
    },
    'review.comment': ({ takeId, atMs, text }) => {
      const takeSeq = requireTake(takeId);
      const id = ids.next();
      database.transaction(() => insertComment(database, { id, takeSeq, atMs, text, person, at: clock.now() }));
      changed([takeId]);
      return requireComment(id);
    },
    'review.resolveComment': ({ id, resolved }) => {
      const { takeId } = requireComment(id);
      database.transaction(() => setCommentResolved(database, id, resolved ? clock.now() : null));
      changed([takeId]);
      return requireComment(id);
    },
    'review.removeComment': ({ id, removed }) => {
      const { takeId } = requireComment(id);
      database.transaction(() => setCommentRemoved(database, id, removed ? clock.now() : null));
      changed([takeId]);
      return {};
    },
  };
};
