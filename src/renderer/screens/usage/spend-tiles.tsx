import type { UsageRow } from '#contract/account.ts';
import { useStudio } from '../../app/studio-context.ts';
import { amountWords, type CostUnit } from '../../components/credit-units.ts';
import { changeOf, valueOf } from '../../figures/stacks.ts';
import type { UsageFigures } from '../../stores/usage-store.ts';
import { wordsOf } from '../../words/words.ts';
import { measureWords, wholeWords } from './figure-words.ts';
import { historyQuery } from './history-links.ts';
import styles from './spend.module.css';

const mostPercent = 500;
const changeWords = (now: number, before: number): string => {
  const t = wordsOf('usage');
  const change = changeOf(now, before);
  if (change === null) return t('nothingBefore');
  // Against next to nothing a share is a number nobody can read.
  if (change > mostPercent) return t('hardlyAnythingBefore');
  return t(change === 0 ? 'asBefore' : change > 0 ? 'moreThanBefore' : 'lessThanBefore', { percent: Math.abs(change) });
};

/** The period in a few figures: one for each account, and what may be added up over all. */
export const SpendTiles = ({
  figures,
  unitOf,
  workspaceId,
}: {
  readonly figures: UsageFigures;
  readonly unitOf: (row: UsageRow) => CostUnit;
  readonly workspaceId: string | null;
}) => {
  const { navigation } = useStudio();
  const t = wordsOf('usage');
  const { workspaces, before, range } = figures;
  const told = (rows: readonly UsageRow[], id: UsageRow['workspaceId'], source: UsageRow['source']) =>
    rows.find((row) => row.workspaceId === id && row.source === source)?.credits ?? null;
  const ids = [...new Set(workspaces.filter((row) => unitOf(row) !== 'free').map((row) => row.workspaceId))];
  const sum = (rows: readonly UsageRow[], measure: 'minutes' | 'takes'): number =>
    rows.reduce((total, row) => total + (row.source === 'ledger' ? (valueOf(row, measure) ?? 0) : 0), 0);
  const open = (id: string | null): void =>
    navigation.go({ room: 'history', query: historyQuery({ range, workspaceId: id ?? workspaceId }) });
  return (
    <div className={styles.tiles}>
      {ids.map((id) => {
        const row = workspaces.find((one) => one.workspaceId === id);
        if (row === undefined) return null;
        const ours = told(workspaces, id, 'ledger');
        const theirs = told(workspaces, id, 'vendor');
        const unit = unitOf(row);
        const more = theirs === null ? 0 : theirs - (ours ?? 0);
        return (
          <button key={id} type="button" className={styles.tile} onClick={() => open(id)}>
            <span className={styles.tileName}>{row.labels[0]}</span>
            <span className={styles.tileFigure}>{amountWords(ours ?? theirs ?? 0, unit)}</span>
            <span className={styles.tileNote}>{changeWords(ours ?? 0, told(before, id, 'ledger') ?? 0)}</span>
            {Math.abs(more) >= 0.5 && (
              <span className={styles.tileNote}>
                {t('vendorSaysAmount', { amount: amountWords(theirs ?? 0, unit) })}
              </span>
            )}
          </button>
        );
      })}
      {(['minutes', 'takes'] as const).map((measure) => (
        <button key={measure} type="button" className={styles.tile} onClick={() => open(null)}>
          <span className={styles.tileName}>{t(measure === 'minutes' ? 'minutesOfAudio' : 'takesMade')}</span>
          <span className={styles.tileFigure}>
            {measure === 'minutes'
              ? measureWords(sum(workspaces, measure), measure, null)
              : wholeWords(sum(workspaces, measure))}
          </span>
          <span className={styles.tileNote}>{changeWords(sum(workspaces, measure), sum(before, measure))}</span>
        </button>
      ))}
    </div>
  );
};
