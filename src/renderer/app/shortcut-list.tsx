import { shortcuts } from './shortcuts.ts';
import styles from './shortcut-list.module.css';

const groups = [...new Set(shortcuts.map(({ group }) => group))];

export const ShortcutList = () => (
  <>
    {groups.map((group) => (
      <section key={group} className={styles.group}>
        <h3 className={styles.title}>{group}</h3>
        <dl className={styles.list}>
          {shortcuts
            .filter((shortcut) => shortcut.group === group)
            .map(({ keys, words }) => (
              <div key={words} className={styles.row}>
                <dt>{words}</dt>
                <dd>
                  {keys.map((key) => (
                    <kbd key={key}>{key}</kbd>
                  ))}
                </dd>
              </div>
            ))}
        </dl>
      </section>
    ))}
  </>
);
