import { LoaderCircle, Play } from 'lucide-react';
import { useStore } from 'zustand';
import type { Voice } from '#contract/voices.ts';
import { useStudio } from '../../app/studio-context.ts';
import { IconButton } from '../../components/button.tsx';
import { wordsOf } from '../../words/words.ts';
import styles from './voices-screen.module.css';

/** The vendor's own clip of a voice: never costs anything. */
export const PreviewButton = ({ voice }: { readonly voice: Voice }) => {
  const { sound } = useStudio();
  const t = wordsOf('voices');
  const busy = useStore(sound, (state) => state.fetching === voice.reference);
  if (voice.previews.length === 0) return null;
  return (
    <IconButton size="small" label={t('previewLabel', { name: voice.name })} onPress={() => void sound.preview(voice)}>
      {busy ? <LoaderCircle aria-hidden className={styles.busy} /> : <Play aria-hidden />}
    </IconButton>
  );
};
