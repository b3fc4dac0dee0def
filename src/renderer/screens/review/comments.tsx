import { Check, MessageSquarePlus, Trash2, Undo2 } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import type { ReviewComment } from '#contract/review.ts';
import { useStudio } from '../../app/studio-context.ts';
import { Badge } from '../../components/badge.tsx';
import { Button, IconButton } from '../../components/button.tsx';
import { cx } from '../../components/cx.ts';
import { formatClock, formatMoment } from '../../components/format.ts';
import { takeIdOf } from '../../stores/review/state.ts';
import { wordsOf } from '../../words/words.ts';
import styles from './comments.module.css';
import { Keys } from './keys.tsx';

const Composer = () => {
  const { review } = useStudio();
  const t = wordsOf('review');
  const writing = useStore(review, (state) => state.writing);
  const area = useRef<HTMLTextAreaElement>(null);
  // Keys of the room are back at hand the moment the comment is written.
  useEffect(() => {
    const before = document.activeElement;
    area.current?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, []);
  if (writing === null) return null;
  const label = writing.atMs === null ? t('writeWhole') : t('writeAt', { time: formatClock(writing.atMs / 1000) });
  const send = (): void => void review.comment(area.current?.value ?? '');
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      review.stopWriting();
    } else if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault();
      send();
    }
  };
  return (
    <form
      className={styles.composer}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <label className={styles.label} htmlFor="review-comment">
        {label}
      </label>
      <textarea
        ref={area}
        id="review-comment"
        rows={2}
        maxLength={4000}
        dir="auto"
        placeholder={t('commentPlaceholder')}
        className={styles.area}
        onKeyDown={onKeyDown}
      />
      <Button type="submit">{t('addComment')}</Button>
    </form>
  );
};

const Comment = ({ comment, takeNo }: { readonly comment: ReviewComment; readonly takeNo: number | null }) => {
  const { review } = useStudio();
  const t = wordsOf('review');
  const { id, atMs, text, person, createdAt, resolvedAt, fromClient } = comment;
  return (
    <li className={cx(styles.comment, resolvedAt !== null && styles.settled)}>
      {atMs === null ? (
        <span className={styles.whole}>{t('wholeTake')}</span>
      ) : (
        <button
          type="button"
          className={styles.place}
          data-figures
          aria-label={t('atPlace', { time: formatClock(atMs / 1000) })}
          onClick={() => {
            review.showTake(comment.takeId);
            void review.seek(atMs / 1000);
          }}
        >
          {formatClock(atMs / 1000)}
        </button>
      )}
      <div className={styles.said}>
        <p dir="auto">{text}</p>
        <p className={styles.by}>
          {person} {fromClient && <Badge tone="cue">{t('client')}</Badge>} · {formatMoment(createdAt)}
          {takeNo !== null && ` · ${t('take', { number: takeNo })}`}
        </p>
      </div>
      <IconButton
        size="small"
        label={resolvedAt === null ? t('resolve') : t('unresolve')}
        onPress={() => void review.resolve(comment)}
      >
        {resolvedAt === null ? <Check aria-hidden /> : <Undo2 aria-hidden />}
      </IconButton>
      <IconButton size="small" label={t('removeComment')} onPress={() => void review.removeComment(id)}>
        <Trash2 aria-hidden />
      </IconButton>
    </li>
  );
};

export const Comments = () => {
  const { review } = useStudio();
  const t = wordsOf('review');
  const comments = useStore(review, (state) => state.comments);
  const takes = useStore(review, (state) => state.takes);
  const shown = useStore(review, takeIdOf);
  const isWriting = useStore(review, (state) => state.writing !== null);
  return (
    <section className={styles.comments} aria-label={t('comments')}>
      <header className={styles.head}>
        <h3>{t('comments')}</h3>
        <Button size="small" look="quiet" icon={<MessageSquarePlus aria-hidden />} onPress={review.write}>
          {t('addComment')} <Keys of="comment" />
        </Button>
      </header>
      {isWriting && <Composer />}
      {comments.length === 0 && !isWriting && <p className={styles.none}>{t('noComments')}</p>}
      <ul className={styles.list}>
        {comments.map((comment) => (
          <Comment
            key={comment.id}
            comment={comment}
            takeNo={
              comment.takeId === shown
                ? null
                : (takes.find(({ take }) => take.id === comment.takeId)?.take.takeNo ?? null)
            }
          />
        ))}
      </ul>
    </section>
  );
};
