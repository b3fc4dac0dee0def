/** Which scripts speak with given voices, by their casts and the rows of their variants. */
import type { CastEntry, ScriptId } from '#contract/entities.ts';
import type { Voice, VoiceImpact } from '#contract/voices.ts';
import { getScript } from '../database/scripts.ts';
import { listScriptRevisions, listVariantVoices } from '../database/voice-marks.ts';
import type { Clock, ReadableDatabase } from '../ports.ts';
import { parseScript } from '../scripts/parse-script.ts';

/** Longest work without letting others run, in ms. */
const sliceMs = 5;

/** Casts are remembered until their script changes: reading one takes as long as asking a thousand voices. */
export const createImpactSearch = (database: ReadableDatabase, clock: Pick<Clock, 'monotonic' | 'breathe'>) => {
  const casts = new Map<string, { readonly revision: number; readonly cast: readonly CastEntry[] }>();
  const castOf = (id: string, revision: number): readonly CastEntry[] => {
    const known = casts.get(id);
    if (known?.revision === revision) return known.cast;
    const { cast } = parseScript(getScript(database, id)?.source ?? '');
    casts.set(id, { revision, cast });
    return cast;
  };

  /** `find` tells the voice that a reference in a script means; null where it means none. Voices that no script names are left out. */
  return async (voices: readonly Voice[], find: (reference: string) => Voice | null): Promise<VoiceImpact[]> => {
    if (voices.length === 0) return [];
    const uses = new Map(voices.map((voice) => [voice.reference, new Map<string, Set<string>>()]));
    const note = (scriptId: string, character: string, reference: string): void => {
      const scripts = uses.get(find(reference)?.reference ?? '');
      scripts?.set(scriptId, (scripts.get(scriptId) ?? new Set()).add(character));
    };
    const scripts = listScriptRevisions(database);
    let started = clock.monotonic();
    for (const { id, revision } of scripts) {
      for (const { character, voice } of castOf(id, revision)) note(id, character, voice);
      if (clock.monotonic() - started < sliceMs) continue;
      await clock.breathe();
      started = clock.monotonic();
    }
    for (const { scriptId, character, reference } of listVariantVoices(database)) note(scriptId, character, reference);
    return voices.flatMap((voice) => {
      const named = scripts.flatMap(({ id, title }) => {
        const characters = uses.get(voice.reference)?.get(id);
        return characters === undefined ? [] : [{ scriptId: id as ScriptId, title, characters: [...characters] }];
      });
      return named.length === 0 ? [] : [{ voice, scripts: named }];
    });
  };
};
