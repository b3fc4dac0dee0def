import type { TakeId } from '#contract/entities.ts';

export type FetchAudio = (takeId: TakeId) => Promise<ArrayBuffer>;

/** Ten minutes of mono speech are about 115 MB once decoded. */
const keptSeconds = 600;

/** Decoded takes, newest last; the oldest leave when more than `keptSeconds` are held. */
export const createSoundCache = (fetchAudio: FetchAudio, context: () => BaseAudioContext) => {
  const sounds = new Map<TakeId, Promise<AudioBuffer>>();
  const lengths = new Map<TakeId, number>();

  const trim = (newest: TakeId): void => {
    let held = [...lengths.values()].reduce((sum, seconds) => sum + seconds, 0);
    for (const [takeId, seconds] of [...lengths]) {
      if (held <= keptSeconds || takeId === newest) return;
      held -= seconds;
      lengths.delete(takeId);
      sounds.delete(takeId);
    }
  };

  return {
    get: (takeId: TakeId): Promise<AudioBuffer> => {
      const known = sounds.get(takeId);
      if (known !== undefined) return known;
      const sound = fetchAudio(takeId)
        .then((bytes) => context().decodeAudioData(bytes))
        .then((buffer) => {
          lengths.set(takeId, buffer.duration);
          trim(takeId);
          return buffer;
        });
      sounds.set(takeId, sound);
      sound.catch(() => sounds.delete(takeId));
      return sound;
    },
  };
};
