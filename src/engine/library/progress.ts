import type { Clock } from '../ports.ts';
import type { Router } from '../router.ts';

const everyMs = 150;

/** Tells how far a long piece of work is, a few times a second. */
export const createProgress = (
  publish: Router['publish'],
  clock: Clock,
  task: 'export' | 'restore',
  totalBytes: number,
): ((doneBytes: number) => void) => {
  let told = Number.NEGATIVE_INFINITY;
  return (doneBytes) => {
    const now = clock.monotonic();
    if (now - told < everyMs && doneBytes < totalBytes) return;
    told = now;
    publish('library.progress', { task, doneBytes: Math.min(doneBytes, totalBytes), totalBytes });
  };
};
