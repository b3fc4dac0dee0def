import { LoaderCircle, Play } from 'lucide-react';
import { memo } from 'react';
import { useStore } from 'zustand';
import type { Voice } from '#contract/voices.ts';
import { useStudio } from '../../app/studio-context.ts';
import { wordsOf } from '../../words/words.ts';
import { RowButton } from './row-button.tsx';
import styles from './voices-screen.module.css';

/** The vendor's own clip of a voice: never costs anything. */
export const PreviewButton = memo(({ voice }: { readonly voice: Voice }) => {
  const { sound } = useStudio();
  const t = wordsOf('voices');
  const busy = useStore(sound, (state) => state.fetching === voice.reference);
  if (voice.previews.length === 0) return null;
  return (
    <RowButton label={t('previewLabel', { name: voice.name })} onPress={() => void sound.preview(voice)}>
      {busy ? <LoaderCircle aria-hidden className={styles.busy} /> : <Play aria-hidden />}
    </RowButton>
  );
});
PreviewButton.displayName = 'PreviewButton';
