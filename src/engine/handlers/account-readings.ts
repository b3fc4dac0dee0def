import type { Handlers } from '../router.ts';
import type { EngineContext } from './context.ts';
import { unbuilt } from './unbuilt.ts';

export const accountReadingsHandlers = (_context: EngineContext): Pick<Handlers, 'account.readings'> =>
  unbuilt('account.readings');
