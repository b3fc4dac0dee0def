import type { z } from 'zod';
import type { Problem as ProblemShape } from '#contract/entities.ts';

export type Problem = z.infer<typeof ProblemShape>;

/** Where a problem stands: `line` and `column` from 1, `endColumn` behind its last character. */
export interface Spot {
  readonly line: number | null;
  readonly column?: number | null;
  readonly endColumn?: number | null;
}

/** Columns count UTF-16 units, as editors do; a byte order mark does not count. */
export const problem = (severity: Problem['severity'], code: string, message: string, spot: Spot): Problem => ({
  severity,
  code,
  message,
  line: spot.line,
  column: spot.column ?? null,
  endColumn: spot.endColumn ?? null,
});

export const hasErrors = (problems: readonly Problem[]): boolean =>
  problems.some(({ severity }) => severity === 'error');
