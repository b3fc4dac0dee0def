import { useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { ReviewComment } from '#contract/review.ts';
import { useStudio } from '../../app/studio-context.ts';
import type { DrawnPeaks } from '../../audio/peaks.ts';
import type { Program } from '../../audio/timeline.ts';
import { Waveform } from '../../components/waveform.tsx';
import { programOfItem, programOf, takeIdOf } from '../../stores/review/state.ts';
import { wordsOf } from '../../words/words.ts';
import styles from './take-wave.module.css';
import { TimedText } from './timed-text.tsx';
import { wordsOfTimings } from './timed-words.ts';

/** A large screen has room for a tall one. */
const heightOf = (page: Window): number => (page.innerHeight >= 1100 ? 216 : 132);
const lowHeight = 64;

const useOutline = (program: Program | null): DrawnPeaks | null => {
  const { player, messages } = useStudio();
  const [drawn, setDrawn] = useState<{ readonly id: string; readonly outline: DrawnPeaks } | null>(null);
  // A take's outline never changes: it is drawn once, whatever else is learned about the take.
  const id = program?.id;
  const latest = useRef(program);
  latest.current = program;
  useEffect(() => {
    let gone = false;
    if (id === undefined || latest.current === null) return undefined;
    player.outline(latest.current).then((outline) => {
      if (!gone) setDrawn({ id, outline });
    }, messages.fail);
    return () => {
      gone = true;
    };
  }, [id, player, messages]);
  return drawn !== null && drawn.id === id ? drawn.outline : null;
};

const Markers = ({
  comments,
  totalSeconds,
}: {
  readonly comments: readonly ReviewComment[];
  readonly totalSeconds: number;
}) => (
  <div aria-hidden className={styles.markers}>
    {comments.flatMap(({ id, atMs, resolvedAt, text }) =>
      atMs === null ? (
        []
      ) : (
        <span
          key={id}
          title={text}
          className={resolvedAt === null ? styles.marker : styles.settled}
          style={{ left: `${Math.min(100, atMs / 10 / totalSeconds)}%` }}
        />
      ),
    )}
  </div>
);

/** One take's outline from stored peaks, with its place while it plays. */
const Outline = ({
  program,
  seconds,
  tall,
  comments,
  label,
  widthPercent = 100,
}: {
  readonly program: Program;
  /** So that two that are compared stand at one scale. */
  readonly widthPercent?: number;
  readonly seconds: number;
  readonly tall: number;
  readonly comments: readonly ReviewComment[];
  readonly label?: string;
}) => {
  const { review, appearance } = useStudio();
  const theme = useStore(appearance, (state) => state.theme);
  const outline = useOutline(program);
  const totalSeconds = (program.steps[0]?.durationMs ?? 0) / 1000;
  return (
    <div className={styles.outline} style={{ minHeight: tall, width: `${widthPercent}%` }} data-testid="take-wave">
      {label !== undefined && <b className={styles.label}>{label}</b>}
      {outline !== null && (
        <Waveform
          outline={outline}
          totalSeconds={totalSeconds}
          seconds={Math.min(seconds, totalSeconds)}
          height={tall}
          theme={theme}
          onSeek={(to) => void review.seek(to)}
        />
      )}
      <Markers comments={comments} totalSeconds={totalSeconds} />
    </div>
  );
};

const Compared = () => {
  const { review, player } = useStudio();
  const t = wordsOf('review');
  const comparison = useStore(review, (state) => state.comparison);
  const takes = useStore(review, (state) => state.takes);
  const active = useStore(review, (state) => state.active);
  const side = useStore(player, (state) => state.side);
  const seconds = useStore(player, (state) => (state.program?.id.startsWith('compare:') === true ? state.seconds : 0));
  if (comparison === null || active === null) return null;
  const lengths = takes.filter(({ take }) => take.id === comparison.first || take.id === comparison.other);
  const longestMs = Math.max(1, ...lengths.map(({ take }) => take.durationMs));
  if (comparison.mode === 'blind')
    return (
      <div className={styles.blind}>
        <span className={side === 'first' ? styles.heard : undefined}>A</span>
        <span className={side === 'other' ? styles.heard : undefined}>B</span>
        <p>{t('blindHint')}</p>
      </div>
    );
  const sides = [
    ['A', comparison.first, 'first'],
    ['B', comparison.other, 'other'],
  ] as const;
  return (
    <div className={styles.pair}>
      {sides.map(([label, takeId, own]) => {
        const take = takes.find((judged) => judged.take.id === takeId)?.take;
        return take === undefined ? null : (
          <div key={own} className={side === own ? styles.heardPair : styles.quietPair}>
            <Outline
              widthPercent={(100 * take.durationMs) / longestMs}
              program={programOfItem(active, takeId, take.durationMs)}
              seconds={seconds}
              tall={lowHeight}
              comments={[]}
              label={`${label} · ${t('take', { number: take.takeNo })}`}
            />
          </div>
        );
      })}
    </div>
  );
};

/** The take in front, large: its outline, its comments at their place, its words under it. */
export const TakeWave = () => {
  const { review, player } = useStudio();
  const takeId = useStore(review, takeIdOf);
  const comparison = useStore(review, (state) => state.comparison);
  const comments = useStore(review, (state) => state.comments);
  const timings = useStore(review, (state) => state.timings);
  const active = useStore(review, (state) => state.active);
  const shown = useStore(review, (state) => state.shownTakeId);
  const takes = useStore(review, (state) => state.takes);
  const seconds = useStore(player, (state) => (state.program?.id === takeId ? state.seconds : 0));
  const program = useMemo(
    () => programOf({ ...review.getState(), active, shownTakeId: shown, takes }),
    [review, active, shown, takes],
  );
  const words = useMemo(() => (timings === null ? [] : wordsOfTimings(timings)), [timings]);
  if (comparison !== null) return <Compared />;
  const height = heightOf(window);
  if (program === null) return <div className={styles.outline} style={{ minHeight: height }} />;
  return (
    <div className={styles.wave}>
      <Outline
        program={program}
        seconds={seconds}
        tall={height}
        comments={comments.filter((comment) => comment.takeId === takeId)}
      />
      {words.length > 0 && (
        <TimedText
          words={words}
          seconds={seconds}
          totalSeconds={(program.steps[0]?.durationMs ?? 0) / 1000}
          onSeek={(to) => void review.seek(to)}
        />
      )}
    </div>
  );
};
