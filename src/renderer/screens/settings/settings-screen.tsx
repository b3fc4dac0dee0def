import { ShortcutList } from '../../app/shortcut-list.tsx';
import { AppearanceSection } from './appearance-section.tsx';
import { LibrarySection } from './library-section.tsx';
import styles from './settings-screen.module.css';
import { WorkspaceSection } from './workspace-section.tsx';

export const SettingsScreen = () => (
  <div className={styles.screen}>
    <div className={styles.column}>
      <h1 className={styles.title}>Settings</h1>
      <WorkspaceSection />
      <AppearanceSection />
      <LibrarySection />
      <section className={styles.section} aria-labelledby="keyboard-title">
        <h2 id="keyboard-title" className={styles.name}>
          Keyboard
        </h2>
        <ShortcutList />
      </section>
    </div>
  </div>
);
