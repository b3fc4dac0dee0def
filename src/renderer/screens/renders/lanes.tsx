import { Pause, Play } from 'lucide-react';
import { memo } from 'react';
import { useStore } from 'zustand';
import type { Lane, WorkspaceId } from '#contract/entities.ts';
import { useStudio } from '../../app/studio-context.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { cx } from '../../components/cx.ts';
import { formatMoment } from '../../components/format.ts';
import { TallyLight } from '../../components/tally-light.tsx';
import { wordsOf } from '../../words/words.ts';
import styles from './lanes.module.css';

const troubles: ReadonlySet<Lane['state']> = new Set(['offline', 'blocked', 'locked', 'retired']);

/** `rendering · 4 of 10 in flight · 23 waiting`. */
export const laneWords = (lane: Lane): string => {
  const t = wordsOf('renders');
  const parts = [t(`lane_${lane.state}`)];
  parts.push(
    lane.inFlight > 0
      ? t('inFlight', { count: lane.inFlight, places: lane.concurrency })
      : t('places', { count: lane.concurrency }),
  );
  if (lane.queued > 0) parts.push(t('waitingLines', { count: lane.queued }));
  if (lane.uncertain > 0) parts.push(t('uncertainLines', { count: lane.uncertain }));
  if (lane.pausedUntil !== null) parts.push(t('until', { time: formatMoment(lane.pausedUntil) }));
  return parts.join(' · ');
};

const LaneRow = memo(
  ({ lane, onTurn }: { readonly lane: Lane; readonly onTurn: (id: WorkspaceId, to: 'pause' | 'resume') => void }) => {
    const t = wordsOf('renders');
    const held = lane.state === 'paused';
    const lamp = lane.state === 'working' ? 'on' : lane.queued > 0 ? 'waiting' : 'off';
    const workspace = lane.workspaceName;
    return (
      <li className={styles.lane}>
        <TallyLight state={lamp} />
        <div className={styles.words}>
          <p className={styles.name}>{workspace}</p>
          <p className={cx(styles.state, troubles.has(lane.state) && styles.trouble)}>{laneWords(lane)}</p>
          {lane.reason !== null && <p className={styles.reason}>{lane.reason}</p>}
        </div>
        <IconButton
          label={held ? t('resumeLane', { workspace }) : t('pauseLane', { workspace })}
          onPress={() => onTurn(lane.workspaceId, held ? 'resume' : 'pause')}
        >
          {held ? <Play aria-hidden /> : <Pause aria-hidden />}
        </IconButton>
      </li>
    );
  },
);

/** One lane per workspace: what it is doing, and why it is not. */
export const Lanes = () => {
  const { queue } = useStudio();
  const lanes = useStore(queue, (state) => state.lanes);
  const t = wordsOf('renders');
  if (lanes.length === 0) return null;
  const allHeld = lanes.every(({ state }) => state === 'paused');
  return (
    <section aria-labelledby="lanes-title" className={styles.lanes}>
      <div className={styles.head}>
        <h2 id="lanes-title" className={styles.title}>
          {t('lanes')}
        </h2>
        <Button
          size="small"
          look="quiet"
          icon={allHeld ? <Play aria-hidden /> : <Pause aria-hidden />}
          onPress={() => void (allHeld ? queue.resume() : queue.pause())}
        >
          {allHeld ? t('resumeAll') : t('pauseAll')}
        </Button>
      </div>
      <ul>
        {lanes.map((lane) => (
          <LaneRow key={lane.workspaceId} lane={lane} onTurn={queue.turn} />
        ))}
      </ul>
    </section>
  );
};
