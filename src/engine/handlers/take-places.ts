import type { Handlers } from '../router.ts';
import type { EngineContext } from './context.ts';
import { unbuilt } from './unbuilt.ts';

export const takePlacesHandlers = (_context: EngineContext): Pick<Handlers, 'take.places' | 'take.file'> =>
  unbuilt('take.places', 'take.file');
