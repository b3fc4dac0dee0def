import { createStore } from 'zustand/vanilla';
import type { Client } from '#client/index.ts';
import type { CastEntry, Script, ScriptId, Take } from '#contract/entities.ts';
import type { MethodInput } from '#contract/methods/index.ts';
import type { Voice, VoiceImpact } from '#contract/voices.ts';
import { wordsOf } from '../words/words.ts';
import type { MessageStore } from './message-store.ts';
import type { PlayerStore } from './player-store.ts';
import type { ScriptStore } from './script-store.ts';
import type { UndoStore } from './undo-store.ts';
import { type Speech, speechKey, type VoiceSound } from './voice-sound.ts';

export type CastChanges = MethodInput<'script.setCast'>['cast'];
/** One of the voices that are compared, with what it says when it is heard. */
export interface Pin {
  readonly voice: Voice;
  readonly speech: Speech;
}
export interface CastState {
  /** At most four, A to D. */
  readonly pins: readonly Pin[];
  /** Takes by `speechKey`, of what was heard here. */
  readonly takes: ReadonlyMap<string, Take>;
}
export const mostPins = 4;
export const pinKey = ({ voice, speech }: Pin): string => speechKey(voice, speech);

/** How much softer each take must play to be as loud as the softest; null where a loudness is not known. */
export const levelsOf = (takes: readonly (Take | undefined)[]): readonly number[] | null => {
  const known = takes.flatMap((take) => (take === undefined ? [] : [take.loudnessLufs]));
  if (known.length === 0 || known.includes(null)) return null;
  const softest = Math.min(...known.map((loudness) => loudness ?? 0));
  return takes.map((take) => (take === undefined ? 0 : Math.round((softest - (take.loudnessLufs ?? 0)) * 100) / 100));
};

/** What was written for these characters, as changes that bring it back. */
const before = (cast: readonly CastEntry[], characters: readonly string[]): CastChanges =>
  Object.fromEntries(
    characters.map((character) => {
      const entry = cast.find((one) => one.character === character);
      return [
        character,
        entry === undefined ? { voice: null } : { voice: entry.voice, model: entry.model, settings: entry.settings },
      ];
    }),
  );

