import { useMemo } from 'react';
import { useStore } from 'zustand';
import { useStudio } from '../../../app/studio-context.ts';
import type { Speaker } from '../../../stores/lexicon-store.ts';

export interface CastSpeaker extends Speaker {
  readonly character: string;
  readonly name: string;
  readonly free: boolean;
}

/** The voices of the open script's cast that can be heard now. A cast may name a voice by id, name or alias. */
export const useSpeakers = (): readonly CastSpeaker[] => {
  const { script, voices } = useStudio();
  const cast = useStore(script, (state) => state.checked?.cast);
  const known = useStore(voices, (state) => state.voices);
  return useMemo(
    () =>
      (cast ?? []).flatMap((entry): CastSpeaker[] => {
        const slash = entry.voice.indexOf('/');
        const workspace = entry.voice.slice(0, slash).trim();
        const name = entry.voice.slice(slash + 1).trim();
        const voice = known.find(
          (one) => one.workspaceName === workspace && [one.voiceId, one.name, one.alias].includes(name),
        );
        if (voice === undefined) return [];
        const { workspaceId, voiceId, free } = voice;
        const { character, model, settings } = entry;
        return [{ character, name: voice.name, free, workspaceId, voiceId, model, settings }];
      }),
    [cast, known],
  );
};
