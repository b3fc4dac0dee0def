import type { EngineContext } from './context.ts';
import { getWorkspace } from '../database/workspaces.ts';
import type { Handlers } from '../router.ts';
import { requireWorkspace } from './lookups.ts';

export const voiceHandlers = (context: EngineContext): Pick<Handlers, 'voice.list'> => ({
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
      unavailable: unavailable.filter(({ workspaceId: id }) => getWorkspace(context.ports.database, id) !== null),
    };
  },
});
