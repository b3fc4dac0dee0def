import { AppError } from '#contract/errors.ts';
import type { EngineContext } from './context.ts';
import type { Handlers } from '../router.ts';

const notYet = (): never => {
  throw new AppError('internal', 'Not built yet.');
};
export const accountHandlers = (
  _context: EngineContext,
): Pick<
  Handlers,
  | 'account.meters'
  | 'account.refresh'
  | 'account.subscription'
  | 'account.reconcile'
  | 'usage.query'
  | 'usage.export'
  | 'usage.sync'
  | 'budget.list'
  | 'budget.set'
  | 'budget.remove'
  | 'alert.list'
  | 'alert.dismiss'
> => ({
  'account.meters': notYet,
  'account.refresh': notYet,
  'account.subscription': notYet,
  'account.reconcile': notYet,
  'usage.query': notYet,
  'usage.export': notYet,
  'usage.sync': notYet,
  'budget.list': notYet,
  'budget.set': notYet,
  'budget.remove': notYet,
  'alert.list': notYet,
  'alert.dismiss': notYet,
});
