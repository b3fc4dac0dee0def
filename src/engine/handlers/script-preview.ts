import type { Handlers } from '../router.ts';
import type { EngineContext } from './context.ts';
import { unbuilt } from './unbuilt.ts';

export const scriptPreviewHandlers = (_context: EngineContext): Pick<Handlers, 'script.preview'> =>
  unbuilt('script.preview');
