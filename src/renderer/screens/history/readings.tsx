import { CircleCheck, CloudAlert, LoaderCircle, RefreshCw } from 'lucide-react';
import { Button as AriaButton, Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { useStore } from 'zustand';
import type { HistoryState } from '#contract/history.ts';
import { useStudio } from '../../app/studio-context.ts';
import { Button } from '../../components/button.tsx';
import { cx } from '../../components/cx.ts';
import { type Translate, wordsOf } from '../../words/words.ts';
import bar from './filter-bar.module.css';
import styles from './history-screen.module.css';
import { formatDay, formatWhen } from './when.ts';

const saidOf = (reading: HistoryState, t: Translate<'history'>): string => {
  const back = reading.oldestAt === null ? '' : t('readBackTo', { day: formatDay(reading.oldestAt) });
  switch (reading.state) {
    case 'reading':
      return [t('readingNow'), back].filter(Boolean).join(' ');
    case 'closed':
      return reading.message ?? t('readingClosed');
    case 'never':
      return t('neverRead');
    case 'idle':
      return [
        reading.complete ? t('readAll') : back,
        reading.readAt === null ? '' : t('readAt', { when: formatWhen(reading.readAt) }),
      ]
        .filter(Boolean)
        .join(' ');
  }
};

/** How far the vendors' own histories were read, and a way to read on. */
export const Readings = () => {
  const { history, navigation } = useStudio();
  const readings = useStore(history, (state) => state.readings);
  const t = wordsOf('history');
  if (readings.length === 0) return null;
  const closed = readings.filter(({ state }) => state === 'closed');
  const isReading = readings.some(({ state }) => state === 'reading');
  const isWhole = readings.every(({ complete }) => complete);
  const [Icon, words, look] = isReading
    ? ([LoaderCircle, t('readingShort'), styles.turning] as const)
    : closed.length > 0
      ? ([CloudAlert, t('closedShort', { count: closed.length }), styles.closed] as const)
      : ([CircleCheck, isWhole ? t('wholeShort') : t('partShort'), undefined] as const);
  return (
    <DialogTrigger>
      <AriaButton className={cx(bar.chip, bar.square, look)}>
        <Icon aria-hidden /> {words}
      </AriaButton>
      <Popover className={cx(bar.popover)} placement="bottom end" offset={4}>
        <Dialog aria-label={t('vendorHistories')} className={cx(bar.dialog, bar.wide)}>
          <ul className={styles.readings}>
            {readings.map((reading) => (
              <li key={reading.workspaceId}>
                <strong>{reading.workspaceName}</strong>
                <p className={cx(reading.state === 'closed' && styles.warned)}>{saidOf(reading, t)}</p>
              </li>
            ))}
          </ul>
          <p className={bar.hint}>{t('readingIsFree')}</p>
          <div className={styles.readOn}>
            <Button size="small" busy={isReading} icon={<RefreshCw aria-hidden />} onPress={() => void history.read()}>
              {t('readOn')}
            </Button>
            {closed.length > 0 && (
              <Button size="small" onPress={() => navigation.go({ room: 'settings' })}>
                {t('openSettings')}
              </Button>
            )}
          </div>
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
};
