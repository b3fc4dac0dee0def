import { LoaderCircle, Volume2 } from 'lucide-react';
import { memo } from 'react';
import { useStore } from 'zustand';
import type { Voice } from '#contract/voices.ts';
import { useStudio } from '../../app/studio-context.ts';
import { cx } from '../../components/cx.ts';
import { type Speech, speechKey } from '../../stores/voice-sound.ts';
import { wordsOf } from '../../words/words.ts';
import styles from './audition-button.module.css';
import { RowButton } from './row-button.tsx';
import { useQuote } from './use-quote.ts';
import { priceWords } from './voice-words.ts';

interface Audition {
  readonly voice: Voice;
  readonly speech: Speech;
  /** Says what it does, not only what it costs. */
  readonly wide?: boolean;
}

/** Hears one voice say these words, with the price on the button: what was heard before is owned and plays at once. */
export const AuditionButton = memo(
  ({ voice, speech, wide = false }: Audition) => {
    const { sound } = useStudio();
    const t = wordsOf('voices');
    const quote = useQuote(voice, speech);
    const busy = useStore(sound, (state) => state.auditioning.includes(speechKey(voice, speech)));
    const price = priceWords(quote, voice.free);
    const costs = quote === undefined ? !voice.free : quote.credits !== 0;
    return (
      <RowButton
        look={wide ? 'plain' : 'quiet'}
        label={t('auditionLabel', { name: voice.name, price })}
        isDisabled={busy || speech.text.trim() === ''}
        onPress={() => void sound.hear(voice, speech)}
        className={styles.audition}
      >
        {busy ? <LoaderCircle aria-hidden className={styles.busy} /> : <Volume2 aria-hidden />}
        {wide && t('hear')}
        <span className={cx(styles.price, costs ? styles.costs : styles.nothing)}>{price}</span>
      </RowButton>
    );
  },
  (before, after) =>
    before.voice === after.voice &&
    before.wide === after.wide &&
    (before.speech === after.speech || speechKey(before.voice, before.speech) === speechKey(after.voice, after.speech)),
);
AuditionButton.displayName = 'AuditionButton';
