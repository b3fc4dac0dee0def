import type { Clock } from '../ports.ts';

/** Thrown where work ends because the queue is being parked: rows stay as they are and are picked up on the next open. */
export class Parked extends Error {
  constructor() {
    super('The queue is being parked.');
    this.name = 'Parked';
  }
}

/** Waits on the engine's clock. Throws Parked when `signal` aborts. */
export const sleep = (clock: Clock, delayMs: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(new Parked());
      return;
    }
    const onAbort = (): void => {
      cancel();
      reject(new Parked());
    };
    const cancel = clock.after(delayMs, () => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    });
    signal.addEventListener('abort', onAbort, { once: true });
  });
