import type { Handlers } from '../router.ts';
import type { EngineContext } from './context.ts';
import { unbuilt } from './unbuilt.ts';

export const historyIndexHandlers = (
  _context: EngineContext,
): Pick<
  Handlers,
  'history.index' | 'history.ofTake' | 'history.assign' | 'savedSearch.list' | 'savedSearch.save' | 'savedSearch.remove'
> =>
  unbuilt(
    'history.index',
    'history.ofTake',
    'history.assign',
    'savedSearch.list',
    'savedSearch.save',
    'savedSearch.remove',
  );
