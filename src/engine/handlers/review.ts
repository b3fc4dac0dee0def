import type { Handlers } from '../router.ts';
import type { EngineContext } from './context.ts';
import { unbuilt } from './unbuilt.ts';

export const reviewHandlers = (
  _context: EngineContext,
): Pick<
  Handlers,
  | 'review.list'
  | 'review.setVerdict'
  | 'review.assign'
  | 'review.markHeard'
  | 'review.comments'
  | 'review.comment'
  | 'review.resolveComment'
  | 'review.removeComment'
> =>
  unbuilt(
    'review.list',
    'review.setVerdict',
    'review.assign',
    'review.markHeard',
    'review.comments',
    'review.comment',
    'review.resolveComment',
    'review.removeComment',
  );
