/** What a test opened is closed after it, the last first; what a file shares is closed at its end. */
import { afterAll, afterEach } from 'vitest';
import type { Compute } from '#engine/ports.ts';
import { createCompute } from '#node/compute/compute.ts';

type End = () => unknown;
const endings: End[] = [];
let compute: Compute | null = null;

export const later = (end: End): void => {
  endings.push(end);
};
/** Workers take a second to start: one set serves all studios of a file. */
export const sharedCompute = (): Compute => (compute ??= createCompute());
/** Called once by each file that uses the others. */
export const endAll = (): void => {
  afterEach(async () => {
    for (const end of endings.splice(0).reverse()) await end();
  });
  afterAll(async () => {
    await compute?.close();
    compute = null;
  });
};
