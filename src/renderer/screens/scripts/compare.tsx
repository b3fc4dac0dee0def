import { Check, LoaderCircle, Play, Volume2, X } from 'lucide-react';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import type { Voice } from '#contract/voices.ts';
import { useStudio } from '../../app/studio-context.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { cx } from '../../components/cx.ts';
import { formatSeconds } from '../../components/format.ts';
import { levelsOf, mostPins, type Pin, pinKey } from '../../stores/cast-store.ts';
import { wordsOf } from '../../words/words.ts';
import { useQuote } from '../voices/use-quote.ts';
import { priceWords } from '../voices/voice-words.ts';
import styles from './compare.module.css';

const Slot = ({
  pin,
  at,
  isCurrent,
  onChoose,
}: {
  readonly pin: Pin;
  readonly at: number;
  readonly isCurrent: boolean;
  readonly onChoose: (voice: Voice) => void;
}) => {
  const { cast, player, sound } = useStudio();
  const t = wordsOf('cast');
  const { voice, speech } = pin;
  const key = pinKey(pin);
  const take = useStore(cast, (state) => state.takes.get(key));
  const busy = useStore(sound, (state) => state.auditioning.includes(key));
  const isHeard = useStore(
    player,
    (state) => take !== undefined && state.phase !== 'stopped' && state.program?.id.startsWith(`compare/${take.id}/`),
  );
  const quote = useQuote(voice, speech);
  const isFree = voice.free || quote?.owned === true;
  // What costs nothing is made at once, so that it plays at the key.
  useEffect(() => {
    if (isFree && take === undefined && !busy) void cast.make(pin);
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [cast, key, isFree]);
  const makeAndPlay = async (): Promise<void> => {
    if ((await cast.make(pin)) !== null) cast.playPin(at);
  };
  return (
    <li className={cx(styles.slot, isHeard === true && styles.heard)}>
      <span className={styles.letter}>
        {'ABCD'[at]}
        <kbd>{at + 1}</kbd>
      </span>
      <span className={styles.words}>
        <span className={styles.name} title={voice.name}>
          {voice.name}
        </span>
        <span className={styles.note}>
          {take !== undefined ? formatSeconds(take.durationMs / 1000) : busy ? t('making') : voice.workspaceName}
        </span>
      </span>
      {take === undefined ? (
        <Button
          size="small"
          icon={<Volume2 aria-hidden />}
          busy={busy}
          aria-label={wordsOf('voices')('auditionLabel', { name: voice.name, price: priceWords(quote, voice.free) })}
          onPress={() => void makeAndPlay()}
        >
          {priceWords(quote, voice.free)}
        </Button>
      ) : (
        <IconButton
          size="small"
          keys={String(at + 1)}
          label={t('playPin', { letter: 'ABCD'[at] ?? '', name: voice.name })}
          onPress={() => void cast.playPin(at)}
        >
          {isHeard ? <LoaderCircle aria-hidden className={styles.turning} /> : <Play aria-hidden />}
        </IconButton>
      )}
      <IconButton
        size="small"
        look={isCurrent ? 'good' : 'quiet'}
        label={isCurrent ? t('isCast') : t('choosePin', { name: voice.name })}
        isDisabled={isCurrent}
        onPress={() => onChoose(voice)}
      >
        <Check aria-hidden />
      </IconButton>
      <IconButton size="small" label={t('unpin', { name: voice.name })} onPress={() => cast.pin(pin)}>
        <X aria-hidden />
      </IconButton>
    </li>
  );
};

/** Up to four voices side by side on one line, by the keys 1 to 4, all as loud as the softest. */
export const Compare = ({
  current,
  onChoose,
}: {
  readonly current: Voice | undefined;
  readonly onChoose: (voice: Voice) => void;
}) => {
  const { cast } = useStudio();
  const t = wordsOf('cast');
  const pins = useStore(cast, (state) => state.pins);
  const takes = useStore(cast, (state) => state.takes);
  const heard = pins.map((pin) => takes.get(pinKey(pin)));
  const made = heard.filter((take) => take !== undefined).length;
  const level = made < 2 ? null : levelsOf(heard) === null ? t('levelUnknown') : t('levelMatched');
  return (
    <section className={styles.compare} aria-label={t('compare')}>
      <header className={styles.head}>
        <h3 className={styles.title}>{t('compare')}</h3>
        <p className={styles.note} role="status">
          {pins.length === 0 ? t('compareHint', { count: mostPins }) : level}
        </p>
      </header>
      {pins.length > 0 && (
        <ol className={styles.slots}>
          {pins.map((pin, at) => (
            <Slot
              key={pin.voice.reference}
              pin={pin}
              at={at}
              isCurrent={pin.voice.reference === current?.reference}
              onChoose={onChoose}
            />
          ))}
        </ol>
      )}
    </section>
  );
};
