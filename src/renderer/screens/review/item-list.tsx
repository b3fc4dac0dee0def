import { Check, CircleDashed, Ear, MessageSquare, UserRound, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import type { ReviewItem } from '#contract/review.ts';
import { useStudio } from '../../app/studio-context.ts';
import { Badge } from '../../components/badge.tsx';
import { cx } from '../../components/cx.ts';
import { formatDecimal } from '../../components/format.ts';
import { PendingMark } from '../../components/pending-mark.tsx';
import { type Column, VirtualTable } from '../../components/virtual-table.tsx';
import { wordsOf } from '../../words/words.ts';
import styles from './item-list.module.css';
import { nameOfRisk, sentenceOfRisk, toneOfRisk } from './risk-words.ts';

const VerdictMark = ({ item }: { readonly item: ReviewItem }) => {
  const t = wordsOf('review');
  if (item.rendering) return <PendingMark />;
  if (item.takeId === null) return <CircleDashed role="img" aria-label={t('notRendered')} className={styles.missing} />;
  if (item.verdict === 'approved') return <Check role="img" aria-label={t('approved')} className={styles.approved} />;
  if (item.verdict === 'rejected') return <X role="img" aria-label={t('rejected')} className={styles.rejected} />;
  return <span role="img" aria-label={t('open')} className={styles.open} />;
};

/** `in leeds, york and 22 more`. */
export const variantsOf = ({ variants, variantCount }: ReviewItem, shown = 2): string => {
  const t = wordsOf('review');
  const names = variants.slice(0, shown).join(', ');
  const more = variantCount - Math.min(shown, variants.length);
  return more > 0 ? t('variantsMany', { names, count: more }) : t('variantsFew', { names });
};

const columnsFor = (me: string | undefined): readonly Column<ReviewItem>[] => {
  const t = wordsOf('review');
  return [
    {
      id: 'verdict',
      title: t('columnVerdict'),
      titleHidden: true,
      width: '18px',
      cell: (item) => (
        <span className={styles.verdict}>
          <VerdictMark item={item} />
        </span>
      ),
    },
    {
      id: 'line',
      title: t('columnLine'),
      width: 'minmax(140px, 1fr)',
      cell: (item) => (
        <div className={cx(styles.line, item.takeId === null && styles.faint)}>
          <div className={styles.text} title={item.text} dir="auto">
            {item.text}
          </div>
          <div className={styles.about}>
            <b>{item.character}</b> · {variantsOf(item)}
          </div>
        </div>
      ),
    },
    {
      id: 'risk',
      title: t('columnRisk'),
      width: '92px',
      cell: ({ risks }) => (
        <div className={styles.risks} title={risks.map(sentenceOfRisk).join('\n')}>
          {risks.slice(0, 2).map(({ risk }) => (
            <Badge key={risk} tone={toneOfRisk(risk)}>
              {nameOfRisk(risk)}
            </Badge>
          ))}
        </div>
      ),
    },
    {
      id: 'seconds',
      title: t('columnSeconds'),
      width: '56px',
      align: 'end',
      cell: ({ durationMs }) => (durationMs === null ? '–' : formatDecimal(durationMs / 1000)),
    },
    {
      id: 'marks',
      title: t('columnMarks'),
      titleHidden: true,
      width: '48px',
      cell: ({ heardBy, openComments, assignee, takeId }) => (
        <span className={styles.marks}>
          {takeId !== null && me !== undefined && !heardBy.includes(me) ? (
            <Ear role="img" aria-label={t('notHeard')} className={styles.unheard} />
          ) : null}
          {openComments > 0 && (
            <span
              role="img"
              aria-label={t('commentsOpen', { count: openComments })}
              title={t('commentsOpen', { count: openComments })}
              className={styles.mark}
            >
              <MessageSquare aria-hidden />
            </span>
          )}
          {assignee !== null && (
            <span
              role="img"
              aria-label={t('assignedTo', { name: assignee })}
              title={t('assignedTo', { name: assignee })}
              className={styles.mark}
            >
              <UserRound aria-hidden />
            </span>
          )}
        </span>
      ),
    },
  ];
};

/** The room's keys are single letters, which a menu that was just used would take as the beginning of a choice. */
const useFocusOnChange = () => {
  const { review } = useStudio();
  const place = useRef<HTMLElement>(null);
  const filter = useStore(review, (state) => state.filter);
  const scriptId = useStore(review, (state) => state.scriptId);
  const renderId = useStore(review, (state) => state.renderId);
  useEffect(() => {
    let frame = 0;
    // The menu gives the focus back to its button one frame after it closed.
    let left = 3;
    const wait = (): void => {
      left -= 1;
      if (left > 0) frame = requestAnimationFrame(wait);
      else place.current?.querySelector<HTMLElement>('[role="grid"]')?.focus({ preventScroll: true });
    };
    wait();
    return () => cancelAnimationFrame(frame);
  }, [filter, scriptId, renderId]);
  return place;
};

export const ItemList = () => {
  const { review } = useStudio();
  const t = wordsOf('review');
  const items = useStore(review, (state) => state.items);
  const activeHash = useStore(review, (state) => state.active?.recipeHash ?? null);
  const me = useStore(review, (state) => state.people.find(({ isMe }) => isMe)?.name);
  const place = useFocusOnChange();
  return (
    <section ref={place} className={styles.list} aria-label={t('listName')}>
      <VirtualTable
        label={t('listName')}
        columns={columnsFor(me)}
        rows={items}
        rowKey={({ recipeHash }) => recipeHash}
        activeKey={activeHash}
        onActive={review.show}
        onEnter={() => review.toggle()}
        onNearEnd={review.more}
        rowHeight={52}
      />
    </section>
  );
};
