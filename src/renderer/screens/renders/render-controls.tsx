import { Ban, ListChecks, Pause, PenLine, Play, RotateCcw } from 'lucide-react';
import { memo, useState } from 'react';
import { useStore } from 'zustand';
import type { Render } from '#contract/entities.ts';
import { useStudio } from '../../app/studio-context.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { NumberField, SelectField } from '../../components/field.tsx';
import { ConfirmSheet } from '../../components/sheet.tsx';
import { urgencies, urgencyOf } from '../../stores/order-store.ts';
import { wordsOf } from '../../words/words.ts';
import styles from './render-detail.module.css';

const CancelSheet = ({ id, title, onClose }: Pick<Render, 'id' | 'title'> & { readonly onClose: () => void }) => {
  const { renders } = useStudio();
  const queued = useStore(renders, (state) => state.renders.find((one) => one.id === id)?.progress.queued ?? 0);
  const t = wordsOf('renders');
  return (
    <ConfirmSheet
      title={t('cancelTitle', { title })}
      confirm={t('cancelConfirm')}
      onClose={onClose}
      onConfirm={() => void renders.cancel(id)}
    >
      {t('cancelText', { count: queued })}
    </ConfirmSheet>
  );
};

/** What can be done to one render; only cancelling is asked about. Apart from the figures, which change all the time. */
export const RenderControls = memo(
  ({
    id,
    title,
    state,
    priority,
    scriptId,
    retriable,
    hasAudio,
  }: Pick<Render, 'id' | 'title' | 'state' | 'priority' | 'scriptId'> & {
    readonly retriable: number;
    readonly hasAudio: boolean;
  }) => {
    const { renders, navigation } = useStudio();
    const [cancelling, setCancelling] = useState(false);
    const [budget, setBudget] = useState<number | null>(null);
    const t = wordsOf('renders');
    const open = state === 'active' || state === 'paused' || state === 'over_budget' || state === 'preparing';
    return (
      <div className={styles.controls}>
        {open && (
          <SelectField
            label={t('priority')}
            labelHidden
            quiet
            options={urgencies.map((urgency) => ({ id: urgency, label: t(`priority_${urgency}`) }))}
            value={urgencyOf(priority)}
            onChange={(urgency) => void renders.prioritise(id, urgency)}
          />
        )}
        {state === 'over_budget' && (
          <NumberField
            label={t('newBudget')}
            labelHidden
            placeholder={t('newBudget')}
            minValue={0}
            value={budget ?? Number.NaN}
            onChange={(value) => setBudget(Number.isFinite(value) ? value : null)}
          />
        )}
        {(state === 'active' || state === 'preparing') && (
          <Button icon={<Pause aria-hidden />} onPress={() => void renders.pause(id)}>
            {t('pause')}
          </Button>
        )}
        {(state === 'paused' || state === 'over_budget') && (
          <Button
            look="primary"
            icon={<Play aria-hidden />}
            isDisabled={state === 'over_budget' && budget === null}
            onPress={() => void renders.resume(id, state === 'over_budget' ? budget : undefined)}
          >
            {t('resume')}
          </Button>
        )}
        {retriable > 0 && (
          <Button icon={<RotateCcw aria-hidden />} onPress={() => void renders.askRetry(id)}>
            {t('retryCount', { count: retriable })}
          </Button>
        )}
        {open && (
          <Button look="danger" icon={<Ban aria-hidden />} onPress={() => setCancelling(true)}>
            {t('cancel')}
          </Button>
        )}
        {scriptId !== null && (
          <>
            <IconButton label={t('openScript')} onPress={() => navigation.openScript(scriptId, 'script')}>
              <PenLine aria-hidden />
            </IconButton>
            {hasAudio && (
              <IconButton label={t('review')} onPress={() => navigation.openReview(scriptId)}>
                <ListChecks aria-hidden />
              </IconButton>
            )}
          </>
        )}
        {cancelling && <CancelSheet id={id} title={title} onClose={() => setCancelling(false)} />}
      </div>
    );
  },
);
