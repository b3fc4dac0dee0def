import { useState } from 'react';
import type { UsageRow } from '#contract/account.ts';
import { Button } from '../../components/button.tsx';
import { amountWords, type CostUnit } from '../../components/credit-units.ts';
import type { DayRange } from '../../figures/periods.ts';
import { percentOf } from '../../figures/stacks.ts';
import { type Top, topsOf } from '../../figures/tops.ts';
import { wordsOf } from '../../words/words.ts';
import { figureWords, nameWords, wholeWords } from './figure-words.ts';
import { type Behind, historyQuery } from './history-links.ts';
import styles from './spend.module.css';

const shownAtFirst = 8;
const titles = { voice: 'topVoices', project: 'perProject', person: 'perPerson' } as const;

/** Each vendor's amount in its own unit, ours first; what only the vendor knows says so. */
const Spent = ({ top }: { readonly top: Top }) => {
  const t = wordsOf('usage');
  return top.spent
    .filter(({ unit }) => unit !== 'free')
    .map(({ provider, unit, ledger, vendor }) => (
      <div key={provider}>
        {ledger === null ? (
          <span title={t('notMadeHere')}>{t('vendorOnly', { amount: amountWords(vendor ?? 0, unit) })}</span>
        ) : (
          amountWords(ledger, unit)
        )}
        {ledger !== null && vendor !== null && Math.abs(vendor - ledger) >= 0.5 && (
          <span className={styles.none}> / {figureWords(vendor)}</span>
        )}
      </div>
    ));
};

/** Who or what it went to, most minutes first; each row leads to its takes. */
export const TopList = ({
  kind,
  rows,
  unitOf,
  range,
  workspaceId,
  onOpen,
}: {
  readonly kind: 'voice' | 'project' | 'person';
  readonly rows: readonly UsageRow[];
  readonly unitOf: (row: UsageRow) => CostUnit;
  readonly range: DayRange;
  readonly workspaceId: string | null;
  readonly onOpen: (query: Readonly<Record<string, string>>) => void;
}) => {
  const [all, setAll] = useState(false);
  const t = wordsOf('usage');
  const tops = topsOf(rows, unitOf, kind === 'voice');
  const minutes = tops.reduce((sum, top) => sum + top.minutes, 0);
  const title = t(titles[kind]);
  const behind = (top: Top): Behind => ({ range, workspaceId: top.workspaceId ?? workspaceId, [kind]: top.id });
  const hasVendor = tops.some(({ spent }) =>
    spent.some(({ ledger, vendor }) => ledger !== null && vendor !== null && Math.abs(vendor - ledger) >= 0.5),
  );
  return (
    <section aria-label={title} className={styles.card}>
      <header className={styles.head}>
        <h2 className={styles.title}>{title}</h2>
        {hasVendor && <span className={styles.soft}>{t('oursAndVendors')}</span>}
      </header>
      <table className={styles.list}>
        <thead>
          <tr>
            <th scope="col">{t(kind)}</th>
            <th scope="col" className={styles.end}>
              {t('spent')}
            </th>
            <th scope="col" className={styles.end}>
              {t('minutes')}
            </th>
            <th scope="col" className={styles.end}>
              {t('share')}
            </th>
            <th scope="col" className={styles.end}>
              {t('takes')}
            </th>
          </tr>
        </thead>
        <tbody>
          {(all ? tops : tops.slice(0, shownAtFirst)).map((top) => (
            // The name is the button; the whole row takes a press of the mouse.
            <tr key={top.key} className={styles.row} onClick={() => onOpen(historyQuery(behind(top)))}>
              <td>
                <button
                  type="button"
                  className={styles.name}
                  aria-label={t('takesBehind', { name: nameWords(top.label) })}
                >
                  {nameWords(top.label)}
                </button>
                <span className={styles.share}>
                  <span style={{ width: `${percentOf(top.minutes, minutes)}%` }} />
                </span>
              </td>
              <td className={styles.end}>
                <Spent top={top} />
              </td>
              <td className={styles.end}>{top.minutes === 0 ? '–' : figureWords(top.minutes)}</td>
              <td className={styles.end}>{top.minutes === 0 ? '–' : `${percentOf(top.minutes, minutes)} %`}</td>
              <td className={styles.end}>{top.takes === 0 ? '–' : wholeWords(top.takes)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {tops.length > shownAtFirst && (
        <div className={styles.more}>
          <Button size="small" look="quiet" onPress={() => setAll(!all)}>
            {all ? t('showFewer') : t('showAll', { count: tops.length })}
          </Button>
        </div>
      )}
    </section>
  );
};
