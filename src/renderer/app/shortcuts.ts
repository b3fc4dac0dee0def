import type { Studio } from '../stores/studio.ts';
import type { Command } from './command.ts';
import { chordOf, commands, keysOf } from './commands.ts';

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    (target instanceof HTMLInputElement && !/^(checkbox|radio|button|range)$/.test(target.type)));
/** Things that the Space and Enter keys press by themselves. */
const pressable = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  target.closest('button, a, input, select, [role="option"], [role="tab"], [role="menuitem"], [role="radio"]') !== null;

/** The command a key press stands for, here and now. */
export const commandFor = (studio: Studio, event: KeyboardEvent): Command | undefined => {
  const chord = chordOf(event);
  const { room, overlay } = studio.navigation.getState();
  const own = studio.preferences.getState().shortcuts;
  // Over a sheet only the palette's own key works: everything else belongs to the sheet.
  if (overlay !== null)
    return commands.find((command) => command.id === 'palette.toggle' && keysOf(command, own).includes(chord));
  const inText = typing(event.target);
  const isChord = chord.startsWith('Mod+');
  if ((chord === 'Space' || chord === 'Enter') && pressable(event.target)) return undefined;
  const fitting = commands.filter(
    (command) =>
      (command.where === 'anywhere' || command.where === room) &&
      keysOf(command, own).includes(chord) &&
      (!inText || (command.whileTyping ?? isChord)) &&
      (command.isEnabled?.(studio) ?? true),
  );
  return fitting.find(({ where }) => where === room) ?? fitting[0];
};

/** Listens for the studio's keys; returns the function that ends it. */
export const listenForShortcuts = (studio: Studio, page: Window): (() => void) => {
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing) return;
    const command = commandFor(studio, event);
    if (command === undefined) return;
    event.preventDefault();
    void command.run(studio);
  };
  /** Tabs, rows and buttons take every Enter as a press, also with Mod: these chords are looked at before they see them. */
  const onCapture = (event: KeyboardEvent): void => {
    if (/^Mod\+(?:Shift\+)?Enter$/.test(chordOf(event))) onKeyDown(event);
  };
  page.addEventListener('keydown', onCapture, { capture: true });
  page.addEventListener('keydown', onKeyDown);
  return () => {
    page.removeEventListener('keydown', onCapture, { capture: true });
    page.removeEventListener('keydown', onKeyDown);
  };
};
