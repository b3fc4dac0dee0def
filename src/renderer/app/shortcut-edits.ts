/** What a person may bind to a command, and what stands in the way. Pure, but for the two that store it. */
import { rooms } from '../stores/navigation-store.ts';
import type { Studio } from '../stores/studio.ts';
import { wordsOf } from '../words/words.ts';
import type { Command } from './command.ts';
import { commands, keyCaps, keysOf, type OwnShortcuts } from './commands.ts';

export type Verdict =
  | { readonly kind: 'free' }
  /** Of no use: the browser or the system takes it first. */
  | { readonly kind: 'reserved' }
  /** The same keys in the same place. */
  | { readonly kind: 'taken'; readonly by: Command }
  /** Both work: a room's command goes before one that is known everywhere. */
  | { readonly kind: 'beside'; readonly other: Command };

/** Chords that a page never hears of, or that people would not forgive losing. */
const reserved = new Set(
  [
    'T',
    'W',
    'N',
    'Q',
    'L',
    'R',
    'Shift+T',
    'Shift+N',
    'Shift+W',
    'Shift+R',
    'Tab',
    'Shift+Tab',
    'C',
    'V',
    'X',
    'A',
  ].map((key) => `Mod+${key}`),
);
const alwaysReserved = new Set(['Tab', 'Shift+Tab', 'Escape', 'Enter', 'F5', 'F11', 'F12', 'Alt+F4', 'Alt+ArrowLeft']);

export const isModifierOnly = (key: string): boolean => /^(Control|Shift|Alt|AltGraph|Meta|CapsLock|Dead)$/.test(key);

/** `others`: all commands but the one that is bound. */
export const judgeChord = (
  command: Command,
  chord: string,
  own: OwnShortcuts,
  all: readonly Command[] = commands,
): Verdict => {
  if (reserved.has(chord) || alwaysReserved.has(chord)) return { kind: 'reserved' };
  const same = all.filter((other) => other.id !== command.id && keysOf(other, own).includes(chord));
  const by = same.find(({ where }) => where === command.where);
  if (by !== undefined) return { kind: 'taken', by };
  const other = same.find(({ where }) => where === 'anywhere' || command.where === 'anywhere');
  return other === undefined ? { kind: 'free' } : { kind: 'beside', other };
};

/** Commands by their words or keys, in the order of the rooms. */
export const findCommands = (words: string, own: OwnShortcuts): readonly Command[] => {
  const wanted = words.trim().toLowerCase();
  const places: readonly Command['where'][] = ['anywhere', ...rooms];
  return commands
    .filter(
      (command) =>
        wanted === '' ||
        command.title().toLowerCase().includes(wanted) ||
        keysOf(command, own).some((chord) => `${keyCaps(chord).join('+')} ${chord}`.toLowerCase().includes(wanted)),
    )
    .toSorted((left, right) => places.indexOf(left.where) - places.indexOf(right.where));
};

type Stored = Readonly<Record<string, string[]>>;

const store = ({ preferences, undo }: Studio, after: Stored, what: string): Promise<void> => {
  const before = preferences.getState().shortcuts;
  const put = (shortcuts: Stored): Promise<void> => preferences.set('shortcuts', { ...shortcuts });
  undo.note({ what, undo: () => put(before), redo: () => put(after) });
  return put(after);
};

/** `keys`: null for the usual ones. The command that has them in the same place loses them. */
export const bind = (studio: Studio, command: Command, keys: readonly string[] | null): Promise<void> => {
  const before = studio.preferences.getState().shortcuts;
  const { [command.id]: _old, ...others } = before;
  const losers = commands.filter(
    (other) =>
      other.id !== command.id &&
      other.where === command.where &&
      keysOf(other, before).some((chord) => keys?.includes(chord) === true),
  );
  const after: Stored = {
    ...others,
    ...Object.fromEntries(
      losers.map((loser) => [loser.id, keysOf(loser, before).filter((chord) => keys?.includes(chord) !== true)]),
    ),
    ...(keys === null ? {} : { [command.id]: [...keys] }),
  };
  return store(studio, after, wordsOf('settings')('shortcutSet', { command: command.title() }));
};

export const resetAll = (studio: Studio): Promise<void> => store(studio, {}, wordsOf('settings')('shortcutsReset'));
