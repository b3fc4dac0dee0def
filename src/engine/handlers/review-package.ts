import type { Handlers } from '../router.ts';
import type { EngineContext } from './context.ts';
import { unbuilt } from './unbuilt.ts';

export const reviewPackageHandlers = (_context: EngineContext): Pick<Handlers, 'review.package' | 'review.readBack'> =>
  unbuilt('review.package', 'review.readBack');
