import { Pause, Play, SkipBack, SkipForward } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { useStore } from 'zustand';
import { placeSteps } from '../audio/timeline.ts';
import { IconButton } from '../components/button.tsx';
import { cx } from '../components/cx.ts';
import { formatClock } from '../components/format.ts';
import { Waveform } from '../components/waveform.tsx';
import type { PlayerState } from '../stores/player-store.ts';
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
      <output className={styles.clock} aria-label="Time">
        {formatClock(seconds)}
        <span className={styles.total}>{formatClock(totalSeconds)}</span>
      </output>
      {program === null ? (
        <div className={styles.flat} />
      ) : (
        <div
          role="slider"
          tabIndex={0}
          aria-label="Position"
          aria-valuemin={0}
          aria-valuemax={Math.round(totalSeconds * 10) / 10}
          aria-valuenow={Math.round(seconds * 10) / 10}
          aria-valuetext={`${formatClock(seconds)} of ${formatClock(totalSeconds)}`}
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

export const TransportBar = () => {
  const { player } = useStudio();
  const program = useStore(player, (state) => state.program);
  const phase = useStore(player, (state) => state.phase);
  const step = useStore(player, (state) => state.step);
  const heard = program?.steps[step];
  const playing = phase !== 'stopped';
  return (
    <footer className={cx(styles.bar, phase === 'playing' && styles.onAir)} aria-label="Transport">
      <div className={styles.controls}>
        <IconButton label="Previous" keys="K" isDisabled={program === null} onPress={player.previous}>
          <SkipBack aria-hidden />
        </IconButton>
        <IconButton
          label={playing ? 'Pause' : 'Play'}
          keys="Space"
          size="large"
          look={playing ? 'primary' : 'plain'}
          isDisabled={program === null}
          onPress={player.toggle}
        >
          {playing ? <Pause aria-hidden /> : <Play aria-hidden />}
        </IconButton>
        <IconButton label="Next" keys="J" isDisabled={program === null} onPress={player.next}>
          <SkipForward aria-hidden />
        </IconButton>
      </div>
      <div className={styles.what}>
        {program === null ? (
          <p className={styles.nothing}>Nothing on air. Play a take, a voice or a variant and it sounds here.</p>
        ) : (
          <>
            <p className={styles.title}>
              {program.steps.length > 1 ? `${program.title} · ${program.subtitle}` : program.subtitle}
            </p>
            <p className={styles.line} data-testid="heard-line">
              {program.steps.length > 1 && <b>{heard?.title} </b>}
              {heard?.text}
            </p>
          </>
        )}
      </div>
      <Position />
    </footer>
  );
};
