/** Two takes of a line side by side, as loud as each other; blind on request. */
import type { Take, TakeId } from '#contract/entities.ts';
import type { Program, Side } from '../../audio/timeline.ts';
import { wordsOf } from '../../words/words.ts';
import { type Comparison, type Desk, takeIdOf } from './state.ts';

/** Gains that make two takes equally loud without driving either over its peak: the louder one is turned down. */
export const matchLevels = (
  a: Pick<Take, 'loudnessLufs'>,
  b: Pick<Take, 'loudnessLufs'>,
): readonly [aDb: number, bDb: number] => {
  if (a.loudnessLufs === null || b.loudnessLufs === null) return [0, 0];
  const target = Math.min(a.loudnessLufs, b.loudnessLufs);
  return [target - a.loudnessLufs, target - b.loudnessLufs];
};

export const programOfComparison = (
  { mode }: Comparison,
  a: Take,
  b: Take,
  names: { readonly title: string; readonly subtitle: string },
): Program => {
  const [gainDb, otherDb] = matchLevels(a, b);
  return {
    id: `compare:${mode}:${a.id}:${b.id}`,
    title: names.title,
    subtitle: names.subtitle,
    steps: [
      {
        takeId: a.id,
        title: names.title,
        text: a.text,
        leadingMs: 0,
        trailingMs: 0,
        durationMs: Math.max(a.durationMs, b.durationMs),
        gainDb,
        other: { takeId: b.id, gainDb: otherDb },
      },
    ],
    slotSeconds: null,
    ...(mode === 'blind' ? { isBlind: true } : {}),
  };
};

export const createCompare = ({ store, player, messages }: Desk) => {
  const t = () => wordsOf('review');
  const takeNamed = (id: TakeId): Take | undefined => store.getState().takes.find(({ take }) => take.id === id)?.take;
  const start = (comparison: Comparison): void => {
    const a = takeNamed(comparison.first);
    const b = takeNamed(comparison.other);
    const { active } = store.getState();
    if (a === undefined || b === undefined || active === null) return;
    store.setState({ comparison });
    const subtitle = comparison.mode === 'blind' ? t()('blindTest') : t()('comparing');
    void player.start(programOfComparison(comparison, a, b, { title: active.character, subtitle }));
  };
  const hear = (side: Side): void => {
    player.hear(side);
    messages.announce(t()(side === 'first' ? 'hearsA' : 'hearsB'));
  };
  return {
    /** With the take in front and the selected one, else the one before it. A comparison that runs is switched over. */
    compare: (mode: Comparison['mode'] = 'open'): void => {
      const { comparison, takes } = store.getState();
      if (comparison !== null && comparison.mode === mode)
        return hear(player.getState().side === 'first' ? 'other' : 'first');
      const shown = takeIdOf(store.getState());
      const others = takes.map(({ take }) => take).filter(({ id }) => id !== shown);
      const against = others.find(({ selected }) => selected) ?? others.at(-1);
      if (shown === null || against === undefined) return messages.show('notice', t()('needsTwoTakes'));
      const pair =
        mode === 'blind' && (crypto.getRandomValues(new Uint8Array(1))[0] as number) > 127
          ? ({ first: against.id, other: shown } as const)
          : ({ first: shown, other: against.id } as const);
      start({ ...pair, mode });
    },
    hear,
    endCompare: (): void => {
      const { comparison } = store.getState();
      if (comparison === null) return;
      if (player.getState().phase !== 'stopped') player.pause();
      store.setState({ comparison: null });
    },
    /** Which is which, after a blind test. */
    reveal: (): void =>
      store.setState(({ comparison }) => ({
        comparison: comparison === null ? null : { ...comparison, mode: 'open' },
      })),
    /** The take of the comparison that is heard now. */
    heardTake: (): TakeId | null => {
      const { comparison } = store.getState();
      return comparison === null ? null : player.getState().side === 'first' ? comparison.first : comparison.other;
    },
  };
};
