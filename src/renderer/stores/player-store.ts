import { createStore } from 'zustand/vanilla';
import type { Client } from '#client/index.ts';
import type { ScriptId, SpotStep, Take, TakeId } from '#contract/entities.ts';
import { AppError } from '#contract/errors.ts';
import { type DrawnPeaks, drawProgram, peaksOfSound, type TakePeaks } from '../audio/peaks.ts';
import { createPlayer } from '../audio/player.ts';
import { lengthOf, placeSteps, type Program, type Side, type Step, stepAt } from '../audio/timeline.ts';
import { wordsOf } from '../words/words.ts';
import type { MessageStore } from './message-store.ts';

export interface PlayerState {
  readonly program: Program | null;
  readonly phase: 'stopped' | 'loading' | 'playing';
  readonly seconds: number;
  readonly totalSeconds: number;
  /** The step that is heard. */
  readonly step: number;
  readonly outline: DrawnPeaks | null;
  /** Begins anew at its end. */
  readonly loop: boolean;
  /** Which of two sounds side by side is heard. */
  readonly side: Side;
}

const keptOutlines = 300;

export const programOfTake = (take: Take): Program => ({
  id: take.id,
  title: take.text,
  subtitle: `${take.voiceName ?? take.voice} · take ${take.takeNo}`,
  steps: [
    {
      takeId: take.id,
      title: take.voiceName ?? take.voice,
      text: take.text,
      leadingMs: 0,
      trailingMs: 0,
      durationMs: take.durationMs,
    },
  ],
  slotSeconds: null,
});

const stepOf = (step: SpotStep): Step => ({
  takeId: step.take?.id ?? null,
  title: step.character,
  text: step.text,
  leadingMs: step.leadingPauseMs,
  trailingMs: step.trailingPauseMs,
  durationMs: step.take?.durationMs ?? 0,
});

