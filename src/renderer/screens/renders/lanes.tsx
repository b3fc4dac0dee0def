import { Pause, Play } from 'lucide-react';
import { useStore } from 'zustand';
import type { Lane } from '#contract/entities.ts';
import { useStudio } from '../../app/studio-context.ts';
import { IconButton } from '../../components/button.tsx';
import { cx } from '../../components/cx.ts';
import { formatCount, plural } from '../../components/format.ts';
import { TallyLight } from '../../components/tally-light.tsx';
import styles from './lanes.module.css';

const words: Readonly<Record<Lane['state'], string>> = {
  idle: 'idle',
  working: 'rendering',
  waiting: 'waiting',
  offline: 'offline',
  paused: 'paused',
  locked: 'locked',
  retired: 'retired',
  blocked: 'blocked',
};

const troubles: ReadonlySet<Lane['state']> = new Set(['offline', 'blocked', 'locked', 'retired']);

const describe = (lane: Lane): string => {
  const parts = [words[lane.state]];
  if (lane.inFlight > 0) parts.push(`${lane.inFlight} of ${lane.concurrency} in flight`);
  if (lane.queued > 0) parts.push(`${formatCount(lane.queued)} waiting`);
  if (lane.uncertain > 0) parts.push(plural(lane.uncertain, 'uncertain', 'uncertain'));
  return parts.join(' · ');
};

/** One lane per workspace: what it is doing, and why it is not. */
export const Lanes = () => {
  const { queue } = useStudio();
  const lanes = useStore(queue, (state) => state.lanes);
  if (lanes.length === 0) return null;
  return (
    <section aria-labelledby="lanes-title" className={styles.lanes}>
      <h2 id="lanes-title" className={styles.title}>
        Workspaces
      </h2>
      <ul>
        {lanes.map((lane) => {
          const held = lane.state === 'paused';
          return (
            <li key={lane.workspaceId} className={styles.lane}>
              <TallyLight state={lane.state === 'working' ? 'on' : lane.queued > 0 ? 'waiting' : 'off'} />
              <div className={styles.words}>
                <p className={styles.name}>{lane.workspaceName}</p>
                <p className={cx(styles.state, troubles.has(lane.state) && styles.trouble)}>{describe(lane)}</p>
                {lane.reason !== null && <p className={styles.reason}>{lane.reason}</p>}
              </div>
              <IconButton
                label={held ? `Resume ${lane.workspaceName}` : `Pause ${lane.workspaceName}`}
                onPress={() => void (held ? queue.resume(lane.workspaceId) : queue.pause(lane.workspaceId))}
              >
                {held ? <Play aria-hidden /> : <Pause aria-hidden />}
              </IconButton>
            </li>
          );
        })}
      </ul>
    </section>
  );
};
