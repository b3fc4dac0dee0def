import { Replace } from 'lucide-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import type { Voice } from '#contract/voices.ts';
import { useStudio } from '../../app/studio-context.ts';
import { Button } from '../../components/button.tsx';
import { formatDate } from '../../components/credit-words.ts';
import { wordsOf } from '../../words/words.ts';
import { ReplaceSheet } from './replace-sheet.tsx';
import styles from './voice-detail.module.css';

/** That a voice goes or is gone, who speaks with it, and the way to another one. */
export const Notice = ({ voice }: { readonly voice: Voice }) => {
  const { voices, navigation } = useStudio();
  const t = wordsOf('voices');
  const impact = useStore(voices, (state) =>
    state.impact?.find((one) => one.voice.reference === voice.reference && one.scripts.length > 0),
  );
  const [replacing, setReplacing] = useState(false);
  if (voice.availability === 'available') {
    return voice.noticePeriodDays === null || voice.noticePeriodDays === 0 ? null : (
      <p className={styles.quiet}>{t('noticeDays', { count: voice.noticePeriodDays })}</p>
    );
  }
  const when =
    voice.availability === 'gone'
      ? t('goneHint')
      : voice.noticeEndsAt === null
        ? t('leavingHint')
        : t('leavesOn', { date: formatDate(voice.noticeEndsAt) });
  return (
    <div className={styles.notice}>
      <p>{when}</p>
      {impact === undefined ? (
        <p className={styles.quiet}>{t('noScripts')}</p>
      ) : (
        <>
          <ul>
            {impact.scripts.map(({ scriptId, title, characters }) => (
              <li key={scriptId}>
                <button type="button" className={styles.link} onClick={() => navigation.openScript(scriptId, 'cast')}>
                  {title}
                </button>
                <span className={styles.quiet}>{characters.join(', ')}</span>
              </li>
            ))}
          </ul>
          <Button icon={<Replace aria-hidden />} onPress={() => setReplacing(true)}>
            {t('replace')}
          </Button>
        </>
      )}
      {replacing && impact !== undefined && <ReplaceSheet impact={impact} onClose={() => setReplacing(false)} />}
    </div>
  );
};
