import { useMemo, useState } from 'react';
import {
  Autocomplete,
  Dialog,
  Input,
  Menu,
  MenuItem,
  Modal,
  ModalOverlay,
  SearchField,
  useFilter,
} from 'react-aria-components';
import { useStore } from 'zustand';
import { cx } from '../components/cx.ts';
import { modKey } from '../components/format.ts';
import type { Studio } from '../stores/studio.ts';
import { pressRender } from './order.ts';
import styles from './palette.module.css';
import { useStudio } from './studio-context.ts';

interface Entry {
  readonly id: string;
  readonly words: string;
  readonly note: string;
  readonly run: () => void;
}

const roomsAndActions = (studio: Studio): readonly Entry[] => {
  const { navigation, appearance, player, queue } = studio;
  const go = (room: 'scripts' | 'renders' | 'takes' | 'voices' | 'settings', words: string): Entry => ({
    id: room,
    words,
    note: 'Screen',
    run: () => navigation.go({ room }),
  });
  return [
    { id: 'render', words: 'Render this script', note: `${modKey} Enter`, run: () => void pressRender(studio) },
    { id: 'sheet', words: 'Render with options', note: `${modKey} Shift Enter`, run: () => navigation.show('render') },
    { id: 'new', words: 'New script', note: 'Action', run: () => navigation.show('new-script') },
    { id: 'play', words: 'Play or pause', note: 'Space', run: player.toggle },
    { id: 'pause', words: 'Pause every workspace', note: 'Queue', run: () => void queue.pause() },
    { id: 'resume', words: 'Resume every workspace', note: 'Queue', run: () => void queue.resume() },
    go('scripts', 'Scripts'),
    go('renders', 'Renders'),
    go('takes', 'Takes'),
    go('voices', 'Voices'),
    go('settings', 'Settings'),
    { id: 'dark', words: 'Dark appearance', note: 'Appearance', run: () => appearance.choose('dark') },
    { id: 'light', words: 'Light appearance', note: 'Appearance', run: () => appearance.choose('light') },
    { id: 'contrast', words: 'High contrast', note: 'Appearance', run: () => appearance.choose('contrast') },
    { id: 'keys', words: 'Keyboard shortcuts', note: '?', run: () => navigation.show('shortcuts') },
  ];
};

/** Type to go anywhere: screens, scripts, actions. */
export const Palette = () => {
  const studio = useStudio();
  const { navigation, projects } = studio;
  const scripts = useStore(projects, (state) => state.scripts);
  const [words, setWords] = useState('');
  const { contains } = useFilter({ sensitivity: 'base' });
  const entries = useMemo(
    () => [
      ...roomsAndActions(studio),
      ...scripts.map((script) => ({
        id: `script:${script.id}`,
        words: script.title,
        note: 'Script',
        run: () => navigation.openScript(script.id),
      })),
    ],
    [studio, scripts, navigation],
  );
  return (
    <ModalOverlay
      isOpen
      isDismissable
      onOpenChange={(open) => !open && navigation.show(null)}
      className={cx(styles.scrim)}
    >
      <Modal className={cx(styles.modal)}>
        <Dialog aria-label="Go to anything" className={cx(styles.dialog)}>
          <Autocomplete filter={contains} inputValue={words} onInputChange={setWords}>
            <SearchField aria-label="Go to a screen, a script or an action" autoFocus className={cx(styles.search)}>
              <Input className={cx(styles.input)} placeholder="Go to a screen, a script or an action" />
            </SearchField>
            <Menu
              aria-label="Matches"
              items={entries}
              className={cx(styles.list)}
              renderEmptyState={() => <p className={styles.none}>Nothing is called that.</p>}
              onAction={(key) => {
                navigation.show(null);
                entries.find(({ id }) => id === key)?.run();
              }}
            >
              {(entry) => (
                <MenuItem id={entry.id} textValue={entry.words} className={cx(styles.item)}>
                  {entry.words}
                  <span className={styles.note}>{entry.note}</span>
                </MenuItem>
              )}
            </Menu>
          </Autocomplete>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
};
