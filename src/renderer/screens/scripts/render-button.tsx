import { SlidersHorizontal } from 'lucide-react';
import { Button as AriaButton } from 'react-aria-components';
import { useStore } from 'zustand';
import { hasErrors, orderSentence, pressRender } from '../../app/order.ts';
import { unitsOf } from '../../app/price-words.ts';
import { useStudio } from '../../app/studio-context.ts';
import { IconButton } from '../../components/button.tsx';
import { cx } from '../../components/cx.ts';
import { modKey } from '../../components/format.ts';
import { PendingMark } from '../../components/pending-mark.tsx';
import { wordsOf } from '../../words/words.ts';
import styles from './render-button.module.css';

/** The order in one sentence: what the click renders, what is owned already, what it costs, how long it takes. */
export const RenderButton = () => {
  const studio = useStudio();
  const { order, navigation, accounts, workspaces } = studio;
  const estimate = useStore(order, (state) => state.estimate);
  const failure = useStore(order, (state) => state.failure);
  const stale = useStore(order, (state) => state.stale);
  const placing = useStore(order, (state) => state.placing);
  const isDraft = useStore(order, (state) => state.choice.draft !== null);
  const meters = useStore(accounts, (state) => state.meters);
  const known = useStore(workspaces, (state) => state.workspaces);
  const t = wordsOf('renders');
  const blocked = failure !== null || (estimate !== null && hasErrors(estimate));
  const nothing = estimate !== null && estimate.fresh === 0 && !blocked;
  const sentence =
    failure !== null
      ? failure.message
      : estimate === null
        ? t('workingOut')
        : blocked
          ? t('blocked')
          : orderSentence(estimate, { meters, unitOf: unitsOf(known) });
  return (
    <div className={styles.group}>
      <AriaButton
        isDisabled={estimate === null && failure === null}
        onPress={() => {
          if (!placing) void pressRender(studio);
        }}
        className={cx(styles.render, nothing && styles.nothing, blocked && styles.blocked)}
      >
        <span className={styles.word}>
          {placing && <PendingMark />} {t('render')} <kbd className={styles.keys}>{modKey} Enter</kbd>
          {isDraft && <span className={styles.draft}>{t('draftMark')}</span>}
        </span>
        <span className={cx(styles.sentence, stale && styles.stale)} title={sentence}>
          {sentence}
        </span>
      </AriaButton>
      <IconButton
        label={t('renderOptions')}
        keys={`${modKey} Shift Enter`}
        look="plain"
        className={styles.options}
        onPress={() => navigation.show('render')}
      >
        <SlidersHorizontal aria-hidden />
      </IconButton>
    </div>
  );
};
