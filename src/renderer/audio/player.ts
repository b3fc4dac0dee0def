import type { TakeId } from '#contract/entities.ts';
import { createSoundCache, type FetchAudio } from './sound-cache.ts';
import {
  lengthOf,
  type PlacedStep,
  placeSteps,
  type Program,
  remainingFrom,
  type Side,
  type Step,
} from './timeline.ts';

export interface Player {
  /** Stops what plays and stands at the start of the program. */
  load(program: Program): void;
  play(): Promise<void>;
  pause(): void;
  seek(seconds: number): void;
  position(): number;
  playing(): boolean;
  /** Switches between two sounds that run side by side, at the same place and without a gap. */
  hear(side: Side): void;
  /** Decodes ahead, so that the next sound starts at once. */
  prepare(takeIds: readonly TakeId[]): void;
  /** The decoded sound of a take, or of other media by its id. */
  sound(mediaId: TakeId): Promise<AudioBuffer>;
  /** The system's id of the output to play on; null: its default. Throws where it cannot be used; the default is kept then. */
  setOutput(deviceId: string | null): Promise<void>;
  /** One quiet second at 440 Hz, to hear where sound goes. Resolves at its end. */
  tone(): Promise<void>;
}

/** Newer than the types of the DOM that are used here; absent where the browser cannot choose. */
interface WithSink {
  setSinkId?(deviceId: string): Promise<void>;
}
export const canChooseOutput = (): boolean =>
  typeof AudioContext !== 'undefined' && 'setSinkId' in AudioContext.prototype;

/** Enough for the audio thread to take a schedule over before its first moment has passed. */
const headStartSeconds = 0.02;
/** A switch within one sample would click. */
const switchSeconds = 0.012;

interface Track {
  readonly index: number;
  readonly side: Side;
  readonly takeId: TakeId;
  readonly gain: number;
}
const gainOf = (decibels: number): number => 10 ** (decibels / 20);
const tracksOf = ({ takeId, gainDb, other }: Step, index: number): readonly Track[] => [
  ...(takeId === null ? [] : [{ index, side: 'first', takeId, gain: gainOf(gainDb ?? 0) } as const]),
  ...(other === undefined ? [] : [{ index, side: 'other', takeId: other.takeId, gain: gainOf(other.gainDb) } as const]),
];

/**
 * Plays a program without gaps: every sound is placed on the audio clock ahead of its time, so that neither timers nor
 * the page's own work decide when the next one starts.
 */
