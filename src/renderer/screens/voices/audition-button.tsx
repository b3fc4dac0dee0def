import { Volume2 } from 'lucide-react';
import { useStore } from 'zustand';
import type { Voice } from '#contract/voices.ts';
import { useStudio } from '../../app/studio-context.ts';
import { Button } from '../../components/button.tsx';
import { cx } from '../../components/cx.ts';
import { type Speech, speechKey } from '../../stores/voice-sound.ts';
import { wordsOf } from '../../words/words.ts';
import styles from './audition-button.module.css';
import { useQuote } from './use-quote.ts';
import { priceWords } from './voice-words.ts';

/** Hears one voice say these words, with the price on the button: what was heard before is owned and plays at once. */
export const AuditionButton = ({
  voice,
  speech,
  wide = false,
}: {
  readonly voice: Voice;
  readonly speech: Speech;
  /** Says what it does, not only what it costs. */
  readonly wide?: boolean;
}) => {
  const { sound } = useStudio();
  const t = wordsOf('voices');
  const quote = useQuote(voice, speech);
  const busy = useStore(sound, (state) => state.auditioning.includes(speechKey(voice, speech)));
  const price = priceWords(quote, voice.free);
  const costs = quote === undefined ? !voice.free : quote.credits !== 0;
  return (
    <Button
      size="small"
      look={wide ? 'plain' : 'quiet'}
      icon={<Volume2 aria-hidden />}
      busy={busy}
      isDisabled={speech.text.trim() === ''}
      aria-label={t('auditionLabel', { name: voice.name, price })}
      onPress={() => void sound.hear(voice, speech)}
      className={styles.audition}
    >
      {wide && t('hear')}
      <span className={cx(styles.price, costs ? styles.costs : styles.nothing)}>{price}</span>
    </Button>
  );
};
