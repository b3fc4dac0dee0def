import { useMemo } from 'react';
import type uPlot from 'uplot';
import { formatDate } from '../../components/credit-words.ts';
import { formatCount } from '../../components/format.ts';
import { Plot, plotAxis, type PlotOptions } from '../../components/plot.tsx';
import type { BurnDown } from '../../figures/burn-down.ts';
import { dayMs } from '../../figures/periods.ts';

export interface Mark {
  readonly at: number;
  readonly words: string;
  readonly tone: 'plain' | 'warning';
}

/** Room above the highest point, for the words of the marks. */
const headroom = 1.2;

/** One time axis for all lines; each has nothing where it does not run. */
export const alignedLines = (burn: BurnDown): uPlot.AlignedData => {
  const times = [...burn.reckoned, ...burn.read, ...burn.forecast].map(({ at }) => at);
  const axis = [...new Set(times)].toSorted((a, b) => a - b);
  const line = <P extends { readonly at: number }>(points: readonly P[], value: (point: P) => number) => {
    const at = new Map(points.map((point) => [point.at, value(point)]));
    return axis.map((time) => at.get(time) ?? null);
  };
  return [
    axis,
    line(burn.reckoned, ({ left }) => left),
    line(burn.read, ({ left }) => left),
    line(burn.forecast, ({ left }) => left),
    line(burn.forecast, ({ high }) => high),
    line(burn.forecast, ({ low }) => low),
  ];
};

/** What is left from the beginning of the period to the reset, with the forecast's band. */
export const BurnDownPlot = ({
  burn,
  marks,
  label,
  theme,
}: {
  readonly burn: BurnDown;
  readonly marks: readonly Mark[];
  readonly label: string;
  readonly theme: string;
}) => {
  const data = useMemo(() => alignedLines(burn), [burn]);
  const options: PlotOptions = useMemo(
    () => (colours) => {
      const most = Math.max(burn.limit ?? 0, ...burn.reckoned.map(({ left }) => left), 1);
      const ratio = window.devicePixelRatio;
      const drawMarks = (chart: uPlot): void => {
        const { ctx, bbox } = chart;
        ctx.save();
        ctx.font = `500 ${11 * ratio}px ${colours('--font-ui')}`;
        ctx.textBaseline = 'top';
        ctx.textAlign = 'left';
        const rows: number[] = [];
        for (const { at, words, tone } of marks) {
          const x = Math.round(chart.valToPos(at, 'x', true));
          if (x < bbox.left - 1 || x > bbox.left + bbox.width + 1) continue;
          const colour = colours(tone === 'warning' ? '--warning' : '--text-soft');
          ctx.strokeStyle = colour;
          ctx.lineWidth = ratio;
          ctx.setLineDash(tone === 'warning' ? [] : [4 * ratio, 4 * ratio]);
          ctx.beginPath();
          ctx.moveTo(x, bbox.top);
          ctx.lineTo(x, bbox.top + bbox.height);
          ctx.stroke();
          const width = ctx.measureText(words).width;
          const isRight = x + width + 6 * ratio > bbox.left + bbox.width;
          const left = isRight ? x - width - 5 * ratio : x + 5 * ratio;
          // Words that would run into each other stand one below the other.
          const row = rows.filter((end) => end > left).length;
          rows.push(left + width + 8 * ratio);
          ctx.fillStyle = colours('--ground');
          ctx.fillRect(left - 2 * ratio, bbox.top + (2 + 16 * row) * ratio, width + 4 * ratio, 14 * ratio);
          ctx.fillStyle = colour;
          ctx.fillText(words, left, bbox.top + (3 + 16 * row) * ratio);
        }
        ctx.restore();
      };
      const line = (part: Partial<uPlot.Series>): uPlot.Series => ({ points: { show: false }, width: 2, ...part });
      return {
        padding: [10, 8, 0, 0],
        legend: { show: false },
        cursor: { show: false },
        scales: { x: { time: false, range: () => [burn.from, burn.to] }, y: { range: () => [0, most * headroom] } },
        axes: [
          plotAxis(colours, {
            grid: { show: false },
            size: 26,
            space: 70,
            incrs: [1, 2, 3, 7, 14, 30, 60, 91].map((days) => days * dayMs),
            values: (_, splits) => splits.map((at) => formatDate(at)),
          }),
          plotAxis(colours, { size: 56, space: 36, values: (_, splits) => splits.map(formatCount) }),
        ],
        bands: [{ series: [4, 5], fill: colours('--band') }],
        series: [
          {},
          line({ stroke: colours('--text-faint'), dash: [5, 4] }),
          line({ stroke: colours('--text') }),
          line({ stroke: colours('--warning'), dash: [6, 4] }),
          line({ stroke: 'transparent', width: 0 }),
          line({ stroke: 'transparent', width: 0 }),
        ],
        hooks: { draw: [drawMarks] },
      };
    },
    [burn, marks],
  );
  return <Plot label={label} options={options} data={data} height={280} theme={theme} />;
};
