import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { MethodOutput } from '#contract/methods/index.ts';
import type { Voice, VoiceImpact } from '#contract/voices.ts';
import { useStudio } from '../../app/studio-context.ts';
import { Button } from '../../components/button.tsx';
import { Sheet } from '../../components/sheet.tsx';
import { wordsOf } from '../../words/words.ts';
import { AuditionButton } from './audition-button.tsx';
import { PreviewButton } from './preview-button.tsx';
import { reasonWords } from './reason-words.ts';
import { VoiceBadges } from './voice-badges.tsx';
import styles from './replace-sheet.module.css';

/** The nearest voices for one that goes, heard before one of them takes over in every script at once. */
export const ReplaceSheet = ({ impact, onClose }: { readonly impact: VoiceImpact; readonly onClose: () => void }) => {
  const { voices, cast, messages, sound } = useStudio();
  const t = wordsOf('voices');
  const sample = useStore(voices, (state) => state.sample);
  const [similar, setSimilar] = useState<MethodOutput<'voice.similar'> | null>(null);
  const [busy, setBusy] = useState<string | null>(null);
  const { voice: old, scripts } = impact;
  useEffect(() => {
    let wanted = true;
    void voices.similar(old).then((found) => wanted && setSimilar(found ?? []));
    return () => {
      wanted = false;
    };
  }, [voices, old]);
  const use = async (voice: Voice): Promise<void> => {
    setBusy(voice.reference);
    const changed = await cast.replaceEverywhere(impact, voice);
    setBusy(null);
    if (changed > 0) messages.show('notice', t('replaced', { count: changed, name: voice.name }));
    if (changed < scripts.length) messages.show('warning', t('replaceInVariants', { count: scripts.length - changed }));
    sound.forget();
    await voices.loadImpact();
    onClose();
  };
  return (
    <Sheet title={t('replaceTitle', { name: old.name })} width="wide" onClose={onClose}>
      <p className={styles.intro}>{t('replaceIntro', { count: scripts.length })}</p>
      {similar !== null && similar.length === 0 && <p className={styles.intro}>{t('noSimilar')}</p>}
      <ul aria-busy={similar === null}>
        {similar?.map(({ voice, reasons }) => (
          <li key={voice.reference} className={styles.row}>
            <span>
              <PreviewButton voice={voice} />
            </span>
            <span className={styles.words}>
              <span className={styles.name}>
                {voice.name} <VoiceBadges voice={voice} />
              </span>
              <span className={styles.reasons}>{[voice.workspaceName, ...reasons.map(reasonWords)].join(' · ')}</span>
            </span>
            <AuditionButton voice={voice} speech={{ text: sample }} />
            <Button
              size="small"
              busy={busy === voice.reference}
              isDisabled={busy !== null}
              onPress={() => void use(voice)}
            >
              {t('useInstead')}
              <span className={styles.hidden}> {voice.name}</span>
            </Button>
          </li>
        ))}
      </ul>
    </Sheet>
  );
};
