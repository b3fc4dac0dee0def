/** Every command of the studio, and the keys each has for this person. */
import { modKey } from '../components/format.ts';
import { historyCommands } from '../screens/history/commands.ts';
import { renderCommands } from '../screens/renders/commands.ts';
import { reviewCommands } from '../screens/review/commands.ts';
import { scriptCommands } from '../screens/scripts/commands.ts';
import { settingsCommands } from '../screens/settings/commands.ts';
import { usageCommands } from '../screens/usage/commands.ts';
import { voiceCommands } from '../screens/voices/commands.ts';
import type { Command } from './command.ts';
import { shellCommands } from './shell-commands.ts';

export const commands: readonly Command[] = [
  ...shellCommands,
  ...scriptCommands,
  ...renderCommands,
  ...reviewCommands,
  ...historyCommands,
  ...voiceCommands,
  ...usageCommands,
  ...settingsCommands,
];

export type OwnShortcuts = Readonly<Record<string, readonly string[]>>;

export const keysOf = (command: Command, own: OwnShortcuts): readonly string[] => own[command.id] ?? command.keys;

/** `Mod+Shift+Enter` for a key press; letters in capitals, other signs as they are typed. */
export const chordOf = (event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>): string => {
  const isLetter = event.key.length === 1 && event.key.toLowerCase() !== event.key.toUpperCase();
  const key = event.key === ' ' ? 'Space' : isLetter ? event.key.toUpperCase() : event.key;
  const showsShift = event.shiftKey && (isLetter || key.length > 1);
  return [(event.ctrlKey || event.metaKey) && 'Mod', event.altKey && 'Alt', showsShift && 'Shift', key]
    .filter(Boolean)
    .join('+');
};

const shown: Readonly<Record<string, string>> = {
  Mod: modKey,
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
};
/** The keys of a chord one by one, as they are printed on a keyboard. */
export const keyCaps = (chord: string): readonly string[] => {
  if (chord === '') return [];
  const keys = chord.endsWith('++') ? [...chord.slice(0, -2).split('+'), '+'] : chord.split('+');
  return keys.map((key) => shown[key] ?? key);
};
