import { Check, Eye, EyeOff, GitCompareArrows, Pause, Play, X } from 'lucide-react';
import { useStore } from 'zustand';
import { useStudio } from '../../app/studio-context.ts';
import { Button } from '../../components/button.tsx';
import { cx } from '../../components/cx.ts';
import { formatDecimal, formatSeconds } from '../../components/format.ts';
import { takeIdOf } from '../../stores/review/state.ts';
import { wordsOf } from '../../words/words.ts';
import { Keys } from './keys.tsx';
import styles from './take-strip.module.css';

const Compare = () => {
  const { review } = useStudio();
  const t = wordsOf('review');
  const comparison = useStore(review, (state) => state.comparison);
  const count = useStore(review, (state) => state.takes.length);
  if (comparison === null)
    return count < 2 ? null : (
      <>
        <Button icon={<GitCompareArrows aria-hidden />} onPress={() => review.compare('open')}>
          {t('compare')} <Keys of="compare" />
        </Button>
        <Button icon={<EyeOff aria-hidden />} onPress={() => review.compare('blind')}>
          {t('compareBlind')} <Keys of="blind" />
        </Button>
      </>
    );
  return (
    <>
      <Button icon={<GitCompareArrows aria-hidden />} onPress={() => review.compare(comparison.mode)}>
        {t('switchSide')} <Keys of="compare" />
      </Button>
      {comparison.mode === 'blind' && (
        <Button icon={<Eye aria-hidden />} onPress={review.reveal}>
          {t('reveal')} <Keys of="reveal" />
        </Button>
      )}
      <Button look="quiet" onPress={review.endCompare}>
        {t('endCompare')} <Keys of="endCompare" />
      </Button>
    </>
  );
};

/** The transport of the take in front, and the other takes of its line. */
export const TakeStrip = () => {
  const { review, player } = useStudio();
  const t = wordsOf('review');
  const takes = useStore(review, (state) => state.takes);
  const shown = useStore(review, takeIdOf);
  const comparison = useStore(review, (state) => state.comparison);
  const isPlaying = useStore(
    player,
    ({ program, phase }) =>
      phase !== 'stopped' && (program?.id === shown || program?.id.startsWith('compare:') === true),
  );
  return (
    <div className={styles.strip}>
      <div className={styles.transport}>
        <Button icon={isPlaying ? <Pause aria-hidden /> : <Play aria-hidden />} onPress={review.toggle}>
          {isPlaying ? t('pause') : t('play')} <Keys of="play" />
        </Button>
        <Compare />
      </div>
      {comparison?.mode !== 'blind' && takes.length > 0 && (
        <ul className={styles.takes} aria-label={t('takesOfLine')}>
          {takes.map(({ take, verdict }, index) => (
            <li key={take.id}>
              <button
                type="button"
                aria-current={take.id === shown ? 'true' : undefined}
                className={cx(styles.take, take.id === shown && styles.current)}
                onClick={() => review.showTake(take.id)}
              >
                <span>{t('take', { number: take.takeNo })}</span>
                <span className={styles.facts} data-figures>
                  {formatSeconds(take.durationMs / 1000)}
                  {take.loudnessLufs === null ? '' : ` · ${formatDecimal(take.loudnessLufs)} LUFS`}
                </span>
                {take.selected && takes.length > 1 && <span className={styles.selected}>{t('selectedTake')}</span>}
                {verdict === 'approved' && <Check role="img" aria-label={t('approved')} className={styles.good} />}
                {verdict === 'rejected' && <X role="img" aria-label={t('rejected')} className={styles.bad} />}
                {takes.length > 1 && index < 9 && <Keys of={`take${index + 1}`} />}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
};
