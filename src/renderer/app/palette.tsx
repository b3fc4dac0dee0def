import { Clapperboard, type LucideIcon, MicVocal, ScrollText } from 'lucide-react';
import { useMemo, useState } from 'react';
import {
  Autocomplete,
  Dialog,
  Header,
  Input,
  Menu,
  MenuItem,
  MenuSection,
  Modal,
  ModalOverlay,
  SearchField,
} from 'react-aria-components';
import { useStore } from 'zustand';
import { cx } from '../components/cx.ts';
import { wordsOf } from '../words/words.ts';
import styles from './palette.module.css';
import { commandEntries, type EntryKind, findEntries, scriptEntries, voiceEntries } from './palette-entries.ts';
import { useStudio } from './studio-context.ts';

const kinds: readonly { readonly kind: EntryKind; readonly Icon: LucideIcon }[] = [
  { kind: 'command', Icon: Clapperboard },
  { kind: 'script', Icon: ScrollText },
  { kind: 'voice', Icon: MicVocal },
];

/** Type to go anywhere: every command, every script, every voice. */
export const Palette = () => {
  const studio = useStudio();
  const { navigation, projects, voices } = studio;
  const scripts = useStore(projects, (state) => state.scripts);
  const names = useStore(projects, (state) => state.projects);
  const known = useStore(voices, (state) => state.voices);
  const [typed, setTyped] = useState('');
  const t = wordsOf('shell');
  const entries = useMemo(() => {
    const projectNames = new Map(names.map(({ id, name }) => [id as string, name]));
    return [...commandEntries(studio), ...scriptEntries(studio, scripts, projectNames), ...voiceEntries(studio, known)];
  }, [studio, scripts, names, known]);
  const found = useMemo(() => findEntries(entries, typed), [entries, typed]);
  const titles = { command: t('commands'), script: t('scripts'), voice: t('voices') } as const;
  return (
    <ModalOverlay
      isOpen
      isDismissable
      onOpenChange={(open) => !open && navigation.show(null)}
      className={cx(styles.scrim)}
    >
      <Modal className={cx(styles.modal)}>
        <Dialog aria-label={t('goToAnything')} className={cx(styles.dialog)}>
          <Autocomplete inputValue={typed} onInputChange={setTyped}>
            <SearchField aria-label={t('paletteHint')} autoFocus className={cx(styles.search)}>
              <Input className={cx(styles.input)} placeholder={t('paletteHint')} />
            </SearchField>
            <Menu
              aria-label={t('matches')}
              className={cx(styles.list)}
              renderEmptyState={() => <p className={styles.none}>{t('nothingCalledThat')}</p>}
              onAction={(key) => {
                navigation.show(null);
                entries.find(({ id }) => id === key)?.run();
              }}
            >
              {kinds
                .filter(({ kind }) => found.some((entry) => entry.kind === kind))
                .map(({ kind, Icon }) => (
                  <MenuSection key={kind} id={kind} aria-label={titles[kind]} className={cx(styles.section)}>
                    <Header className={cx(styles.header)}>{titles[kind]}</Header>
                    {found
                      .filter((entry) => entry.kind === kind)
                      .map((entry) => (
                        <MenuItem key={entry.id} id={entry.id} textValue={entry.words} className={cx(styles.item)}>
                          <Icon aria-hidden className={styles.icon} />
                          <span className={styles.words}>{entry.words}</span>
                          <span className={styles.note}>{entry.note}</span>
                          {entry.keys[0] !== undefined && (
                            <span className={styles.keys}>
                              {entry.keys.map((key) => (
                                <kbd key={key}>{key}</kbd>
                              ))}
                            </span>
                          )}
                        </MenuItem>
                      ))}
                  </MenuSection>
                ))}
            </Menu>
          </Autocomplete>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
};
