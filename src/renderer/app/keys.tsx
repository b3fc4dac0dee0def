import { keyCaps } from './commands.ts';
import styles from './keys.module.css';

/** A chord as the caps of a keyboard. */
export const Keys = ({ chord }: { readonly chord: string }) => (
  <span className={styles.keys}>
    {keyCaps(chord).map((key) => (
      <kbd key={key}>{key}</kbd>
    ))}
  </span>
);
