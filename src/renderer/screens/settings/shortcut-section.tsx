import { RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import { findCommands, resetAll } from '../../app/shortcut-edits.ts';
import { useStudio } from '../../app/studio-context.ts';
import { Button } from '../../components/button.tsx';
import { SearchField } from '../../components/field.tsx';
import { ConfirmSheet } from '../../components/sheet.tsx';
import { rooms } from '../../stores/navigation-store.ts';
import { wordsOf } from '../../words/words.ts';
import { SectionFrame } from './section-frame.tsx';
import frame from './settings-screen.module.css';
import { ShortcutRow } from './shortcut-row.tsx';
import styles from './shortcut-section.module.css';

const places = ['anywhere', ...rooms] as const;

/** Every command, those without keys too: keys are changed here and nowhere else. */
export const ShortcutSection = () => {
  const studio = useStudio();
  const own = useStore(studio.preferences, (state) => state.shortcuts);
  const [words, setWords] = useState('');
  const [asking, setAsking] = useState(false);
  const [changing, setChanging] = useState<string | null>(null);
  const t = wordsOf('settings');
  const shell = wordsOf('shell');
  const found = findCommands(words, own);
  return (
    <SectionFrame
      title={t('shortcuts')}
      about={t('shortcutsAbout')}
      action={
        <Button
          icon={<RotateCcw aria-hidden />}
          isDisabled={Object.keys(own).length === 0}
          onPress={() => setAsking(true)}
        >
          {t('resetAll')}
        </Button>
      }
    >
      <SearchField label={t('findCommand')} value={words} onChange={setWords} />
      {found.length === 0 && <p className={frame.soft}>{t('noCommand')}</p>}
      {places
        .map((place) => ({ place, commands: found.filter(({ where }) => where === place) }))
        .filter(({ commands }) => commands.length > 0)
        .map(({ place, commands }) => (
          <section key={place} aria-label={shell(place)}>
            <h3 className={styles.place}>{shell(place)}</h3>
            <ul className={styles.list}>
              {commands.map((command) => (
                <ShortcutRow
                  key={command.id}
                  command={command}
                  own={own}
                  changing={changing === command.id}
                  onChanging={(on) => setChanging(on ? command.id : null)}
                />
              ))}
            </ul>
          </section>
        ))}
      {asking && (
        <ConfirmSheet
          title={t('resetAllTitle')}
          confirm={t('resetAll')}
          onClose={() => setAsking(false)}
          onConfirm={() => void resetAll(studio)}
        >
          {t('resetAllAbout')}
        </ConfirmSheet>
      )}
    </SectionFrame>
  );
};
