import { Clapperboard } from 'lucide-react';
import { useStore } from 'zustand';
import type { Render } from '#contract/entities.ts';
import { useStudio } from '../../app/studio-context.ts';
import { Button } from '../../components/button.tsx';
import { cx } from '../../components/cx.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { formatCount, formatLeft, formatMoment } from '../../components/format.ts';
import { Progress } from '../../components/progress.tsx';
import { Lanes } from './lanes.tsx';
import { portionsOf, waitsForPerson, withAudio } from './portions.ts';
import { RenderDetail } from './render-detail.tsx';
import styles from './renders-screen.module.css';
import { RenderBadge } from './state-badge.tsx';
import { UncertainJobs } from './uncertain-jobs.tsx';

const Entry = ({ render, open }: { readonly render: Render; readonly open: boolean }) => {
  const { renders } = useStudio();
  const { units, secondsLeft } = render.progress;
  const live = render.state === 'active' && !waitsForPerson(render);
  return (
    <li>
      <button
        type="button"
        aria-current={open ? 'true' : undefined}
        className={cx(styles.entry, open && styles.current)}
        onClick={() => renders.open(render.id)}
      >
        <span className={styles.line}>
          <span className={styles.name}>{render.title}</span>
          <RenderBadge render={render} />
        </span>
        <Progress
          label={`Progress of ${render.title}`}
          total={units}
          portions={portionsOf(render.progress)}
          live={live}
        />
        <span className={styles.line}>
          <span className={styles.soft}>
            {formatCount(withAudio(render.progress))} of {formatCount(units)}
          </span>
          <span className={styles.soft}>
            {live && secondsLeft !== null ? `${formatLeft(secondsLeft)} left` : formatMoment(render.createdAt)}
          </span>
        </span>
      </button>
    </li>
  );
};

/** The orders and the road they are on. */
export const RendersScreen = () => {
  const { renders, navigation } = useStudio();
  const status = useStore(renders, (state) => state.status);
  const list = useStore(renders, (state) => state.renders);
  const openId = useStore(renders, (state) => state.openId);
  const open = list.find(({ id }) => id === openId);
  return (
    <div className={styles.screen}>
      <aside className={styles.side} aria-label="Renders and lanes">
        <h1 className={styles.title}>Renders</h1>
        <ul className={styles.list}>
          {list.map((render) => (
            <Entry key={render.id} render={render} open={render.id === openId} />
          ))}
        </ul>
        <Lanes />
      </aside>
      <div className={styles.main}>
        <UncertainJobs />
        {open !== undefined && <RenderDetail render={open} />}
        {status === 'ready' && list.length === 0 && (
          <EmptyState
            icon={<Clapperboard aria-hidden />}
            title="Nothing rendered yet"
            action={
              <Button look="primary" onPress={() => navigation.go({ room: 'scripts' })}>
                Open the sample campaign
              </Button>
            }
          >
            Press Render on a script. The sample uses Scratch voices, so it costs nothing; every line is made once and
            kept.
          </EmptyState>
        )}
      </div>
    </div>
  );
};
