import type { ReactNode } from 'react';
import type { Estimate } from '#contract/entities.ts';
import { formatSeconds, plural } from '../../components/format.ts';
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
        {rows.length > most && <li className={styles.note}>and {plural(rows.length - most, 'more', 'more')}</li>}
      </ul>
    </section>
  );

/** What a producer wants to know before the click and could not see in the numbers. */
export const RenderSheetNotes = ({ estimate }: { readonly estimate: Estimate }) => {
  const over = estimate.forecasts
    .filter(({ fit }) => fit === 'overruns' || fit === 'may_overrun')
    .toSorted((a, b) => b.seconds - a.seconds);
  return (
    <div className={styles.notes}>
      <Notes
        title={`Predicted over the slot (${plural(over.length, 'variant')})`}
        rows={over.map((forecast) => ({
          what: forecast.variant,
          why: `${formatSeconds(forecast.seconds)} of ${estimate.slotSeconds} s, ${forecast.fit === 'overruns' ? 'overruns' : 'may overrun'}`,
        }))}
      />
      <Notes
        title="Said differently by the lexicon"
        rows={estimate.lexicon.map(({ word, say, count }) => ({
          what: `${word} → ${say}`,
          why: plural(count, 'time'),
        }))}
      />
      <Notes
        title="Directions that the voices cannot take (not sent)"
        rows={estimate.notSent.map(({ linePosition, direction }) => ({ what: direction, why: `line ${linePosition}` }))}
      />
      <Notes
        title="Texts sent in parts"
        rows={estimate.split.map((split) => ({
          what: `${split.variant}, line ${split.linePosition}: ${split.reason}`,
          why: plural(split.parts, 'part'),
        }))}
      />
    </div>
  );
};