/** Who speaks with which voice: every change of a cast, each with its way back, and voices side by side. */
export const createCastStore = (
  client: Client,
  messages: MessageStore,
  on: {
    readonly script: Pick<ScriptStore, 'save' | 'getState'>;
    readonly undo: Pick<UndoStore, 'note'>;
    readonly sound: Pick<VoiceSound, 'audition'>;
    readonly player: Pick<PlayerStore, 'start'>;
  },
) => {
  const store = createStore<CastState>(() => ({ pins: [], takes: new Map() }));
  const t = () => wordsOf('cast');

  const set = (scriptId: ScriptId, cast: CastChanges): Promise<Script> =>
    client.call('script.setCast', { scriptId, cast });
  /** Byte for byte while nobody wrote in between, else entry by entry. */
  const goBack = async (was: Script, made: Script): Promise<Script> => {
    const now = await client.call('script.get', { scriptId: was.id });
    const { projectId, path, source } = was;
    if (now.source === made.source && now.path === path)
      return client.call('script.save', { projectId, path, source: { kind: 'text', text: source } });
    const changed = made.cast.filter((entry) => {
      const old = was.cast.find(({ character }) => character === entry.character);
      return JSON.stringify(old) !== JSON.stringify(entry);
    });
    const gone = was.cast.filter(({ character }) => !made.cast.some((entry) => entry.character === character));
    return set(
      was.id,
      before(
        was.cast,
        [...changed, ...gone].map(({ character }) => character),
      ),
    );
  };

  /** Writes scripts' casts as one edit. */
  const change = async (what: string, wishes: readonly (readonly [ScriptId, CastChanges])[]): Promise<boolean> => {
    const done: { readonly was: Script; readonly made: Script }[] = [];
    const run = async (): Promise<void> => {
      done.length = 0;
      for (const [scriptId, cast] of wishes) {
        const was = await client.call('script.get', { scriptId });
        done.push({ was, made: await set(scriptId, cast) });
      }
    };
    const back = async (): Promise<void> => {
      for (const { was, made } of done.toReversed()) await goBack(was, made);
    };
    try {
      await run();
    } catch (error) {
      messages.fail(error);
      return false;
    } finally {
      if (done.length > 0) on.undo.note({ what, undo: back, redo: run });
    }
    return true;
  };

  return Object.assign(store, {
    /** Of the open script; what is being typed is saved first. */
    change: async (what: string, cast: CastChanges): Promise<boolean> => {
      await on.script.save();
      const { script, save } = on.script.getState();
      if (script === null || save !== 'saved') return false;
      return change(what, [[script.id, cast]]);
    },
    /** Gives the characters of these scripts another voice. Casts alone: rows of variants name their own. */
    replaceEverywhere: async ({ voice: old, scripts }: VoiceImpact, voice: Voice): Promise<number> => {
      const spellings = [old.voiceId, old.name, old.alias].flatMap((name) =>
        name === null ? [] : [`${old.workspaceName}/${name}`],
      );
      try {
        await on.script.save();
        const wishes: (readonly [ScriptId, CastChanges])[] = [];
        for (const { scriptId, characters } of scripts) {
          const { cast } = await client.call('script.get', { scriptId });
          const theirs = cast.filter(
            (entry) => characters.includes(entry.character) && spellings.includes(entry.voice),
          );
          const keeps = voice.provider === old.provider;
          const next = keeps ? { voice: voice.reference } : { voice: voice.reference, model: null, settings: {} };
          if (theirs.length > 0)
            wishes.push([scriptId, Object.fromEntries(theirs.map(({ character }) => [character, next]))]);
        }
        if (wishes.length === 0) return 0;
        const what = t()('editReplaced', { old: old.name, name: voice.name });
        return (await change(what, wishes)) ? wishes.length : 0;
      } catch (error) {
        messages.fail(error);
        return 0;
      }
    },
    pin: (pin: Pin): void =>
      store.setState(({ pins }) => {
        const isPinned = pins.some(({ voice }) => voice.reference === pin.voice.reference);
        if (isPinned) return { pins: pins.filter(({ voice }) => voice.reference !== pin.voice.reference) };
        if (pins.length >= mostPins) messages.show('warning', t()('comparesFour', { count: mostPins }));
        return pins.length >= mostPins ? {} : { pins: [...pins, pin] };
      }),
    /** Another line, another character: the same voices say it. */
    say: (speechOf: (voice: Voice) => Speech): void =>
      store.setState(({ pins }) => ({ pins: pins.map(({ voice }) => ({ voice, speech: speechOf(voice) })) })),
    clearPins: () => store.setState({ pins: [] }),
    /** Makes the sound of one compared voice, or finds it; spends what its button says. */
    make: async (pin: Pin): Promise<Take | null> => {
      const take = await on.sound.audition(pin.voice, pin.speech);
      if (take !== null) store.setState(({ takes }) => ({ takes: new Map(takes).set(pinKey(pin), take) }));
      return take;
    },
    /** Plays what was made, all at the level of the softest where loudness is known. False: it is not made yet. */
    playPin: (index: number): boolean => {
      const { pins, takes } = store.getState();
      const heard = pins.map((pin) => takes.get(pinKey(pin)));
      const pin = pins[index];
      const take = heard[index];
      if (pin === undefined || take === undefined) return false;
      const gainDb = levelsOf(heard)?.[index] ?? 0;
      void on.player.start({
        id: `compare/${take.id}/${gainDb}`,
        title: `${'ABCD'[index] ?? ''} · ${pin.voice.name}`,
        subtitle: `${'ABCD'[index] ?? ''} · ${pin.voice.name}`,
        steps: [
          {
            takeId: take.id,
            title: pin.voice.name,
            text: take.text,
            leadingMs: 0,
            trailingMs: 0,
            durationMs: take.durationMs,
            gainDb,
          },
        ],
        slotSeconds: null,
      });
      return true;
    },
  });
};
