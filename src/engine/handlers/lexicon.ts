import type { Handlers } from '../router.ts';
import type { EngineContext } from './context.ts';
import { unbuilt } from './unbuilt.ts';

export const lexiconHandlers = (_context: EngineContext): Pick<Handlers, 'lexicon.impact' | 'lexicon.compile'> =>
  unbuilt('lexicon.impact', 'lexicon.compile');
