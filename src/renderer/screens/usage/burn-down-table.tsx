import { useEffect, useMemo, useRef } from 'react';
import type { CreditMeter } from '#contract/account.ts';
import { useStudio } from '../../app/studio-context.ts';
import { unitWord } from '../../components/credit-units.ts';
import { type BurnDown, rowsOfBurnDown } from '../../figures/burn-down.ts';
import { wordsOf } from '../../words/words.ts';
import { figureWords, stepWords } from './figure-words.ts';
import { historyQuery } from './history-links.ts';
import styles from './runway.module.css';

/** The burn-down's figures day by day; a day that was charged leads to its takes. */
export const BurnDownTable = ({
  burn,
  meter,
  spending,
}: {
  readonly burn: BurnDown;
  readonly meter: CreditMeter;
  readonly spending: ReadonlyMap<string, number>;
}) => {
  const { navigation } = useStudio();
  const rows = useMemo(() => rowsOfBurnDown(burn), [burn]);
  const today = useRef<HTMLTableRowElement>(null);
  const t = wordsOf('usage');
  const lastKnown = rows.findLastIndex(({ kind }) => kind !== 'forecast');
  // Today stands in the middle: what was and what will be can both be seen.
  useEffect(() => {
    const row = today.current;
    const place = row?.closest('div');
    if (row !== null && place) place.scrollTop = row.offsetTop - place.clientHeight / 2;
  }, []);
  return (
    <div
      className={styles.table}
      tabIndex={0}
      role="region"
      aria-label={t('burnDownTable', { unit: unitWord(meter.costUnit) })}
    >
      <table>
        <thead>
          <tr>
            <th scope="col">{t('day')}</th>
            <th scope="col" className={styles.end}>
              {t('spent')}
            </th>
            <th scope="col" className={styles.end}>
              {t('left')}
            </th>
            <th scope="col">{t('how')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => {
            const spent = row.kind === 'forecast' ? 0 : (spending.get(row.day) ?? 0);
            return (
              <tr key={row.day} ref={index === lastKnown ? today : null} data-kind={row.kind}>
                <th scope="row">{stepWords(row.day)}</th>
                <td className={styles.end}>
                  {spent === 0 ? (
                    '–'
                  ) : (
                    <button
                      type="button"
                      className={styles.figure}
                      aria-label={t('takesOfDay', { day: stepWords(row.day), amount: figureWords(spent) })}
                      onClick={() =>
                        navigation.go({
                          room: 'history',
                          query: historyQuery({
                            range: { from: row.day, to: row.day },
                            workspaceId: meter.workspaceId,
                          }),
                        })
                      }
                    >
                      {figureWords(spent)}
                    </button>
                  )}
                </td>
                <td className={styles.end}>{figureWords(row.left)}</td>
                <td>
                  {row.kind === 'forecast'
                    ? t('forecastBetween', { low: figureWords(row.low ?? 0), high: figureWords(row.high ?? 0) })
                    : t(row.kind === 'read' ? 'shortRead' : 'shortReckoned')}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
};
