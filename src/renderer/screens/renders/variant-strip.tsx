import { type KeyboardEvent, memo, useId, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { useStudio } from '../../app/studio-context.ts';
import { cx } from '../../components/cx.ts';
import { wordsOf } from '../../words/words.ts';
import { cellsOf, type CellTone, type VariantCell } from './variant-cells.ts';
import styles from './variant-strip.module.css';

const cellWords = ({ first, last, variants, ready, items, failed }: VariantCell): string => {
  const t = wordsOf('renders');
  if (variants > 1) return t('stripGroup', { first, last, ready, items });
  return failed > 0
    ? t('stripOfFailed', { variant: first, ready, items, failed })
    : t('stripOf', { variant: first, ready, items });
};

/** Drawn anew, and put in words anew, only when what it shows changed. */
const Cell = memo(
  ({
    id,
    isActive,
    isChosen,
    ...cell
  }: VariantCell & { readonly id: string; readonly isActive: boolean; readonly isChosen: boolean }) => {
    const words = cellWords(cell);
    return (
      <span
        id={id}
        role="option"
        aria-selected={isChosen}
        aria-label={words}
        title={words}
        data-cell={id}
        className={cx(styles.cell, styles[cell.tone], isActive && styles.active, isChosen && styles.chosen)}
      />
    );
  },
);

const tones = ['ready', 'partly', 'running', 'waiting', 'failed', 'uncertain'] as const;
const legend = {
  ready: 'legendReady',
  partly: 'legendPartly',
  running: 'legendRunning',
  waiting: 'legendWaiting',
  failed: 'legendFailed',
  uncertain: 'legendUncertain',
} as const;

/** Every variant of a render as a small square in the colour of its state; one press shows its lines alone. */
export const VariantStrip = () => {
  const { renders } = useStudio();
  const variants = useStore(renders, (state) => state.variants);
  const chosen = useStore(renders, (state) => state.filter.variant);
  const [active, setActive] = useState<number | null>(null);
  const base = useId();
  const t = wordsOf('renders');
  const cells = useMemo(() => cellsOf(variants), [variants]);
  if (variants.length < 2) return null;
  const choose = (at: number): void => {
    const cell = cells[at];
    if (cell === undefined || cell.variants > 1) return;
    renders.show({ variant: cell.first === chosen ? null : cell.first });
  };
  const move = (event: KeyboardEvent): void => {
    const steps: Readonly<Record<string, number>> = {
      ArrowRight: 1,
      ArrowDown: 1,
      ArrowLeft: -1,
      ArrowUp: -1,
      Home: -cells.length,
      End: cells.length,
    };
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      if (active !== null) choose(active);
      return;
    }
    const by = steps[event.key];
    if (by === undefined) return;
    event.preventDefault();
    setActive(Math.min(cells.length - 1, Math.max(0, (active ?? (by > 0 ? -1 : 0)) + by)));
  };
  const present = tones.filter((tone) => cells.some((cell) => cell.tone === tone));
  const count = (tone: CellTone): number =>
    variants.filter(({ items, ready, failed, running }) =>
      tone === 'ready' ? ready === items : tone === 'failed' ? failed > 0 : running > 0,
    ).length;
  return (
    <section className={styles.strip} aria-label={t('strip')}>
      <div
        role="listbox"
        tabIndex={0}
        aria-label={t('stripSummary', {
          total: variants.length,
          ready: count('ready'),
          failed: count('failed'),
          running: count('running'),
        })}
        aria-activedescendant={active === null ? undefined : `${base}${active}`}
        onKeyDown={move}
        onClick={(event) => {
          const id = event.target instanceof HTMLElement ? event.target.dataset['cell'] : undefined;
          if (id === undefined) return;
          const at = Number(id.slice(base.length));
          setActive(at);
          choose(at);
        }}
        className={cx(styles.cells, cells.length > 160 && styles.dense)}
      >
        {cells.map((cell, at) => (
          <Cell
            key={cell.first}
            {...cell}
            id={`${base}${at}`}
            isActive={active === at}
            isChosen={chosen !== null && cell.variants === 1 && cell.first === chosen}
          />
        ))}
      </div>
      <p className={styles.legend}>
        {present.map((tone) => (
          <span key={tone}>
            <i aria-hidden className={cx(styles.cell, styles[tone])} /> {t(legend[tone])}
          </span>
        ))}
      </p>
    </section>
  );
};
