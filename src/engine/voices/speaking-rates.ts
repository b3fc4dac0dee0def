/** Seconds a character takes, from the newest takes: what vendors that charge by the second are estimated with. */
import { newestTakeSeq, sampleSpeech } from '../database/voices.ts';
import type { Clock, ReadableDatabase } from '../ports.ts';

/** Takes looked at: the rate hardly moves with more, and reading them takes about a millisecond. */
const sampleSize = 400;
/** Fewer takes than this say too little about a voice. */
const enoughTakes = 3;
/** A running render adds takes all the time; looking again at most this often, in ms. */
const restMs = 1_000;

export interface SpeakingRates {
  /** At normal speed: of this voice, else of all; null before the first take. */
  of(provider: string, voiceId: string): number | null;
}

interface Total {
  readonly takes: number;
  readonly characters: number;
  readonly seconds: number;
}
const nothing: Total = { takes: 0, characters: 0, seconds: 0 };
const rateOf = ({ characters, seconds }: Total): number | null => (characters === 0 ? null : seconds / characters);

export const createSpeakingRates = (database: ReadableDatabase, clock: Pick<Clock, 'monotonic'>): SpeakingRates => {
  let lookedAt = Number.NEGATIVE_INFINITY;
  let newest = 0;
  let all = nothing;
  let byVoice = new Map<string, Total>();

  const look = (): void => {
    lookedAt = clock.monotonic();
    const seq = newestTakeSeq(database);
    if (seq === newest) return;
    newest = seq;
    all = nothing;
    byVoice = new Map();
    for (const { provider, voice, characters, seconds, speed } of sampleSpeech(database, sampleSize)) {
      if (!(seconds > 0 && speed > 0)) continue;
      const add = (total: Total): Total => ({
        takes: total.takes + 1,
        characters: total.characters + characters,
        seconds: total.seconds + seconds * speed,
      });
      all = add(all);
      const key = `${provider}/${voice}`;
      byVoice.set(key, add(byVoice.get(key) ?? nothing));
    }
  };
  return {
    of: (provider, voiceId) => {
      if (clock.monotonic() - lookedAt >= restMs) look();
      const own = byVoice.get(`${provider}/${voiceId}`) ?? nothing;
      return rateOf(own.takes >= enoughTakes ? own : all);
    },
  };
};