/** The one transport of the studio: whatever plays, plays here, on every screen. */
export const createPlayerStore = (client: Client, messages: MessageStore) => {
  const store = createStore<PlayerState>(() => ({
    program: null,
    phase: 'stopped',
    seconds: 0,
    totalSeconds: 0,
    step: 0,
    outline: null,
    loop: false,
    side: 'first',
  }));
  const outlines = new Map<TakeId, Promise<TakePeaks>>();
  /** What `next` and `previous` go through when a single take plays; the screen that shows a list sets it. */
  let stepOutside: ((by: 1 | -1) => void) | undefined;

  const player = createPlayer({
    createContext: () => new AudioContext({ latencyHint: 'interactive' }),
    fetchAudio: async (takeId) => {
      const response = await fetch(client.mediaUrl(takeId), { credentials: 'same-origin' });
      if (!response.ok)
        throw new AppError(
          'media_missing',
          'The audio of this take is not in the library. Run the library check in Settings.',
        );
      return response.arrayBuffer();
    },
    onEnd: () => {
      store.setState((state) => ({ phase: 'stopped', seconds: state.totalSeconds }));
      if (store.getState().loop) void play();
    },
    onError: (error) => {
      messages.fail(
        error instanceof AppError
          ? error
          : new AppError('media_unreadable', 'This take could not be played. Its file is kept.'),
      );
      if (store.getState().program?.steps.length === 1) pause();
    },
  });

  const follow = (): void => {
    const { program, phase, step, seconds } = store.getState();
    if (phase !== 'playing' || program === null) return;
    const now = player.position();
    const heard = stepAt(placeSteps(program.steps), now);
    if (now !== seconds || heard !== step) store.setState({ seconds: now, step: heard });
    requestAnimationFrame(follow);
  };
  const play = async (): Promise<void> => {
    const { program } = store.getState();
    if (program === null) return;
    store.setState({ phase: 'loading' });
    await player.play();
    if (store.getState().program !== program || !player.playing()) return;
    store.setState({ phase: 'playing' });
    requestAnimationFrame(follow);
  };
  const pause = (): void => {
    player.pause();
    store.setState({ phase: 'stopped', seconds: player.position() });
  };
  const seek = (seconds: number): void => {
    const { program } = store.getState();
    if (program === null) return;
    player.seek(seconds);
    store.setState({ seconds: player.position(), step: stepAt(placeSteps(program.steps), player.position()) });
  };

  const peaksOf = (takeId: TakeId): Promise<TakePeaks> => {
    const known = outlines.get(takeId);
    if (known !== undefined) return known;
    const peaks = client.call('take.peaks', { takeId });
    outlines.set(takeId, peaks);
    peaks.catch(() => outlines.delete(takeId));
    const oldest = outlines.keys().next().value;
    if (outlines.size > keptOutlines && oldest !== undefined) outlines.delete(oldest);
    return peaks;
  };
  const outline = async (program: Program): Promise<DrawnPeaks> => {
    const found = new Map<TakeId, TakePeaks>();
    await Promise.all(
      program.steps.map(async ({ takeId }) => {
        if (takeId !== null) found.set(takeId, await peaksOf(takeId));
      }),
    );
    return drawProgram(
      program.steps,
      ({ takeId }) => (takeId === null ? undefined : found.get(takeId)),
      lengthOf(program.steps),
    );
  };

  const load = (program: Program): void => {
    player.load(program);
    store.setState({
      program,
      phase: 'stopped',
      seconds: 0,
      step: 0,
      totalSeconds: lengthOf(program.steps),
      outline: null,
      side: 'first',
    });
    if (program.isBlind === true) return;
    outline(program).then(
      (drawn) => store.getState().program === program && store.setState({ outline: drawn }),
      messages.fail,
    );
  };
  const start = (program: Program): Promise<void> => {
    if (store.getState().program?.id !== program.id || store.getState().program?.steps.length !== program.steps.length)
      load(program);
    else seek(0);
    return play();
  };
  const stepBy = (by: 1 | -1): void => {
    const { program, step, seconds } = store.getState();
    if (program === null || program.steps.length < 2) return stepOutside?.(by);
    const placed = placeSteps(program.steps);
    const restart = by === -1 && seconds - (placed[step]?.fromSeconds ?? 0) > 1.5;
    seek(placed[Math.min(Math.max(0, restart ? step : step + by), placed.length - 1)]?.fromSeconds ?? 0);
  };

  return Object.assign(store, {
    outline,
    start,
    load,
    pause,
    seek,
    hear: (side: Side): void => {
      player.hear(side);
      store.setState({ side });
    },
    prepare: player.prepare,
    /** Null: the system's default. Throws where the device cannot be used; sound goes to the default then. */
    setOutput: player.setOutput,
    tone: player.tone,
    toggle: (): void => {
      if (store.getState().phase === 'stopped') void play();
      else pause();
    },
    toggleLoop: (): void => store.setState(({ loop }) => ({ loop: !loop })),
    next: () => stepBy(1),
    previous: () => stepBy(-1),
    stepOutside: (handler: ((by: 1 | -1) => void) | undefined) => {
      stepOutside = handler;
    },
    startTake: (take: Take) => start(programOfTake(take)),
    startTakeId: async (takeId: TakeId): Promise<void> => {
      try {
        await start(programOfTake(await client.call('take.get', { takeId })));
      } catch (error) {
        messages.fail(error);
      }
    },
    /** Plays audio that is no take, such as a voice's preview: its length and outline are read from the sound itself. */
    startMedia: async (media: {
      readonly mediaId: string;
      readonly title: string;
      readonly subtitle: string;
      /** What is heard, for the transport. */
      readonly text: string;
      /** Whether it is still wished for once it is there. */
      readonly isWanted?: () => boolean;
    }): Promise<void> => {
      const id = media.mediaId as TakeId;
      try {
        const sound = await player.sound(id);
        if (media.isWanted?.() === false) return;
        outlines.set(id, Promise.resolve(peaksOfSound(sound)));
        const { title, subtitle, text } = media;
        const step = {
          takeId: id,
          title,
          text,
          leadingMs: 0,
          trailingMs: 0,
          durationMs: sound.duration * 1000,
        };
        await start({ id, title, subtitle, steps: [step], slotSeconds: null });
      } catch (error) {
        messages.fail(
          error instanceof AppError
            ? error
            : new AppError('media_unreadable', `The preview of ${media.title} could not be played. Nothing was spent.`),
        );
      }
    },
    /** Plays a variant's spot; lines without a take are passed over and said. */
    startSpot: async (scriptId: ScriptId, variant: string, scriptTitle: string): Promise<void> => {
      try {
        const spot = await client.call('take.spot', { scriptId, variant });
        const missing = spot.steps.filter((step) => step.take === null).length;
        if (missing === spot.steps.length) {
          return messages.show('warning', wordsOf('shell')('noTakesYet', { variant }));
        }
        if (missing > 0)
          messages.show('warning', wordsOf('shell')('linesLeftOut', { variant, missing, lines: spot.steps.length }));
        await start({
          id: `${scriptId}/${variant}/${spot.steps.map((step) => step.take?.id ?? '').join()}`,
          title: variant,
          subtitle: scriptTitle,
          steps: spot.steps.map(stepOf),
          slotSeconds: spot.slotSeconds,
        });
      } catch (error) {
        messages.fail(error);
      }
    },
  });
};
export type PlayerStore = ReturnType<typeof createPlayerStore>;
