/**
 * What closing and quitting mean while lines are being rendered: closing keeps the work in the tray,
 * quitting asks, a system that shuts down is not kept waiting.
 */
export type ShutdownMode = 'finish' | 'park';

export interface LifecycleParts {
  readonly isWorking: () => boolean;
  readonly hideWindow: () => void;
  /** Said once in the life of an installation. */
  readonly tellAboutTray: () => void;
  /** `finish`: wait for what is in flight, start nothing new. `park`: stop now, ask the vendor again next time. */
  readonly askHowToQuit: () => Promise<ShutdownMode | 'stay'>;
  /** Stops the engine and closes the library. */
  readonly shutdown: (mode: ShutdownMode) => Promise<void>;
  readonly onShutdownFailed: (error: unknown) => void;
  /** Ends the process without asking anyone again. */
  readonly exit: () => void;
}

interface Preventable {
  preventDefault(): void;
}

export interface Lifecycle {
  onWindowClose(event: Preventable): void;
  onBeforeQuit(event: Preventable): void;
  onSystemShutdown(event: Preventable): void;
}

export const createLifecycle = (parts: LifecycleParts): Lifecycle => {
  let phase: 'open' | 'asking' | 'finishing' | 'parking' = 'open';
  let exited = false;

  const stop = async (mode: ShutdownMode): Promise<void> => {
    phase = mode === 'finish' ? 'finishing' : 'parking';
    try {
      await parts.shutdown(mode);
    } catch (error) {
      // What is paid for is on the disk before anything is told; the next start takes it up.
      parts.onShutdownFailed(error);
    }
    // Parking hurries a `finish` that is under way; whichever ends first has closed the library.
    if (!exited) parts.exit();
    exited = true;
  };

  const quit = async (): Promise<void> => {
    if (!parts.isWorking()) return stop('finish');
    phase = 'asking';
    // A question that cannot be asked is answered like a shutdown.
    const answer = await parts.askHowToQuit().catch(() => 'park' as const);
    if (phase !== 'asking') return undefined;
    if (answer === 'stay') {
      phase = 'open';
      return undefined;
    }
    return stop(answer);
  };

  return {
    onWindowClose: (event) => {
      if (phase !== 'open' || !parts.isWorking()) return;
      event.preventDefault();
      parts.hideWindow();
      parts.tellAboutTray();
    },
    onBeforeQuit: (event) => {
      event.preventDefault();
      if (phase === 'open') void quit();
      // Quitting again while the last lines come in means: not that long.
      else if (phase === 'finishing') void stop('park');
    },
    onSystemShutdown: (event) => {
      event.preventDefault();
      if (phase !== 'parking') void stop('park');
    },
  };
};
