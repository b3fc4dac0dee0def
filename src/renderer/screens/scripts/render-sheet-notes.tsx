import type { ReactNode } from 'react';
import type { Estimate } from '#contract/entities.ts';
import { formatSeconds } from '../../components/format.ts';
import { wordsOf } from '../../words/words.ts';
import styles from './render-sheet.module.css';

const most = 8;

const Notes = ({
  title,
  rows,
}: {
  readonly title: string;
  readonly rows: readonly { readonly what: ReactNode; readonly why: ReactNode }[];
}) =>
  rows.length === 0 ? null : (
    <section>
      <h3 className={styles.title}>{title}</h3>
      <ul>
        {rows.slice(0, most).map(({ what, why }, at) => (
          <li key={at} className={styles.note}>
            <span>{what}</span>
            <span>{why}</span>
          </li>
        ))}
        {rows.length > most && (
          <li className={styles.note}>{wordsOf('renders')('notesMore', { count: rows.length - most })}</li>
        )}
      </ul>
    </section>
  );

/** What a producer wants to know before the click and could not see in the numbers. */
export const RenderSheetNotes = ({ estimate }: { readonly estimate: Estimate }) => {
  const t = wordsOf('renders');
  const over = estimate.forecasts
    .filter(({ fit }) => fit === 'overruns' || fit === 'may_overrun')
    .toSorted((a, b) => b.seconds - a.seconds);
  return (
    <div className={styles.notes}>
      <Notes
        title={t('overSlot', { count: over.length })}
        rows={over.map((forecast) => ({
          what: forecast.variant,
          why: `${t('ofSlot', { seconds: formatSeconds(forecast.seconds), slot: estimate.slotSeconds ?? 0 })}, ${t(forecast.fit === 'overruns' ? 'overruns' : 'mayOverrun')}`,
        }))}
      />
      <Notes
        title={t('lexiconNote')}
        rows={estimate.lexicon.map(({ word, say, count }) => ({
          what: `${word} → ${say}`,
          why: t('times', { count }),
        }))}
      />
      <Notes
        title={t('notSentNote')}
        rows={estimate.notSent.map(({ linePosition, direction }) => ({
          what: direction,
          why: t('lineAt', { line: linePosition }),
        }))}
      />
      <Notes
        title={t('splitNote')}
        rows={estimate.split.map((split) => ({
          what: t('splitAt', { variant: split.variant, line: split.linePosition, reason: split.reason }),
          why: t('parts', { count: split.parts }),
        }))}
      />
    </div>
  );
};
