/**
 * Why a lane may not send right now: the vendor asked for a pause, cannot be reached, or our own disk refuses.
 * One vendor's trouble never stops another's lane. Nothing polls: each state has one timer that ends it.
 */
import type { Clock, Ids } from '../ports.ts';
import { jobBackoff, probeBackoff, waitMs } from './backoff.ts';
import { Parked } from './sleep.ts';

export interface LaneHealth {
  readonly pausedUntil: number | null;
  readonly offline: boolean;
  readonly blockedReason: string | null;
  /** Nothing stands against sending. */
  readonly clear: boolean;
  /** The vendor asked to wait. Returns until when, in epoch ms. */
  pause(retryAfterMs: number | undefined): number;
  /** Many losses in a row make the whole lane wait. Returns until when, or now. */
  lose(): number;
  recover(): void;
  goOffline(): void;
  /** Probes at once: after a resume of the system, or because the user asks. */
  probeNow(): void;
  reachable(): Promise<void>;
  block(reason: string): Promise<void>;
  unblock(): void;
  /** Ends every wait with Parked. */
  stop(): void;
}

/** Lost answers in a row after which the whole lane waits, not only the jobs. */
const tolerated = 6;

export const createLaneHealth = (
  ports: { readonly clock: Clock; readonly ids: Ids },
  options: { readonly probe: () => Promise<void>; readonly changed: () => void },
): LaneHealth => {
  const { clock, ids } = ports;
  let pausedUntil: number | null = null;
  let endPause: (() => void) | null = null;
  let offline = false;
  let endProbe: (() => void) | null = null;
  let probes = 0;
  let blockedReason: string | null = null;
  let endBlock: (() => void) | null = null;
  let blocks = 0;
  let refusals = 0;
  let losses = 0;
  let stopped = false;
  let waitingReachable: { resolve: () => void; reject: (error: unknown) => void }[] = [];
  let waitingBlocked: { resolve: () => void; reject: (error: unknown) => void }[] = [];

  const pauseUntil = (at: number): number => {
    pausedUntil = Math.max(pausedUntil ?? 0, at);
    endPause?.();
    endPause = clock.after(Math.max(0, pausedUntil - clock.now()), () => {
      pausedUntil = null;
      endPause = null;
      options.changed();
    });
    options.changed();
    return pausedUntil;
  };
  const probe = (): void => {
    endProbe = null;
    options.probe().then(
      () => {
        if (!offline || stopped) return;
        offline = false;
        probes = 0;
        const waiting = waitingReachable;
        waitingReachable = [];
        for (const { resolve } of waiting) resolve();
        options.changed();
      },
      () => {
        if (offline && !stopped) scheduleProbe();
      },
    );
  };
  const scheduleProbe = (): void => {
    // Half of the wait is certain, so that probes do not come in bursts.
    const ceiling = waitMs(probeBackoff, probes, 1);
    probes += 1;
    endProbe = clock.after(ceiling * (0.5 + ids.random() / 2), probe);
  };
  const unblock = (): void => {
    endBlock?.();
    endBlock = null;
    blockedReason = null;
    const waiting = waitingBlocked;
    waitingBlocked = [];
    for (const { resolve } of waiting) resolve();
    options.changed();
  };

  return {
    get pausedUntil() {
      return pausedUntil;
    },
    get offline() {
      return offline;
    },
    get blockedReason() {
      return blockedReason;
    },
    get clear() {
      return pausedUntil === null && !offline && blockedReason === null && !stopped;
    },
    pause: (retryAfterMs) => {
      const wait = waitMs(jobBackoff, refusals, 0.5 + ids.random() / 2, retryAfterMs);
      refusals += 1;
      return pauseUntil(clock.now() + wait);
    },
    lose: () => {
      losses += 1;
      return losses > tolerated
        ? pauseUntil(clock.now() + waitMs(jobBackoff, losses - tolerated, ids.random()))
        : clock.now();
    },
    recover: () => {
      refusals = 0;
      losses = 0;
      blocks = 0;
    },
    goOffline: () => {
      if (offline || stopped) return;
      offline = true;
      scheduleProbe();
      options.changed();
    },
    probeNow: () => {
      if (!offline || endProbe === null) return;
      endProbe();
      probes = 0;
      probe();
    },
    reachable: () =>
      new Promise((resolve, reject) => {
        if (stopped) reject(new Parked());
        else if (!offline) resolve();
        else waitingReachable.push({ resolve, reject });
      }),
    block: (reason) =>
      new Promise((resolve, reject) => {
        if (stopped) {
          reject(new Parked());
          return;
        }
        waitingBlocked.push({ resolve, reject });
        if (blockedReason !== null) return;
        blockedReason = reason;
        endBlock = clock.after(Math.min(30_000, 1000 * 2 ** blocks), unblock);
        blocks += 1;
        options.changed();
      }),
    unblock,
    stop: () => {
      stopped = true;
      endPause?.();
      endProbe?.();
      endBlock?.();
      for (const { reject } of [...waitingReachable, ...waitingBlocked]) reject(new Parked());
      waitingReachable = [];
      waitingBlocked = [];
    },
  };
};
