/** What is wrong with a script or a table, in the form that editors make clickable. */
import type { Problem } from '#contract/entities.ts';
import type { Sink } from '../terminal.ts';
import { createPaint } from './paint.ts';
import { oneLine } from './width.ts';
import { counted } from './words.ts';

const shownEach = 50;

/** `place` is what stands for the whole file; a table says `row`. */
export const formatProblems = (
  file: string,
  problems: readonly Problem[],
  kind: 'text' | 'table',
  sink: Pick<Sink, 'color'>,
): string => {
  const paint = createPaint(sink);
  const color = { error: paint.bad, warning: paint.warn, notice: paint.dim } as const;
  const placeOf = (problem: Problem): string => {
    if (problem.line === null) return file;
    if (kind === 'table')
      return `${file}, row ${problem.line}${problem.column === null ? '' : `, column ${problem.column}`}`;
    return `${file}:${problem.line}${problem.column === null ? '' : `:${problem.column}`}`;
  };
  const order = { error: 0, warning: 1, notice: 2 } as const;
  const sorted = [...problems].sort((left, right) => order[left.severity] - order[right.severity]);
  const rows = sorted
    .slice(0, shownEach)
    .map(
      (problem) => `${placeOf(problem)}: ${color[problem.severity](problem.severity)}: ${oneLine(problem.message)}\n`,
    );
  const more =
    sorted.length > shownEach ? [`and ${counted(sorted.length - shownEach, 'more problem', 'more problems')}\n`] : [];
  return [...rows, ...more].join('');
};

export const errorsIn = (problems: readonly Problem[]): number =>
  problems.filter((problem) => problem.severity === 'error').length;