export const createPlayer = (options: {
  readonly fetchAudio: FetchAudio;
  readonly createContext: () => AudioContext;
  readonly onEnd: () => void;
  readonly onError: (error: unknown, step: number) => void;
}): Player => {
  let context: AudioContext | undefined;
  let output = '';
  const applyOutput = async (clock: AudioContext & WithSink): Promise<void> => {
    await clock.setSinkId?.(output);
  };
  const audio = (): AudioContext => {
    if (context === undefined) {
      context = options.createContext();
      // A device that is gone: the context stays on the system's default.
      if (output !== '') applyOutput(context).catch(() => undefined);
    }
    return context;
  };
  const sounds = createSoundCache(options.fetchAudio, audio);

  let program: Program | undefined;
  let placed: readonly PlacedStep[] = [];
  let total = 0;
  let standsAt = 0;
  /** While it plays: the audio clock's time at which the program's second 0 lies. */
  let zeroAt: number | undefined;
  let turn = 0;
  let sources: { readonly node: AudioBufferSourceNode; readonly level: GainNode; readonly track: Track }[] = [];
  let heard: Side = 'first';
  let endTimer: ReturnType<typeof setTimeout> | undefined;

  const position = (): number =>
    zeroAt === undefined ? standsAt : Math.min(total, Math.max(standsAt, audio().currentTime - zeroAt));
  const silence = (): void => {
    turn += 1;
    clearTimeout(endTimer);
    for (const { node, level } of sources) {
      node.onended = null;
      node.stop();
      node.disconnect();
      level.disconnect();
    }
    sources = [];
    zeroAt = undefined;
  };

  const start = async (): Promise<void> => {
    const current = program;
    if (current === undefined) return;
    if (standsAt >= total) standsAt = 0;
    silence();
    const mine = turn;
    const clock = audio();
    if (clock.state === 'suspended') await clock.resume();

    const tracks = remainingFrom(placed, standsAt).flatMap(({ index }) => {
      const step = current.steps[index];
      return step === undefined ? [] : tracksOf(step, index);
    });
    const soon = tracks.map((track) =>
      sounds.get(track.takeId).catch((error: unknown) => ({ error, index: track.index })),
    );
    // What runs side by side begins together.
    const together = tracks.filter(({ index }) => index === tracks[0]?.index).length;
    const first = await Promise.all(soon.slice(0, together));
    if (mine !== turn) return;

    zeroAt = clock.currentTime + headStartSeconds - standsAt;
    const begins = zeroAt;
    const place = (sound: AudioBuffer, track: Track): void => {
      const step = placed[track.index] as PlacedStep;
      const node = new AudioBufferSourceNode(clock, { buffer: sound });
      const level = new GainNode(clock, { gain: track.side === heard ? track.gain : 0 });
      node.connect(level).connect(clock.destination);
      const startsAt = begins + Math.max(step.soundSeconds, standsAt);
      const late = Math.max(0, clock.currentTime - startsAt);
      node.start(startsAt, Math.max(0, standsAt - step.soundSeconds) + late);
      sources.push({ node, level, track });
    };
    const accept = (sound: Awaited<(typeof soon)[number]>, track: Track): void => {
      if ('error' in sound) options.onError(sound.error, sound.index);
      else place(sound, track);
    };
    for (const [n, track] of tracks.entries()) {
      const ready = first[n];
      if (ready !== undefined) accept(ready, track);
      else void soon[n]?.then((sound) => mine === turn && accept(sound, track));
    }
    const watchEnd = (): void => {
      if (mine !== turn) return;
      const left = total - (clock.currentTime - begins);
      if (left > 0) {
        endTimer = setTimeout(watchEnd, left * 1000 + 5);
        return;
      }
      silence();
      standsAt = total;
      options.onEnd();
    };
    watchEnd();
  };

  return {
    setOutput: async (deviceId) => {
      output = deviceId ?? '';
      // Without a context nothing plays yet; the one that is made takes it.
      if (context !== undefined) await applyOutput(context);
    },
    tone: async () => {
      const clock = audio();
      if (clock.state === 'suspended') await clock.resume();
      const ended = Promise.withResolvers<void>();
      const source = new OscillatorNode(clock, { frequency: 440 });
      const level = new GainNode(clock, { gain: 0 });
      source.connect(level).connect(clock.destination);
      const begins = clock.currentTime + headStartSeconds;
      level.gain.setValueAtTime(0, begins);
      level.gain.linearRampToValueAtTime(0.12, begins + 0.03);
      level.gain.setValueAtTime(0.12, begins + 0.9);
      level.gain.linearRampToValueAtTime(0, begins + 1);
      source.onended = () => {
        level.disconnect();
        ended.resolve();
      };
      source.start(begins);
      source.stop(begins + 1);
      await ended.promise;
    },
    load: (next) => {
      silence();
      program = next;
      placed = placeSteps(next.steps);
      total = lengthOf(next.steps);
      standsAt = 0;
      heard = 'first';
    },
    play: start,
    hear: (side) => {
      heard = side;
      for (const { level, track } of sources) {
        const now = audio().currentTime;
        level.gain.cancelScheduledValues(now);
        level.gain.setValueAtTime(level.gain.value, now);
        level.gain.linearRampToValueAtTime(track.side === side ? track.gain : 0, now + switchSeconds);
      }
    },
    pause: () => {
      standsAt = position();
      silence();
    },
    seek: (seconds) => {
      const wasPlaying = zeroAt !== undefined;
      silence();
      standsAt = Math.min(Math.max(0, seconds), total);
      if (wasPlaying) void start();
    },
    position,
    sound: sounds.get,
    playing: () => zeroAt !== undefined,
    prepare: (takeIds) => {
      for (const takeId of takeIds) sounds.get(takeId).catch(() => undefined);
    },
  };
};
