import { modKey } from '../components/format.ts';
import type { Studio } from '../stores/studio.ts';
import { pressRender } from './order.ts';

export interface Shortcut {
  readonly keys: readonly string[];
  readonly words: string;
  readonly group: 'Everywhere' | 'Transport' | 'Scripts' | 'Takes';
}

/** What the `?` sheet and the settings list. */
export const shortcuts: readonly Shortcut[] = [
  { group: 'Transport', keys: ['Space'], words: 'Play or pause' },
  { group: 'Transport', keys: ['J'], words: 'Next line of the spot, or next take in the list' },
  { group: 'Transport', keys: ['K'], words: 'Previous line or take' },
  { group: 'Transport', keys: ['←', '→'], words: 'Seek one second, on the waveform' },
  { group: 'Scripts', keys: [modKey, 'Enter'], words: 'Render; asks first when it costs credits' },
  { group: 'Scripts', keys: [modKey, 'Shift', 'Enter'], words: 'Open the render sheet' },
  { group: 'Scripts', keys: [modKey, 'S'], words: 'Save now' },
  { group: 'Takes', keys: ['J', 'K'], words: 'Hear the next or previous take: A/B' },
  { group: 'Takes', keys: ['Enter'], words: 'Play the row' },
  { group: 'Everywhere', keys: [modKey, 'K'], words: 'Go to a screen, a script or an action' },
  { group: 'Everywhere', keys: ['?'], words: 'This list' },
  { group: 'Everywhere', keys: ['Esc'], words: 'Close, or leave the editor' },
];

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    (target instanceof HTMLInputElement && !/^(checkbox|radio|button|range)$/.test(target.type)));
/** Things that the Space key presses by itself. */
const pressable = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  target.closest('button, a, input, select, [role="option"], [role="tab"], [role="menuitem"], [role="radio"]') !== null;

/** Listens for the studio's keys; returns the function that ends it. */
export const listenForShortcuts = (studio: Studio, page: Window): (() => void) => {
  const withMod = (event: KeyboardEvent): boolean => {
    const key = event.key.toLowerCase();
    const { room, overlay } = studio.navigation.getState();
    if (key === 'k') studio.navigation.show(overlay === 'palette' ? null : 'palette');
    else if (key === 's') void studio.script.save();
    else if (key === 'enter' && room === 'scripts' && overlay === null) {
      if (event.shiftKey) studio.navigation.show('render');
      else void pressRender(studio);
    } else return false;
    return true;
  };
  const plain = (event: KeyboardEvent): boolean => {
    if (typing(event.target) || studio.navigation.getState().overlay !== null) return false;
    if (event.key === ' ') {
      if (pressable(event.target)) return false;
      studio.player.toggle();
    } else if (event.key === 'j') studio.player.next();
    else if (event.key === 'k') studio.player.previous();
    else if (event.key === '?') studio.navigation.show('shortcuts');
    else return false;
    return true;
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing) return;
    const mod = event.ctrlKey || event.metaKey;
    if (mod && !event.altKey ? withMod(event) : !mod && !event.altKey && plain(event)) event.preventDefault();
  };
  page.addEventListener('keydown', onKeyDown);
  return () => page.removeEventListener('keydown', onKeyDown);
};
