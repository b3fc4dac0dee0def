/** A thing the studio can do by a key, from the palette, or from a button that shows the key. */
import type { Room } from '../stores/navigation-store.ts';
import type { Studio } from '../stores/studio.ts';

export interface Command {
  /** `<room or subject>.<verb>`; kept in the person's own shortcuts, so it does not change. */
  readonly id: string;
  /** Asked for at every showing: the language may change. */
  readonly title: () => string;
  /**
   * Default keys: `Mod+K`, `Shift+J`, `Space`, `?`, `ArrowLeft`. `Mod` is the command key on a Mac and Control elsewhere.
   * Without any it is in the palette only.
   */
  readonly keys: readonly string[];
  /** A room's command goes before one that is known everywhere by the same key. */
  readonly where: 'anywhere' | Room;
  /** Works while a text is being typed, too. Default: only chords with Mod do. */
  readonly whileTyping?: boolean;
  /** Default: always. */
  readonly isEnabled?: (studio: Studio) => boolean;
  readonly run: (studio: Studio) => unknown;
}
