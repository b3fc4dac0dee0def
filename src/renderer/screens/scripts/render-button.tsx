import { SlidersHorizontal } from 'lucide-react';
import { Button as AriaButton } from 'react-aria-components';
import { useStore } from 'zustand';
import { hasErrors, orderSentence, pressRender } from '../../app/order.ts';
import { useStudio } from '../../app/studio-context.ts';
import { IconButton } from '../../components/button.tsx';
import { cx } from '../../components/cx.ts';
import { modKey } from '../../components/format.ts';
import { PendingMark } from '../../components/pending-mark.tsx';
import styles from './render-button.module.css';

/** The order in one sentence: what the click renders, what is owned already, what it costs. */
export const RenderButton = () => {
  const studio = useStudio();
  const { order, navigation } = studio;
  const estimate = useStore(order, (state) => state.estimate);
  const failure = useStore(order, (state) => state.failure);
  const stale = useStore(order, (state) => state.stale);
  const placing = useStore(order, (state) => state.placing);
  const blocked = failure !== null || (estimate !== null && hasErrors(estimate));
  const nothing = estimate !== null && estimate.fresh === 0 && !blocked;
  const sentence =
    failure !== null
      ? failure.message
      : estimate === null
        ? 'Working out what is new…'
        : blocked
          ? 'Problems stand in the way; press to see them'
          : orderSentence(estimate);
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
          {placing && <PendingMark />} Render <kbd className={styles.keys}>{modKey} Enter</kbd>
        </span>
        <span className={cx(styles.sentence, stale && styles.stale)}>{sentence}</span>
      </AriaButton>
      <IconButton
        label="Render options"
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
