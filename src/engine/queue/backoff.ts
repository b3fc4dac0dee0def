/** Waits between tries. Full jitter: anything between nothing and the whole, so that clients do not march in step. */
export interface Backoff {
  readonly baseMs: number;
  readonly factor: number;
  readonly capMs: number;
}
/** For a job: 100 ms, doubling, up to 30 s. */
export const jobBackoff: Backoff = { baseMs: 100, factor: 2, capMs: 30_000 };
/** For the one probe of a workspace that cannot be reached: grows slowly, so that a short outage costs little more than itself. */
export const probeBackoff: Backoff = { baseMs: 100, factor: 1.3, capMs: 30_000 };

/** Whole wait before try `count` (0 is the first), before jitter. */
export const ceilingMs = (backoff: Backoff, count: number): number =>
  Math.min(backoff.capMs, backoff.baseMs * backoff.factor ** Math.min(count, 60));
/** `random` is in [0, 1). The vendor's own `Retry-After` beats it. */
export const waitMs = (backoff: Backoff, count: number, random: number, retryAfterMs?: number | null): number =>
  retryAfterMs === undefined || retryAfterMs === null
    ? Math.max(1, Math.round(ceilingMs(backoff, count) * random))
    : Math.max(0, retryAfterMs);
