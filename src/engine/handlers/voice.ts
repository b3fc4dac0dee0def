import { AppError } from '#contract/errors.ts';
import type { EngineContext } from './context.ts';
import { getWorkspace } from '../database/workspaces.ts';
import type { Handlers } from '../router.ts';
import { requireWorkspace } from './lookups.ts';

const notYet = (): never => {
  throw new AppError('internal', 'Not built yet.');
};

export const voiceHandlers = (
  context: EngineContext,
): Pick<
  Handlers,
  | 'voice.list'
  | 'voice.refresh'
  | 'voice.models'
  | 'voice.mark'
  | 'voice.similar'
  | 'voice.impact'
  | 'voice.preview'
  | 'voice.library'
  | 'voice.addFromLibrary'
  | 'palette.get'
  | 'palette.set'
> => ({
  'voice.list': async ({ workspaceId, search }) => {
    const only = workspaceId === undefined ? undefined : [requireWorkspace(context.ports.database, workspaceId).name];
    const unavailable = await context.voices.load(only);
    const words = (search ?? '')
      .toLowerCase()
      .split(/\s+/)
      .filter((word) => word !== '');
    const voices = context.voices.list().filter((voice) => {
      if (workspaceId !== undefined && voice.workspaceId !== workspaceId) return false;
      const text = [voice.name, voice.voiceId, voice.language, voice.gender, voice.description, voice.workspaceName]
        .join(' ')
        .toLowerCase();
      return words.every((word) => text.includes(word));
    });
    return {
      voices,
      facets: {},
      catalogues: [],
      unavailable: unavailable.filter(({ workspaceId: id }) => getWorkspace(context.ports.database, id) !== null),
    };
  },
  'voice.refresh': notYet,
  'voice.models': notYet,
  'voice.mark': notYet,
  'voice.similar': notYet,
  'voice.impact': notYet,
  'voice.preview': notYet,
  'voice.library': notYet,
  'voice.addFromLibrary': notYet,
  'palette.get': notYet,
  'palette.set': notYet,
});
