import { Check, ChevronUp, RotateCcw, Undo2, X } from 'lucide-react';
import { MenuTrigger, Menu, MenuItem, Popover } from 'react-aria-components';
import { useStore } from 'zustand';
import { useStudio } from '../../app/studio-context.ts';
import { Button } from '../../components/button.tsx';
import { cx } from '../../components/cx.ts';
import { formatCredits } from '../../components/format.ts';
import { takeIdOf } from '../../stores/review/state.ts';
import { wordsOf } from '../../words/words.ts';
import { reviewCommands } from './commands.ts';
import { Keys } from './keys.tsx';
import styles from './verdict-bar.module.css';

const run = (id: string) => reviewCommands.find((command) => command.id === `review.${id}`)?.run;

const Retake = () => {
  const studio = useStudio();
  const t = wordsOf('review');
  const price = useStore(studio.review, (state) => state.price);
  const isRendering = useStore(studio.review, (state) => state.active?.rendering ?? false);
  const hash = useStore(studio.review, (state) => state.active?.recipeHash);
  const known = price !== null && price.recipeHash === hash ? price : null;
  const words =
    known === null
      ? t('retake')
      : known.credits === 0
        ? t('retakeFree')
        : known.credits === null
          ? t('retakeUnknown')
          : t('retakePrice', { credits: formatCredits(known.credits) });
  return (
    <Button
      size="large"
      busy={isRendering}
      icon={<RotateCcw aria-hidden />}
      onPress={() => void studio.review.retake()}
    >
      {isRendering ? t('retakeRendering') : words} <Keys of="retake" />
    </Button>
  );
};

const Batch = () => {
  const studio = useStudio();
  const t = wordsOf('review');
  const choices = [
    ['approveHeard', t('approveHeard')],
    ['approveIdentical', t('approveIdentical')],
  ] as const;
  return (
    <MenuTrigger>
      <Button size="large" look="quiet" icon={<ChevronUp aria-hidden />} className={styles.more}>
        {t('more')}
      </Button>
      <Popover placement="top end" className={cx(styles.popover)}>
        <Menu aria-label={t('more')} className={cx(styles.menu)} onAction={(id) => void run(String(id))?.(studio)}>
          {choices.map(([id, words]) => (
            <MenuItem key={id} id={id} textValue={words} className={cx(styles.choice)}>
              {words} <Keys of={id} />
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
};

/** Approve, reject, retake: each by one key, each the same key on every take. */
export const VerdictBar = () => {
  const studio = useStudio();
  const { review } = studio;
  const t = wordsOf('review');
  const takeId = useStore(review, takeIdOf);
  const verdict = useStore(review, (state) => {
    const shown = state.takes.find(({ take }) => take.id === takeIdOf(state));
    return shown?.verdict ?? (state.shownTakeId === null ? (state.active?.verdict ?? 'open') : 'open');
  });
  return (
    <div className={styles.bar}>
      <Button
        size="large"
        look={verdict === 'approved' ? 'good' : 'plain'}
        isDisabled={takeId === null}
        aria-pressed={verdict === 'approved'}
        icon={<Check aria-hidden />}
        className={styles.approve}
        onPress={() => void run('approve')?.(studio)}
      >
        {t('approve')} <Keys of="approve" />
      </Button>
      <Button
        size="large"
        look={verdict === 'rejected' ? 'danger' : 'plain'}
        isDisabled={takeId === null}
        aria-pressed={verdict === 'rejected'}
        icon={<X aria-hidden />}
        className={verdict === 'rejected' ? styles.rejected : undefined}
        onPress={() => void run('reject')?.(studio)}
      >
        {t('reject')} <Keys of="reject" />
      </Button>
      {verdict !== 'open' && (
        <Button size="large" look="quiet" icon={<Undo2 aria-hidden />} onPress={() => void review.reopen()}>
          {t('reopen')} <Keys of="reopen" />
        </Button>
      )}
      <Retake />
      <Batch />
    </div>
  );
};
