import { type Problem, problem } from './problem.ts';

/** Keeps the first `most` problems of each code and sums the others up, so that a wrong column in 10,000 rows stays readable. */
export const limitProblems = (problems: readonly Problem[], most: number): readonly Problem[] => {
  const kept: Problem[] = [];
  const counts = new Map<string, { readonly severity: Problem['severity']; count: number }>();
  for (const one of problems) {
    const seen = counts.get(one.code) ?? { severity: one.severity, count: 0 };
    seen.count += 1;
    counts.set(one.code, seen);
    if (seen.count <= most) kept.push(one);
  }
  for (const [code, { severity, count }] of counts) {
    if (count > most) kept.push(problem(severity, code, `And ${count - most} more of the same kind.`, { line: null }));
  }
  return kept;
};
