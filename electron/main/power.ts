import type { PowerSaveBlocker } from 'electron';
import type { Power } from '#engine/ports.ts';

export interface PowerParts {
  readonly powerSaveBlocker: Pick<PowerSaveBlocker, 'start' | 'stop'>;
  readonly powerMonitor: {
    on(event: 'suspend' | 'resume', listener: () => void): unknown;
    off(event: 'suspend' | 'resume', listener: () => void): unknown;
  };
  /** The user's setting; asked each time work starts. */
  readonly mayBlock: () => boolean;
}

/** The engine's Power port over Electron. */
export const createElectronPower = ({ powerSaveBlocker, powerMonitor, mayBlock }: PowerParts): Power => {
  const listen = (event: 'suspend' | 'resume', run: () => void): (() => void) => {
    const own = (): void => run();
    powerMonitor.on(event, own);
    return () => {
      powerMonitor.off(event, own);
    };
  };
  return {
    blockSuspension: () => {
      let blocker: number | undefined = mayBlock() ? powerSaveBlocker.start('prevent-app-suspension') : undefined;
      return () => {
        if (blocker !== undefined) powerSaveBlocker.stop(blocker);
        blocker = undefined;
      };
    },
    onSuspend: (run) => listen('suspend', run),
    onResume: (run) => listen('resume', run),
  };
};
