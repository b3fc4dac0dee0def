import {
  ChartColumn,
  Clapperboard,
  Headphones,
  Library,
  type LucideIcon,
  MicVocal,
  ScrollText,
  Settings,
} from 'lucide-react';
import { useStore } from 'zustand';
import { cx } from '../components/cx.ts';
import { type Room, rooms } from '../stores/navigation-store.ts';
import { wordsOf } from '../words/words.ts';
import styles from './rail.module.css';
import { useStudio } from './studio-context.ts';

const icons = {
  scripts: ScrollText,
  renders: Clapperboard,
  review: Headphones,
  history: Library,
  voices: MicVocal,
  usage: ChartColumn,
  settings: Settings,
} as const satisfies Record<Room, LucideIcon>;

export const Rail = () => {
  const { navigation, queue } = useStudio();
  const room = useStore(navigation, (state) => state.room);
  const asking = useStore(queue, (state) => state.tally.asking);
  const t = wordsOf('shell');
  return (
    <nav className={styles.rail} aria-label={t('rooms')}>
      <svg viewBox="0 0 32 32" aria-hidden className={styles.mark}>
        <path d="M5 13v6M9.5 9v14M14 12v8M18.5 6v20M23 12v8" />
        <circle cx="26.5" cy="6" r="3.5" />
      </svg>
      {rooms.map((name) => {
        const Icon = icons[name];
        return (
          <button
            key={name}
            type="button"
            aria-current={room === name ? 'page' : undefined}
            className={cx(styles.entry, name === 'settings' && styles.last)}
            onClick={() => navigation.go({ room: name })}
          >
            <Icon aria-hidden />
            {t(name)}
            {name === 'renders' && asking > 0 && (
              <span className={styles.count}>
                <span aria-hidden>{asking}</span>
                <span className={styles.hidden}>{t('needDecision', { count: asking })}</span>
              </span>
            )}
          </button>
        );
      })}
    </nav>
  );
};
