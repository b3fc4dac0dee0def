import type { Handlers } from '../router.ts';
import type { EngineContext } from './context.ts';
import { unbuilt } from './unbuilt.ts';

export const scriptTextsHandlers = (
  _context: EngineContext,
): Pick<
  Handlers,
  | 'script.restore'
  | 'script.rename'
  | 'script.revisions'
  | 'script.revision'
  | 'script.revert'
  | 'script.find'
  | 'script.replace'
  | 'script.convert'
  | 'project.rename'
> =>
  unbuilt(
    'script.restore',
    'script.rename',
    'script.revisions',
    'script.revision',
    'script.revert',
    'script.find',
    'script.replace',
    'script.convert',
    'project.rename',
  );
