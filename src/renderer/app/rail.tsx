import { AudioLines, Clapperboard, type LucideIcon, MicVocal, ScrollText, Settings } from 'lucide-react';
import { useStore } from 'zustand';
import { cx } from '../components/cx.ts';
import type { Room } from '../stores/navigation-store.ts';
import styles from './rail.module.css';
import { useStudio } from './studio-context.ts';

const entries: readonly { readonly room: Room; readonly name: string; readonly Icon: LucideIcon }[] = [
  { room: 'scripts', name: 'Scripts', Icon: ScrollText },
  { room: 'renders', name: 'Renders', Icon: Clapperboard },
  { room: 'takes', name: 'Takes', Icon: AudioLines },
  { room: 'voices', name: 'Voices', Icon: MicVocal },
  { room: 'settings', name: 'Settings', Icon: Settings },
];

export const Rail = () => {
  const { navigation, queue } = useStudio();
  const room = useStore(navigation, (state) => state.room);
  const asking = useStore(queue, (state) => state.tally.asking);
  return (
    <nav className={styles.rail} aria-label="Rooms">
      <svg viewBox="0 0 32 32" aria-hidden className={styles.mark}>
        <path d="M5 13v6M9.5 9v14M14 12v8M18.5 6v20M23 12v8" />
        <circle cx="26.5" cy="6" r="3.5" />
      </svg>
      {entries.map(({ room: name, name: words, Icon }) => (
        <button
          key={name}
          type="button"
          aria-current={room === name ? 'page' : undefined}
          className={cx(styles.entry, name === 'settings' && styles.last)}
          onClick={() => navigation.go({ room: name })}
        >
          <Icon aria-hidden />
          {words}
          {name === 'renders' && asking > 0 && (
            <span className={styles.count}>
              {asking}
              <span className={styles.hidden}> need a decision</span>
            </span>
          )}
        </button>
      ))}
    </nav>
  );
};
