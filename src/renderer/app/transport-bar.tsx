import { Pause, Play, Repeat, SkipBack, SkipForward } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { useStore } from 'zustand';
import { placeSteps } from '../audio/timeline.ts';
import { IconButton } from '../components/button.tsx';
import { cx } from '../components/cx.ts';
import { formatClock } from '../components/format.ts';
import { Waveform } from '../components/waveform.tsx';
import type { PlayerState } from '../stores/player-store.ts';
import { wordsOf } from '../words/words.ts';
import { useStudio } from './studio-context.ts';
import styles from './transport-bar.module.css';

const keySeconds: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, PageDown: -5, PageUp: 5 };

/** Boundaries between the lines of a spot, and the slot's end. */
const Marks = ({ program, totalSeconds, step }: Pick<PlayerState, 'program' | 'totalSeconds' | 'step'>) => {
  if (program === null || totalSeconds === 0) return null;
  const percent = (seconds: number): string => `${(100 * seconds) / totalSeconds}%`;
  const slot = program.slotSeconds;
  return (
    <div aria-hidden className={styles.marks}>
      {program.steps.length > 1 &&
        placeSteps(program.steps).map((placed) => (
          <span
            key={placed.index}
            className={cx(styles.part, placed.index === step && styles.heard)}
            style={{ left: percent(placed.fromSeconds), width: percent(placed.toSeconds - placed.fromSeconds) }}
          />
        ))}
      {slot !== null && slot < totalSeconds && <span className={styles.over} style={{ left: percent(slot) }} />}
    </div>
  );
};

const Position = () => {
  const { player, appearance } = useStudio();
  const { program, outline, seconds, totalSeconds, step } = useStore(player);
  const theme = useStore(appearance, (state) => state.theme);
  const t = wordsOf('shell');
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = keySeconds[event.key];
    const to =
      by !== undefined ? seconds + by : event.key === 'Home' ? 0 : event.key === 'End' ? totalSeconds : undefined;
    if (to === undefined) return;
    event.preventDefault();
    player.seek(to);
  };
  return (
    <>
      <output className={styles.clock} aria-label={t('time')}>
        {formatClock(seconds)}
        <span className={styles.total}>{formatClock(totalSeconds)}</span>
      </output>
      {program === null ? (
        <div className={styles.flat} />
      ) : (
        <div
          role="slider"
          tabIndex={0}
          aria-label={t('position')}
          aria-valuemin={0}
          aria-valuemax={Math.round(totalSeconds * 10) / 10}
          aria-valuenow={Math.round(seconds * 10) / 10}
          aria-valuetext={t('positionOf', { at: formatClock(seconds), total: formatClock(totalSeconds) })}
          className={styles.position}
          onKeyDown={onKeyDown}
        >
          <Marks program={program} totalSeconds={totalSeconds} step={step} />
          {outline !== null && (
            <Waveform
              outline={outline}
              totalSeconds={totalSeconds}
              seconds={seconds}
              height={44}
              theme={theme}
              onSeek={player.seek}
            />
          )}
        </div>
      )}
    </>
  );
};

const What = () => {
  const { player, navigation } = useStudio();
  const program = useStore(player, (state) => state.program);
  const step = useStore(player, (state) => state.step);
  const t = wordsOf('shell');
  if (program === null) return <p className={styles.nothing}>{t('nothingOnAir')}</p>;
  const heard = program.steps[step];
  const isSpot = program.steps.length > 1;
  const takeId = heard?.takeId ?? null;
  return (
    <>
      <p className={styles.title}>{isSpot ? `${program.title} · ${program.subtitle}` : program.subtitle}</p>
      <p className={styles.line} data-testid="heard-line">
        {isSpot && <b>{heard?.title} </b>}
        {takeId === null ? (
          heard?.text
        ) : (
          <button
            type="button"
            className={styles.open}
            title={t('openTake')}
            onClick={() => navigation.openTake(takeId)}
          >
            {heard?.text}
          </button>
        )}
      </p>
    </>
  );
};

/** What plays, wherever it was started: controls, the line that is heard, and its waveform. */
export const TransportBar = () => {
  const { player } = useStudio();
  const silent = useStore(player, (state) => state.program === null);
  const phase = useStore(player, (state) => state.phase);
  const loop = useStore(player, (state) => state.loop);
  const t = wordsOf('shell');
  const playing = phase !== 'stopped';
  return (
    <footer className={cx(styles.bar, phase === 'playing' && styles.onAir)} aria-label={t('transport')}>
      <div className={styles.controls}>
        <IconButton label={t('previous')} keys="K" isDisabled={silent} onPress={player.previous}>
          <SkipBack aria-hidden />
        </IconButton>
        <IconButton
          label={wordsOf('common')(playing ? 'pause' : 'play')}
          keys="Space"
          size="large"
          look={playing ? 'primary' : 'plain'}
          isDisabled={silent}
          onPress={player.toggle}
        >
          {playing ? <Pause aria-hidden /> : <Play aria-hidden />}
        </IconButton>
        <IconButton label={t('next')} keys="J" isDisabled={silent} onPress={player.next}>
          <SkipForward aria-hidden />
        </IconButton>
        <IconButton label={t('loop')} keys="L" pressed={loop} isDisabled={silent} onPress={player.toggleLoop}>
          <Repeat aria-hidden />
        </IconButton>
      </div>
      <div className={styles.what}>
        <What />
      </div>
      <Position />
    </footer>
  );
};
