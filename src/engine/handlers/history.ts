import { AppError } from '#contract/errors.ts';
import type { EngineContext } from './context.ts';
import type { Handlers } from '../router.ts';

const notYet = (): never => {
  throw new AppError('internal', 'Not built yet.');
};
export const historyHandlers = (
  _context: EngineContext,
): Pick<
  Handlers,
  'history.search' | 'history.get' | 'history.setNote' | 'history.sync' | 'history.fetchAudio' | 'take.timings'
> => ({
  'history.search': notYet,
  'history.get': notYet,
  'history.setNote': notYet,
  'history.sync': notYet,
  'history.fetchAudio': notYet,
  'take.timings': notYet,
});
