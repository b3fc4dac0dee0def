import { LoaderCircle } from 'lucide-react';
import styles from './pending-mark.module.css';

/** Turns beside the words of a button whose work is under way. */
export const PendingMark = () => <LoaderCircle aria-hidden className={styles.mark} />;
