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
import type { Studio } from '../stores/studio.ts';
import { commands, keysOf } from './commands.ts';
import styles from './palette.module.css';
import { useStudio } from './studio-context.ts';

interface Entry {
  readonly id: string;
  readonly words: string;
  readonly note: string;
  readonly run: () => void;
}

const roomsAndActions = (studio: Studio): readonly Entry[] => {
  const { room } = studio.navigation.getState();
  const own = studio.preferences.getState().shortcuts;
  return commands
    .filter(({ id, where }) => id !== 'palette.toggle' && (where === 'anywhere' || where === room))
    .map((command) => ({
      id: command.id,
      words: command.title(),
      note: keysOf(command, own)[0]?.split('+').join(' ') ?? '',
      run: () => void command.run(studio),
    }));
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
