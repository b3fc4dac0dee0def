import { ChevronLeft, ChevronRight, Play } from 'lucide-react';
import { ToggleButton, Tooltip, TooltipTrigger } from 'react-aria-components';
import { useStore } from 'zustand';
import { useStudio } from '../../app/studio-context.ts';
import { IconButton } from '../../components/button.tsx';
import { cx } from '../../components/cx.ts';
import { formatCount, formatDecimal } from '../../components/format.ts';
import type { Preview } from '../../stores/preview-store.ts';
import { wordsOf } from '../../words/words.ts';
import styles from './preview-strip.module.css';
import { useKeys } from './use-keys.ts';

export type Fit = 'fits' | 'may_overrun' | 'overruns' | 'none';

export const fitOf = ({ lowSeconds, highSeconds, slotSeconds }: Preview): Fit => {
  if (slotSeconds === null) return 'none';
  if (highSeconds <= slotSeconds) return 'fits';
  return lowSeconds > slotSeconds ? 'overruns' : 'may_overrun';
};

/** The running total against the slot: what it comes to, the band around it, and where the slot ends. */
const Total = ({ preview }: { readonly preview: Preview }) => {
  const t = wordsOf('scripts');
  const { seconds, lowSeconds, highSeconds, slotSeconds, bandNote } = preview;
  const fit = fitOf(preview);
  const scale = Math.max((slotSeconds ?? 0) * 1.2, highSeconds * 1.02, 1);
  const at = (value: number): string => `${Math.min(100, (100 * value) / scale)}%`;
  const words = {
    none: '',
    fits: t('fits'),
    may_overrun: t('mayOverrun'),
    overruns: t('overruns', { seconds: formatDecimal(seconds - (slotSeconds ?? 0)) }),
  }[fit];
  const band = t('bandWords', { low: formatDecimal(lowSeconds), high: formatDecimal(highSeconds) });
  return (
    <div className={styles.total} data-fit={fit} title={`${band}. ${bandNote}`}>
      <output className={styles.figure} aria-label={t('timing')}>
        {formatDecimal(seconds)}
        <span className={styles.of}>
          {slotSeconds === null ? 's' : t('ofSlot', { seconds: formatCount(slotSeconds) })}
        </span>
      </output>
      {slotSeconds !== null && (
        <span className={styles.bar} role="img" aria-label={`${band}, ${words}`}>
          <span className={styles.fill} style={{ width: at(seconds) }} />
          <span
            className={styles.band}
            style={{ left: at(lowSeconds), width: `calc(${at(highSeconds)} - ${at(lowSeconds)})` }}
          />
          <span className={styles.slot} style={{ left: at(slotSeconds) }} />
        </span>
      )}
      {words !== '' && <span className={styles.fit}>{words}</span>}
    </div>
  );
};

const Cost = ({ preview: { credits } }: { readonly preview: Preview }) => {
  const t = wordsOf('scripts');
  if (credits === 0) return null;
  return (
    <span className={styles.cost}>
      {credits === null ? t('costUnknown') : t('wholeCost', { count: Math.ceil(credits) })}
    </span>
  );
};

/** Which variant the lengths, prices and values are of; the keys go through all of them. */
export const PreviewStrip = () => {
  const { preview: store, player, script } = useStudio();
  const preview = useStore(store, (state) => state.preview);
  const stale = useStore(store, (state) => state.stale);
  const filled = useStore(store, (state) => state.filled);
  const keys = {
    next: useKeys('script.nextVariant'),
    previous: useKeys('script.previousVariant'),
    fill: useKeys('script.fillIn'),
  };
  const t = wordsOf('scripts');
  if (preview === null) return <div className={styles.strip} aria-busy="true" />;
  const several = preview.variants > 1;
  const hasTable = several || preview.variant !== 'default';
  return (
    <section className={cx(styles.strip, stale && styles.stale)} aria-label={t('previewStrip')}>
      <div className={styles.variant}>
        {several && (
          <IconButton size="small" label={t('previousVariant')} keys={keys.previous} onPress={() => store.step(-1)}>
            <ChevronLeft aria-hidden />
          </IconButton>
        )}
        <span className={styles.name} aria-live="polite" dir="auto">
          {hasTable ? preview.variant : t('noVariants')}
        </span>
        {several && (
          <>
            <span className={styles.place} data-figures>
              {t('variantOf', { place: preview.index + 1, all: preview.variants })}
            </span>
            <IconButton size="small" label={t('nextVariant')} keys={keys.next} onPress={() => store.step(1)}>
              <ChevronRight aria-hidden />
            </IconButton>
          </>
        )}
        <IconButton
          size="small"
          label={t('playVariant', { variant: preview.variant })}
          onPress={() => {
            const open = script.getState().script;
            if (open !== null) void player.startSpot(open.id, preview.variant, open.title);
          }}
        >
          <Play aria-hidden />
        </IconButton>
      </div>
      {Object.keys(preview.values).length > 0 && (
        <TooltipTrigger delay={500}>
          <ToggleButton isSelected={filled} onChange={store.setFilled} className={cx(styles.fillIn)}>
            {t('fillIn')}
          </ToggleButton>
          <Tooltip offset={6} className={cx(styles.tooltip)}>
            {t('fillInCommand')} <kbd>{keys.fill}</kbd>
          </Tooltip>
        </TooltipTrigger>
      )}
      <span className={styles.space} />
      <Cost preview={preview} />
      <Total preview={preview} />
    </section>
  );
};
