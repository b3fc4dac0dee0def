import type { Handlers } from '../router.ts';
import type { EngineContext } from './context.ts';
import { unbuilt } from './unbuilt.ts';

export const personHandlers = (
  _context: EngineContext,
): Pick<Handlers, 'person.list' | 'person.add' | 'person.remove'> =>
  unbuilt('person.list', 'person.add', 'person.remove');
