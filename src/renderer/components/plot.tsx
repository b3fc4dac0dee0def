/** A uPlot chart that fills its place and is drawn in the theme's colours. The figures stand in a table beside it. */
import 'uplot/dist/uPlot.min.css';
import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import styles from './plot.module.css';

export type Colours = (name: string) => string;
export type PlotOptions = (colours: Colours) => Omit<uPlot.Options, 'width' | 'height'>;

export const Plot = ({
  label,
  options,
  data,
  height,
  theme,
}: {
  /** What the picture shows, in a sentence: a screen reader gets this, and the table. */
  readonly label: string;
  /** Another function draws the chart anew; another `data` only redraws it. */
  readonly options: PlotOptions;
  readonly data: uPlot.AlignedData;
  readonly height: number;
  readonly theme: string;
}) => {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot>(null);
  const newest = useRef(data);
  newest.current = data;

  useEffect(() => {
    const element = place.current;
    if (element === null) return undefined;
    const looks = getComputedStyle(element);
    const colours: Colours = (name) => looks.getPropertyValue(name).trim();
    const drawn = new uPlot(
      { ...options(colours), width: Math.max(80, element.clientWidth), height },
      newest.current,
      element,
    );
    chart.current = drawn;
    const observer = new ResizeObserver(() => {
      const width = Math.max(80, element.clientWidth);
      if (width !== drawn.width) drawn.setSize({ width, height });
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      chart.current = null;
      drawn.destroy();
    };
  }, [options, height, theme]);
  useEffect(() => {
    if (chart.current !== null && chart.current.data !== data) chart.current.setData(data);
  }, [data]);

  return <div ref={place} role="img" aria-label={label} className={styles.plot} style={{ height }} />;
};

/** Axes and grid as every chart has them; `text` are the words' colour. */
export const plotAxis = (colours: Colours, part: Partial<uPlot.Axis>): uPlot.Axis => ({
  stroke: colours('--text-faint'),
  font: `11px ${colours('--font-ui')}`,
  grid: { stroke: colours('--line'), width: 1 },
  ticks: { show: false },
  gap: 6,
  ...part,
});
