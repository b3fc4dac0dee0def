import { useStore } from 'zustand';
import { shortfallsOf } from '../../app/credit-shortfall.ts';
import { amountWords, pricesOf, priceWords, type UnitOf } from '../../app/price-words.ts';
import { useStudio } from '../../app/studio-context.ts';
import { Button } from '../../components/button.tsx';
import { cx } from '../../components/cx.ts';
import { wordsOf } from '../../words/words.ts';
import type { Estimate } from '#contract/entities.ts';
import styles from './render-sheet.module.css';

/** Each workspace of the order: how many lines, what they cost, what its account has left now and then. */
export const RenderSheetCosts = ({ estimate, unitOf }: { readonly estimate: Estimate; readonly unitOf: UnitOf }) => {
  const { accounts, navigation } = useStudio();
  const meters = useStore(accounts, (state) => state.meters);
  const t = wordsOf('renders');
  const rows = estimate.byWorkspace.filter(({ fresh }) => fresh > 0);
  const { joinExtra } = estimate;
  const [unit] = rows.map(({ workspaceId }) => unitOf(workspaceId)).filter((each) => each !== 'free');
  if (rows.length === 0) return null;
  return (
    <section aria-labelledby="render-costs">
      <h3 id="render-costs" className={styles.title}>
        {t('costs')}
      </h3>
      <table className={styles.costs}>
        <thead>
          <tr>
            <th scope="col">{t('workspace')}</th>
            <th scope="col">{t('figureNew')}</th>
            <th scope="col">{t('cost')}</th>
            <th scope="col">{t('left')}</th>
            <th scope="col">{t('leftAfter')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ workspaceId, workspaceName, fresh, credits }) => {
            const own = unitOf(workspaceId);
            const meter = meters.find((known) => known.workspaceId === workspaceId);
            const free = meter?.freeCredits ?? null;
            const after = free === null || credits === null ? null : free - credits;
            const price =
              own === 'free' || credits === 0 ? t('free') : priceWords(pricesOf([{ workspaceId, credits }], unitOf));
            const left = own === 'free' ? '–' : free === null ? t('notTold') : amountWords(free, own);
            return (
              <tr key={workspaceId}>
                <th scope="row">{workspaceName}</th>
                <td>{t('linesOf', { count: fresh })}</td>
                <td>{price}</td>
                <td title={meter?.state === 'stale' ? t('ageOld') : undefined}>{left}</td>
                <td className={cx(after !== null && after < 0 && styles.short)}>
                  {own === 'free' || after === null ? '–' : amountWords(after, own)}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {estimate.credits === null && <p className={styles.soft}>{estimate.creditsNote}</p>}
      {joinExtra.units > 0 && (
        <p className={styles.soft}>
          {t('joinExtra', {
            count: joinExtra.units,
            amount: joinExtra.credits === null ? t('priceUnknown') : amountWords(joinExtra.credits, unit ?? 'free'),
          })}
        </p>
      )}
      {shortfallsOf(estimate, meters).map(({ workspaceId, sentence }) => (
        <div key={workspaceId} role="status" className={styles.warning}>
          <p>{sentence}</p>
          <Button size="small" onPress={() => navigation.show('subscription', workspaceId)}>
            {t('lookAtAccount')}
          </Button>
        </div>
      ))}
    </section>
  );
};
