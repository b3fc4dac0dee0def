import { useMemo, useRef } from 'react';
import uPlot from 'uplot';
import { formatCount, formatCredits } from '../../components/format.ts';
import { Plot, plotAxis, type PlotOptions } from '../../components/plot.tsx';
import { type Layer, piledUp, type Stack } from '../../figures/stacks.ts';
import { stepWords } from './figure-words.ts';

/** Colour of a layer by its place among all of them, so that hiding one does not repaint the others. */
export const colourName = (layer: Layer, all: readonly Layer[]): string =>
  layer.id === null ? '--series-rest' : `--series-${all.indexOf(layer) % 7}`;

const axisFigure = (value: number): string =>
  value >= 10_000 ? `${formatCredits(value / 1000)}k` : value >= 10 ? formatCount(value) : formatCredits(value);

/** What is drawn: the topmost pile first, so that each lower one lies over it; the vendor's line last. */
export const drawnData = (stack: Stack, shown: readonly Layer[]): uPlot.AlignedData => [
  stack.steps.map((_, index) => index),
  ...piledUp(shown).toReversed(),
  ...(stack.vendor === null ? [] : [[...stack.vendor]]),
];

/** Stacked columns by day or month. Pointing tells a column, pressing goes to its takes. */
export const SpendChart = ({
  stack,
  shown,
  label,
  theme,
  height,
  onPoint,
  onPick,
}: {
  readonly stack: Stack;
  /** Layers that are not hidden, largest first. */
  readonly shown: readonly Layer[];
  readonly label: string;
  readonly theme: string;
  readonly height: number;
  readonly onPoint: (step: number | null) => void;
  readonly onPick: (step: number, layer: Layer | null) => void;
}) => {
  const data = useMemo(() => drawnData(stack, shown), [stack, shown]);
  const handlers = useRef({ onPoint, onPick, data });
  handlers.current = { onPoint, onPick, data };
  const options: PlotOptions = useMemo(
    () => (colours) => {
      const column = uPlot.paths.bars?.({ size: [0.78, 44], radius: 0 });
      const marker = document.createElement('div');
      const isByMonth = stack.steps[0]?.length === 7;
      return {
        padding: [8, 4, 0, 0],
        legend: { show: false },
        cursor: { x: false, y: false, drag: { x: false, y: false }, points: { show: false } },
        scales: {
          x: { time: false, range: () => [-0.5, Math.max(0.5, stack.steps.length - 0.5)] },
          y: { range: (_, _low, high) => [0, high > 0 ? high * 1.06 : 1] },
        },
        axes: [
          plotAxis(colours, {
            grid: { show: false },
            size: 26,
            space: 64,
            incrs: isByMonth ? [1, 2, 3, 6, 12, 24] : [1, 2, 7, 14, 28, 56, 91, 182, 365],
            values: (_, splits) => splits.map((at) => stepWords(stack.steps[at] ?? '')),
          }),
          plotAxis(colours, { size: 48, space: 34, values: (_, splits) => splits.map(axisFigure) }),
        ],
        series: [
          {},
          ...shown.toReversed().map(
            (layer): uPlot.Series => ({
              fill: colours(colourName(layer, stack.layers)),
              width: 0,
              points: { show: false },
              ...(column === undefined ? {} : { paths: column }),
            }),
          ),
          ...(stack.vendor === null
            ? []
            : [
                // Drawn below: a dash across each column, for a line would tell of days between.
                { stroke: 'transparent', width: 0, points: { show: false } },
              ]),
        ],
        hooks: {
          draw: [
            (chart) => {
              const line = stack.vendor;
              if (line === null) return;
              const { ctx } = chart;
              const ratio = window.devicePixelRatio;
              ctx.save();
              ctx.fillStyle = colours('--text');
              line.forEach((value, index) => {
                if (value === null) return;
                const left = chart.valToPos(index - 0.45, 'x', true);
                const right = chart.valToPos(index + 0.45, 'x', true);
                ctx.fillRect(left, chart.valToPos(value, 'y', true) - ratio, right - left, 2 * ratio);
              });
              ctx.restore();
            },
          ],
          init: [
            (chart) => {
              Object.assign(marker.style, {
                position: 'absolute',
                top: '0',
                bottom: '0',
                pointerEvents: 'none',
                background: colours('--hover'),
                opacity: '0.5',
                zIndex: '-1',
                display: 'none',
              });
              chart.over.append(marker);
              chart.over.addEventListener('click', () => {
                const { idx, top } = chart.cursor;
                if (idx === null || idx === undefined) return;
                const height = chart.posToVal(top ?? 0, 'y');
                const { data: now } = handlers.current;
                // From the lowest pile up: the first that reaches the pointer.
                const index = shown.findIndex((_, place) => (now[shown.length - place]?.[idx] ?? 0) >= height);
                handlers.current.onPick(idx, shown[index] ?? null);
              });
            },
          ],
          setCursor: [
            (chart) => {
              const idx = chart.cursor.idx ?? null;
              const isOut = idx === null || (chart.cursor.left ?? -1) < 0;
              handlers.current.onPoint(isOut ? null : idx);
              if (isOut) {
                marker.style.display = 'none';
                return;
              }
              const left = chart.valToPos(idx - 0.5, 'x');
              Object.assign(marker.style, {
                display: '',
                left: `${left}px`,
                width: `${chart.valToPos(idx + 0.5, 'x') - left}px`,
              });
            },
          ],
        },
      };
    },
    [stack, shown],
  );
  return <Plot label={label} options={options} data={data} height={height} theme={theme} />;
};
