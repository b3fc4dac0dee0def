import { CircleAlert, Info, TriangleAlert } from 'lucide-react';
import type { Problem } from '#contract/entities.ts';
import { wordsOf } from '../words/words.ts';
import { cx } from './cx.ts';
import styles from './problem-list.module.css';

const icons = { error: CircleAlert, warning: TriangleAlert, notice: Info } as const;

const placeOf = ({ line, column }: Problem, unit: string): string =>
  line === null ? '' : `${unit} ${line}${column === null ? '' : `, column ${column}`}`;

/** Problems in words with their place; pressing one goes there. */
export const ProblemList = ({
  problems,
  unit = 'Line',
  most = 200,
  onGo,
}: {
  readonly problems: readonly Problem[];
  readonly unit?: 'Line' | 'Row';
  readonly most?: number;
  readonly onGo?: (problem: Problem) => void;
}) => (
  <ul className={styles.list}>
    {problems.slice(0, most).map((problem, at) => {
      const Icon = icons[problem.severity];
      const words = (
        <>
          <Icon aria-label={problem.severity} className={styles[problem.severity]} />
          <span className={styles.text}>
            {problem.message}
            <span className={styles.place}>{placeOf(problem, unit)}</span>
          </span>
        </>
      );
      return (
        <li key={`${problem.code}-${problem.line}-${problem.column}-${at}`}>
          {onGo === undefined || problem.line === null ? (
            <div className={styles.item}>{words}</div>
          ) : (
            <button type="button" className={cx(styles.item, styles.press)} onClick={() => onGo(problem)}>
              {words}
            </button>
          )}
        </li>
      );
    })}
    {problems.length > most && (
      <li className={styles.item}>{wordsOf('shell')('andMore', { count: problems.length - most })}</li>
    )}
  </ul>
);
