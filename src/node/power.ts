import type { Power } from '#engine/ports.ts';

/** For hosts that neither hear of suspension nor can hold it off. */
export const createPower = (): Power => ({
  blockSuspension: () => () => undefined,
  onSuspend: () => () => undefined,
  onResume: () => () => undefined,
});
