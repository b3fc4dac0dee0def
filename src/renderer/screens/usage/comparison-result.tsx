import { Play } from 'lucide-react';
import { useState } from 'react';
import type { Reconciliation, ReconciliationLine } from '#contract/account.ts';
import { useStudio } from '../../app/studio-context.ts';
import { Badge, type Tone } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { amountWords, type CostUnit } from '../../components/credit-units.ts';
import { cx } from '../../components/cx.ts';
import { formatMoment } from '../../components/format.ts';
import { type Column, VirtualTable } from '../../components/virtual-table.tsx';
import { wordsOf } from '../../words/words.ts';
import styles from './compare.module.css';
import { figureWords, utcDayWords } from './figure-words.ts';

const tones: Readonly<Record<ReconciliationLine['kind'], Tone>> = {
  vendor_only: 'cue',
  ours_only: 'warning',
  amount_differs: 'warning',
  open_call: 'accent',
  estimated: 'plain',
};

/** What is less than a tenth is rounding, of sums of fractions. */
const isNothing = (amount: number): boolean => Math.abs(amount) < 0.05;

/** In one sentence: do they agree? */
export const conclusion = (result: Reconciliation, unit: CostUnit): string => {
  const t = wordsOf('usage');
  const { difference, explained, unexplained, workspaceName: workspace } = result;
  if (difference === null || unexplained === null) return t('cannotCompare', { workspace });
  if (isNothing(difference) && result.lines.length === 0) return t('agrees', { workspace });
  if (isNothing(unexplained))
    return t(difference >= 0 ? 'moreExplained' : 'lessExplained', {
      workspace,
      amount: amountWords(Math.abs(difference), unit),
      count: result.lines.length + result.moreLines,
    });
  return t('unexplainedLeft', {
    workspace,
    amount: amountWords(Math.abs(difference), unit),
    explained: amountWords(explained, unit),
    left: amountWords(unexplained, unit),
  });
};

const columnsOf = (openTake: (line: ReconciliationLine) => void): readonly Column<ReconciliationLine>[] => {
  const t = wordsOf('usage');
  const figure = (amount: number | null) => (amount === null ? '–' : figureWords(amount));
  return [
    {
      id: 'kind',
      title: t('lineKind'),
      width: '128px',
      cell: ({ kind }) => <Badge tone={tones[kind]}>{t(`line_${kind}`)}</Badge>,
    },
    { id: 'at', title: t('lineWhen'), width: '112px', cell: ({ at }) => (at === null ? '–' : formatMoment(at)) },
    {
      id: 'text',
      title: t('lineText'),
      width: 'minmax(160px, 2fr)',
      cell: ({ text }) => <span title={text ?? ''}>{text ?? '–'}</span>,
    },
    { id: 'voice', title: t('voice'), width: 'minmax(90px, 0.7fr)', cell: ({ voice }) => voice ?? '–' },
    { id: 'vendor', title: t('vendorSays'), width: '84px', align: 'end', cell: (line) => figure(line.vendorCredits) },
    { id: 'ours', title: t('ours'), width: '72px', align: 'end', cell: (line) => figure(line.ourCredits) },
    {
      id: 'note',
      title: t('lineNote'),
      width: 'minmax(180px, 2fr)',
      cell: ({ note }) => <span title={note}>{note}</span>,
    },
    {
      id: 'take',
      title: t('take'),
      titleHidden: true,
      width: '76px',
      cell: (line) =>
        line.takeId === null ? null : (
          <Button
            size="small"
            look="quiet"
            excludeFromTabOrder
            icon={<Play aria-hidden />}
            onPress={() => openTake(line)}
          >
            {t('take')}
          </Button>
        ),
    },
  ];
};

/** The vendor's figure, ours, what explains the difference, and what is left unexplained. */
export const ComparisonResult = ({ result, unit }: { readonly result: Reconciliation; readonly unit: CostUnit }) => {
  const { navigation } = useStudio();
  const [active, setActive] = useState<string | null>(null);
  const t = wordsOf('usage');
  const amount = (of: number | null): string => (of === null ? t('notTold') : amountWords(of, unit));
  const lines = result.lines.map((line, index) => ({ line, key: `${index}` }));
  const hasTakes = result.lines.some(({ takeId }) => takeId !== null);
  const openTake = (line: ReconciliationLine): void => {
    if (line.takeId !== null) navigation.openTake(line.takeId);
    else if (line.text !== null)
      navigation.go({
        room: 'history',
        query: {
          workspace: result.workspaceId,
          ...(line.at === null ? {} : { from: String(line.at - 60_000), to: String(line.at + 60_000) }),
        },
      });
  };
  const figures: readonly (readonly [string, string, boolean])[] = [
    [t('vendorSays'), amount(result.vendorCredits), false],
    [t('weBooked'), amount(result.ourCredits), false],
    [t('difference'), amount(result.difference), false],
    [t('explained'), amount(result.explained), false],
    [t('unexplained'), amount(result.unexplained), result.unexplained !== null && !isNothing(result.unexplained)],
  ];
  return (
    <section aria-label={t('comparisonOf', { workspace: result.workspaceName })} className={styles.result}>
      <h2 className={styles.verdict}>{conclusion(result, unit)}</h2>
      <p className={styles.hint}>{t('rangeShown', { from: utcDayWords(result.from), to: utcDayWords(result.to) })}</p>
      <dl className={styles.figures}>
        {figures.map(([name, value, isOdd]) => (
          <div key={name} className={cx(isOdd && styles.odd)}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <h3 className={styles.small}>{t('whereFrom')}</h3>
      <ul className={styles.sources}>
        {result.sources.map((source) => (
          <li key={source}>{source}</li>
        ))}
      </ul>
      {lines.length > 0 && (
        <div className={styles.lines}>
          <VirtualTable
            label={t('linesOf', { workspace: result.workspaceName })}
            columns={columnsOf(openTake)
              .filter(({ id }) => id !== 'take' || hasTakes)
              .map((column) => ({
                ...column,
                cell: ({ line }: { readonly line: ReconciliationLine }, index: number) => column.cell(line, index),
              }))}
            rows={lines}
            rowKey={({ key }) => key}
            activeKey={active}
            onActive={({ key }) => setActive(key)}
            onEnter={({ line }) => openTake(line)}
            minWidth={900}
          />
        </div>
      )}
      {result.moreLines > 0 && <p className={styles.hint}>{t('moreLines', { count: result.moreLines })}</p>}
    </section>
  );
};
