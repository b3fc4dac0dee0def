import type { Handlers } from '../router.ts';
import type { EngineContext } from './context.ts';
import { unbuilt } from './unbuilt.ts';

export const libraryStorageHandlers = (
  _context: EngineContext,
): Pick<Handlers, 'library.storage' | 'library.cleanUp' | 'library.export' | 'library.restore'> =>
  unbuilt('library.storage', 'library.cleanUp', 'library.export', 'library.restore');
