import { useStore } from 'zustand';
import { rooms } from '../stores/navigation-store.ts';
import { wordsOf } from '../words/words.ts';
import { commands, keysOf } from './commands.ts';
import { Keys } from './keys.tsx';
import styles from './shortcut-list.module.css';
import { useStudio } from './studio-context.ts';

const places = ['anywhere', ...rooms] as const;

/** Every command that has keys, by the room it works in. */
export const ShortcutList = () => {
  const { preferences } = useStudio();
  const own = useStore(preferences, (state) => state.shortcuts);
  const t = wordsOf('shell');
  const bound = commands.filter((command) => keysOf(command, own).length > 0);
  return places
    .filter((place) => bound.some(({ where }) => where === place))
    .map((place) => (
      <section key={place} className={styles.group}>
        <h3 className={styles.title}>{t(place)}</h3>
        <dl className={styles.list}>
          {bound
            .filter(({ where }) => where === place)
            .map((command) => (
              <div key={command.id} className={styles.row}>
                <dt>{command.title()}</dt>
                <dd>
                  <Keys chord={keysOf(command, own)[0] ?? ''} />
                </dd>
              </div>
            ))}
        </dl>
      </section>
    ));
};
