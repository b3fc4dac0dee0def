import { useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { useStudio } from '../../app/studio-context.ts';
import { unitWord } from '../../components/credit-units.ts';
import { cx } from '../../components/cx.ts';
import { type Column, VirtualTable } from '../../components/virtual-table.tsx';
import { type DayRange, daysOfStep } from '../../figures/periods.ts';
import type { Layer, LayerDimension, Measure, Stack } from '../../figures/stacks.ts';
import { wordsOf } from '../../words/words.ts';
import { figureWords, measureWords, nameWords, stepWords } from './figure-words.ts';
import { behindLayer, historyQuery } from './history-links.ts';
import series from './series.module.css';
import { colourName, SpendChart } from './spend-chart.tsx';
import styles from './spend.module.css';

interface StepRow {
  readonly index: number;
  readonly step: string;
}

/** One unit's spending: the chart, its legend, and the same figures as a table. */
export const SpendCard = ({
  stack,
  title,
  measure,
  dimension,
  range,
  workspaceId,
}: {
  readonly stack: Stack;
  readonly title: string;
  readonly measure: Measure;
  readonly dimension: LayerDimension;
  readonly range: DayRange;
  /** The filter of the screen. */
  readonly workspaceId: string | null;
}) => {
  const { navigation, appearance } = useStudio();
  const theme = useStore(appearance, (state) => state.theme);
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const [pointed, setPointed] = useState<number | null>(null);
  const [active, setActive] = useState<string | null>(null);
  const t = wordsOf('usage');
  // The chart is drawn anew when its layers change, so they stay the same array as long as nothing did.
  const shown = useMemo(() => stack.layers.filter((layer) => !hidden.has(layer.key)), [stack, hidden]);
  const words = (value: number): string => measureWords(value, measure, stack.unit);
  const total = shown.reduce((sum, layer) => sum + layer.total, 0);
  const toTakes = (step: number | null, layer: Layer | null): void => {
    const days = step === null ? range : daysOfStep(stack.steps[step] ?? range.from, range);
    const [only] = shown;
    const about = layer ?? (shown.length === 1 && stack.layers.length > 1 ? (only ?? null) : null);
    navigation.go({
      room: 'history',
      query: historyQuery({ range: days, workspaceId, ...behindLayer(about, dimension) }),
    });
  };
  const toggle = (layer: Layer): void =>
    setHidden(
      (before) =>
        new Set(before.has(layer.key) ? [...before].filter((one) => one !== layer.key) : [...before, layer.key]),
    );

  const figure = (row: StepRow, value: number, layer: Layer | null) =>
    value === 0 ? (
      <span className={styles.none}>–</span>
    ) : (
      <button type="button" tabIndex={-1} className={styles.figure} onClick={() => toTakes(row.index, layer)}>
        {figureWords(value)}
      </button>
    );
  const layerColumn = (layer: Layer): Column<StepRow> => ({
    id: layer.key,
    title: nameWords(layer.label),
    width: 'minmax(76px, 1fr)',
    align: 'end',
    cell: (row) => figure(row, layer.values[row.index] ?? 0, layer),
  });
  const columns: readonly Column<StepRow>[] = [
    {
      id: 'step',
      title: t(stack.steps[0]?.length === 7 ? 'month' : 'day'),
      width: '76px',
      cell: ({ step }) => stepWords(step),
    },
    shown.length === 1 && shown[0] !== undefined
      ? layerColumn(shown[0])
      : {
          id: 'total',
          title: t('total'),
          width: 'minmax(64px, 1fr)',
          align: 'end' as const,
          cell: (row: StepRow) =>
            figure(
              row,
              shown.reduce((sum, { values }) => sum + (values[row.index] ?? 0), 0),
              null,
            ),
        },
    ...(stack.vendor === null
      ? []
      : [
          {
            id: 'vendor',
            title: t('vendorSays'),
            width: 'minmax(76px, 1fr)',
            align: 'end' as const,
            cell: ({ index }: StepRow) => {
              const told = stack.vendor?.[index] ?? null;
              return told === null ? <span className={styles.none}>–</span> : figureWords(told);
            },
          },
        ]),
    ...(shown.length === 1 ? [] : shown.map(layerColumn)),
  ];
  const rows = stack.steps.map((step, index) => ({ index, step })).toReversed();
  const at = pointed === null ? null : (stack.steps[pointed] ?? null);
  return (
    <section aria-label={title} className={cx(styles.card, series.series)}>
      <header className={styles.head}>
        <h2 className={styles.title}>{title}</h2>
        <button type="button" className={styles.total} onClick={() => toTakes(null, null)}>
          {words(total)}
        </button>
        {stack.vendorTotal !== null && (
          <span className={styles.soft}>{t('vendorTotal', { amount: words(stack.vendorTotal) })}</span>
        )}
        <p className={styles.readout}>
          {at === null || pointed === null
            ? t('pressForTakes')
            : `${stepWords(at)}: ${words(shown.reduce((sum, { values }) => sum + (values[pointed] ?? 0), 0))}`}
        </p>
      </header>
      <div className={styles.body}>
        <div className={styles.chart}>
          <SpendChart
            stack={stack}
            shown={shown}
            theme={theme}
            height={210}
            label={t('chartOf', { title, total: words(total) })}
            onPoint={setPointed}
            onPick={toTakes}
          />
          <ul className={styles.legend} aria-label={t('legend')}>
            {stack.layers.map((layer) => (
              <li key={layer.key}>
                <button
                  type="button"
                  aria-pressed={!hidden.has(layer.key)}
                  className={styles.layer}
                  onClick={() => toggle(layer)}
                >
                  <span className={styles.swatch} style={{ background: `var(${colourName(layer, stack.layers)})` }} />
                  {nameWords(layer.label)}
                  <span className={styles.amount}>{figureWords(layer.total)}</span>
                </button>
              </li>
            ))}
            {stack.vendor !== null && (
              <li className={styles.vendorMark}>
                <span className={styles.line} />
                {t('vendorLine')}
              </li>
            )}
          </ul>
        </div>
        <div className={styles.table}>
          <VirtualTable
            label={t('tableOf', { title, unit: stack.unit === null ? t(measure) : unitWord(stack.unit) })}
            columns={columns}
            rows={rows}
            rowKey={({ step }) => step}
            rowHeight={26}
            minWidth={76 + (columns.length - 1) * 88}
            activeKey={active}
            onActive={({ step }) => setActive(step)}
            onEnter={({ index }) => toTakes(index, null)}
          />
        </div>
      </div>
    </section>
  );
};
