import type { Handlers } from '../router.ts';
import type { EngineContext } from './context.ts';
import { unbuilt } from './unbuilt.ts';

export const variantPatchHandlers = (
  _context: EngineContext,
): Pick<Handlers, 'variant.patch' | 'variant.outlook' | 'variant.export'> =>
  unbuilt('variant.patch', 'variant.outlook', 'variant.export');
