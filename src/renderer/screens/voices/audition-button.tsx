import { LoaderCircle, Volume2 } from 'lucide-react';
import { useStore } from 'zustand';
import type { Voice } from '#contract/voices.ts';
import { useStudio } from '../../app/studio-context.ts';
import { IconButton } from '../../components/button.tsx';
import styles from './audition-button.module.css';

/** Hears one voice: the same words in the same voice play at once when they were heard before. */
export const AuditionButton = ({ voice, text }: { readonly voice: Voice; readonly text?: string | undefined }) => {
  const { voices, player } = useStudio();
  const busy = useStore(voices, (state) => state.auditioning.includes(voice.reference));
  const hear = async (): Promise<void> => {
    const takeId = await voices.audition(voice, text === undefined || text === '' ? undefined : text);
    if (takeId !== null) await player.startTakeId(takeId);
  };
  return (
    <IconButton
      size="small"
      label={voice.free ? `Audition ${voice.name}, free` : `Audition ${voice.name}, costs credits like a line`}
      isDisabled={busy}
      onPress={() => void hear()}
    >
      {busy ? <LoaderCircle aria-hidden className={styles.busy} /> : <Volume2 aria-hidden />}
    </IconButton>
  );
};
