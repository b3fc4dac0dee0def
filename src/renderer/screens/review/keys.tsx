import { useStore } from 'zustand';
import { keyCaps, keysOf } from '../../app/commands.ts';
import { useStudio } from '../../app/studio-context.ts';
import { reviewCommands } from './commands.ts';
import styles from './keys.module.css';

/** The first key that a command of this room has for this person; screen readers hear it from the keyboard list. */
export const Keys = ({ of }: { readonly of: string }) => {
  const { preferences } = useStudio();
  const own = useStore(preferences, (state) => state.shortcuts);
  const command = reviewCommands.find(({ id }) => id === `review.${of}`);
  const [chord] = command === undefined ? [] : keysOf(command, own);
  if (chord === undefined) return null;
  return (
    <kbd aria-hidden className={styles.keys}>
      {keyCaps(chord).join(' ')}
    </kbd>
  );
};
