import {
  AudioLines,
  Database,
  Info,
  Keyboard,
  Languages,
  type LucideIcon,
  Palette,
  PlugZap,
  ShieldCheck,
} from 'lucide-react';
import type { ComponentType } from 'react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { useStore } from 'zustand';
import { useStudio } from '../../app/studio-context.ts';
import { cx } from '../../components/cx.ts';
import { wordsOf } from '../../words/words.ts';
import { AboutSection } from './about-section.tsx';
import { AppearanceSection } from './appearance-section.tsx';
import { AudioSection } from './audio-section.tsx';
import { LanguageSection } from './language-section.tsx';
import { PrivacySection } from './privacy-section.tsx';
import { type Section, sectionOf, sections } from './sections.ts';
import styles from './settings-screen.module.css';
import { ShortcutSection } from './shortcut-section.tsx';
import { StorageSection } from './storage-section.tsx';
import { WorkspaceSection } from './workspace-section.tsx';

const parts = {
  workspaces: { Icon: PlugZap, Part: WorkspaceSection },
  storage: { Icon: Database, Part: StorageSection },
  appearance: { Icon: Palette, Part: AppearanceSection },
  audio: { Icon: AudioLines, Part: AudioSection },
  shortcuts: { Icon: Keyboard, Part: ShortcutSection },
  language: { Icon: Languages, Part: LanguageSection },
  privacy: { Icon: ShieldCheck, Part: PrivacySection },
  about: { Icon: Info, Part: AboutSection },
} as const satisfies Record<Section, { readonly Icon: LucideIcon; readonly Part: ComponentType }>;

/** A list of parts on the left, one of them open; the address names it. */
export const SettingsScreen = () => {
  const { navigation } = useStudio();
  const open = useStore(navigation, (state) => sectionOf(state.query['section']));
  const t = wordsOf('settings');
  return (
    <Tabs
      orientation="vertical"
      selectedKey={open}
      onSelectionChange={(key) =>
        navigation.go({ room: 'settings', query: { section: sectionOf(String(key)) } }, 'replace')
      }
      className={cx(styles.screen)}
    >
      <div className={styles.list}>
        <h1 className={styles.room}>{t('title')}</h1>
        <TabList aria-label={t('sections')} className={cx(styles.tabs)}>
          {sections.map((section) => {
            const { Icon } = parts[section];
            return (
              <Tab key={section} id={section} className={cx(styles.tab)}>
                <Icon aria-hidden />
                {t(section)}
              </Tab>
            );
          })}
        </TabList>
      </div>
      {sections.map((section) => {
        const { Part } = parts[section];
        return (
          <TabPanel key={section} id={section} className={cx(styles.panel)}>
            <div className={styles.column}>
              <Part />
            </div>
          </TabPanel>
        );
      })}
    </Tabs>
  );
};
