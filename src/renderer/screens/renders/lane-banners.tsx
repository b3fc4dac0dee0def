import { TriangleAlert } from 'lucide-react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import type { Lane } from '#contract/entities.ts';
import { useStudio } from '../../app/studio-context.ts';
import { Button } from '../../components/button.tsx';
import { wordsOf } from '../../words/words.ts';
import styles from './lane-banners.module.css';

const hasWork = ({ queued, inFlight, uncertain }: Lane): boolean => queued + inFlight + uncertain > 0;
const troubled: ReadonlySet<Lane['state']> = new Set(['offline', 'locked', 'blocked', 'retired', 'paused']);

const wordsFor = (lane: Lane): string => {
  const t = wordsOf('renders');
  const values = {
    workspace: lane.workspaceName,
    count: lane.queued + lane.inFlight + lane.uncertain,
    reason: lane.reason ?? '',
  };
  switch (lane.state) {
    case 'offline':
      return t('offlineBanner', values);
    case 'locked':
      return t('lockedBanner', values);
    case 'paused':
      return t('pausedBanner', values);
    case 'retired':
      return t('retiredBanner', values);
    default:
      return t('blockedBanner', values);
  }
};

/** Workspaces that hold lines up, each in a plain sentence with the one thing that helps. */
export const LaneBanners = () => {
  const { queue, navigation } = useStudio();
  const lanes = useStore(
    queue,
    useShallow((state) => state.lanes.filter((lane) => troubled.has(lane.state) && hasWork(lane))),
  );
  const t = wordsOf('renders');
  return lanes.map((lane) => (
    <div key={lane.workspaceId} role="status" className={styles.banner}>
      <TriangleAlert aria-hidden />
      <p>{wordsFor(lane)}</p>
      {lane.state === 'locked' || lane.state === 'retired' ? (
        <Button size="small" onPress={() => navigation.go({ room: 'settings' })}>
          {t('openSettings')}
        </Button>
      ) : (
        <Button size="small" onPress={() => void queue.resume(lane.workspaceId)}>
          {lane.state === 'paused' ? t('resumeLane', { workspace: lane.workspaceName }) : t('tryNow')}
        </Button>
      )}
    </div>
  ));
};
