import { Clapperboard } from 'lucide-react';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { useStudio } from '../../app/studio-context.ts';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { wordsOf } from '../../words/words.ts';
import { LaneBanners } from './lane-banners.tsx';
import { Lanes } from './lanes.tsx';
import { RenderDetail } from './render-detail.tsx';
import { RenderList } from './render-list.tsx';
import styles from './renders-screen.module.css';
import { RetrySheet } from './retry-sheet.tsx';
import { UncertainJobs } from './uncertain-jobs.tsx';

const OpenRender = () => {
  const { renders } = useStudio();
  const open = useStore(renders, ({ renders: list, openId }) => list.find(({ id }) => id === openId));
  return open === undefined ? null : <RenderDetail render={open} />;
};

/** The orders and the road they are on. */
export const RendersScreen = () => {
  const { renders, navigation } = useStudio();
  const status = useStore(renders, (state) => state.status);
  const isEmpty = useStore(renders, (state) => state.renders.length === 0);
  const t = wordsOf('renders');
  useEffect(() => renders.watch(), [renders]);
  return (
    <div className={styles.screen}>
      <aside className={styles.side} aria-label={t('side')}>
        <h1 className={styles.title}>{t('title')}</h1>
        <RenderList />
        <Lanes />
      </aside>
      <div className={styles.main}>
        <LaneBanners />
        <UncertainJobs />
        <OpenRender />
        {status === 'ready' && isEmpty && (
          <EmptyState
            icon={<Clapperboard aria-hidden />}
            title={t('noRender')}
            action={
              <Button look="primary" onPress={() => navigation.go({ room: 'scripts' })}>
                {t('openScripts')}
              </Button>
            }
          >
            {t('noRenderText')}
          </EmptyState>
        )}
      </div>
      <RetrySheet />
    </div>
  );
};
