import { Headphones, PackageOpen, TriangleAlert, Upload } from 'lucide-react';
import { useEffect, useState } from 'react';
import { FileTrigger } from 'react-aria-components';
import { useStore } from 'zustand';
import type { RenderId, ScriptId } from '#contract/entities.ts';
import { useStudio } from '../../app/studio-context.ts';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { SelectField } from '../../components/field.tsx';
import { formatMoment } from '../../components/format.ts';
import { wordsOf } from '../../words/words.ts';
import { FilterBar } from './filter-bar.tsx';
import { ItemList } from './item-list.tsx';
import { JudgePanel } from './judge-panel.tsx';
import { PackageSheet } from './package-sheet.tsx';
import { RetakeSheet } from './retake-sheet.tsx';
import styles from './review-screen.module.css';

const scriptNow = '';

const Scope = () => {
  const { review, projects, renders, navigation } = useStudio();
  const t = wordsOf('review');
  const scripts = useStore(projects, (state) => state.scripts);
  const orders = useStore(renders, (state) => state.renders);
  const scriptId = useStore(review, (state) => state.scriptId);
  const renderId = useStore(review, (state) => state.renderId);
  const ofScript = orders.filter((render) => render.scriptId === scriptId && render.state !== 'preparing');
  if (scriptId === null) return null;
  return (
    <div className={styles.scope}>
      <SelectField
        label={t('script')}
        labelHidden
        value={scriptId as string}
        onChange={(id) => navigation.openReview(id as ScriptId)}
        options={scripts.map(({ id, title }) => ({ id: id as string, label: title }))}
      />
      <SelectField
        label={t('scope')}
        labelHidden
        value={(renderId ?? scriptNow) as string}
        onChange={(id) => review.openRender(id === scriptNow ? null : (id as RenderId))}
        options={[
          { id: scriptNow, label: t('scopeNow') },
          ...ofScript.map(({ id, createdAt, progress }) => ({
            id: id as string,
            label: t('scopeRender', { when: formatMoment(createdAt), count: progress.items }),
          })),
        ]}
      />
    </div>
  );
};

const Exchange = () => {
  const { review } = useStudio();
  const t = wordsOf('review');
  const [packing, setPacking] = useState(false);
  return (
    <div className={styles.exchange}>
      <Button icon={<PackageOpen aria-hidden />} onPress={() => setPacking(true)}>
        {t('packageButton')}
      </Button>
      <FileTrigger
        acceptedFileTypes={['application/json', '.json']}
        onSelect={(files) => {
          const [file] = files === null ? [] : [...files];
          if (file !== undefined) void review.readBack(file);
        }}
      >
        <Button icon={<Upload aria-hidden />}>{t('readBack')}</Button>
      </FileTrigger>
      {packing && <PackageSheet onClose={() => setPacking(false)} />}
    </div>
  );
};

/** Why there is no list: nothing rendered, nothing that fits, or an error; each with the next step. */
const Nothing = () => {
  const { review, navigation } = useStudio();
  const t = wordsOf('review');
  const status = useStore(review, (state) => state.status);
  const failure = useStore(review, (state) => state.failure);
  const scriptId = useStore(review, (state) => state.scriptId);
  const counts = useStore(review, (state) => state.counts);
  if (status === 'loading') return null;
  if (scriptId === null)
    return (
      <EmptyState
        icon={<Headphones aria-hidden />}
        title={t('noScripts')}
        action={
          <Button look="primary" onPress={() => navigation.go({ room: 'scripts' })}>
            {t('openScripts')}
          </Button>
        }
      >
        {t('noScriptsHint')}
      </EmptyState>
    );
  if (failure !== null)
    return (
      <EmptyState
        icon={<TriangleAlert aria-hidden />}
        title={t('failed')}
        action={
          <div className={styles.choices}>
            {failure.action?.type === 'open-script' && (
              <Button look="primary" onPress={() => navigation.openScript(scriptId, 'script')}>
                {t('openScript')}
              </Button>
            )}
            <Button onPress={() => void review.again()}>{t('tryAgain')}</Button>
          </div>
        }
      >
        {failure.message}
      </EmptyState>
    );
  const rendered = counts.open + counts.approved + counts.rejected;
  if (rendered === 0)
    return (
      <EmptyState
        icon={<Headphones aria-hidden />}
        title={t('noTakes')}
        action={
          <Button look="primary" onPress={() => navigation.openScript(scriptId, 'script')}>
            {t('openScript')}
          </Button>
        }
      >
        {t('noTakesHint')}
      </EmptyState>
    );
  return (
    <EmptyState
      title={t('nothingFits')}
      action={
        <Button
          onPress={() =>
            review.choose({ verdict: null, assignee: null, character: null, variant: null, unheardByMe: false })
          }
        >
          {t('showAll')}
        </Button>
      }
    >
      {t('nothingFitsHint')}
    </EmptyState>
  );
};

/** What was rendered, the riskiest first: hear it, decide, go on. Every step has a key. */
export const ReviewScreen = () => {
  const { review, player } = useStudio();
  const t = wordsOf('review');
  const items = useStore(review, (state) => state.items);
  const hasActive = useStore(review, (state) => state.active !== null);
  const asksRetake = useStore(review, (state) => state.asksRetake);
  const counts = useStore(review, (state) => state.counts);
  useEffect(() => {
    player.stepOutside(review.step);
    return () => player.stepOutside(undefined);
  }, [player, review]);
  const hasTakes = counts.open + counts.approved + counts.rejected > 0;
  return (
    <div className={styles.screen}>
      <header className={styles.head}>
        <h1 className={styles.title}>{t('title')}</h1>
        <Scope />
        <Exchange />
      </header>
      {hasTakes && <FilterBar />}
      {items.length > 0 && hasTakes ? (
        <div className={styles.body}>
          <ItemList />
          {hasActive && <JudgePanel />}
        </div>
      ) : (
        <div className={styles.empty}>
          <Nothing />
        </div>
      )}
      {asksRetake && <RetakeSheet />}
    </div>
  );
};
