/**
 * When a vendor's account is read: on wish, after charges, and every five minutes while somebody looks or a lane works.
 * Never more than one call in 15 s to a workspace, and ever fewer while it fails.
 */
import { getAttempt, insertReading, saveAttempt, type Attempt } from '../database/account-readings.ts';
import { listWorkspaces, type WorkspaceRow } from '../database/workspaces.ts';
import type { Ports } from '../ports.ts';
import type { CallContext, SpeechProvider } from '../providers/provider.ts';
import type { ProviderRegistry } from '../providers/registry.ts';
import { callContextOf, problemOf } from '../usage/vendor-call.ts';
import { refreshEveryMs, sourceOf } from './meter.ts';

/** Shortest time between two readings of one workspace, in ms. */
const atMostEveryMs = 15_000;
const longestWaitMs = 3_600_000;
/** How long a question counts as somebody looking, in ms. */
const interestMs = 10 * 60_000;
/** Whether a key may read the history is asked this often, in ms. */
const historyEveryMs = 24 * 3_600_000;
const soonMs = 1_000;

export interface Refresher {
  /** Reads now, unless it was read in the last 15 s or the vendor asked to wait. Resolves when the figures are stored; a failure is stored, too. */
  refresh(row: WorkspaceRow): Promise<void>;
  /** The same in a second, or as soon as it may be. */
  soon(row: WorkspaceRow): void;
  /** Somebody looks at the figures. */
  looked(): void;
  /** What may be due has changed: lanes began to work. */
  arm(): void;
  /** Another key or address: what was learned about asking is void. */
  forget(workspaceSeq: number): void;
  stop(): void;
}
interface Ways {
  readonly isWorking: (row: WorkspaceRow) => boolean;
  /** Aborted with the service. */
  readonly signal: AbortSignal;
  /** A reading was stored, or its failure. */
  readonly changed: (row: WorkspaceRow) => void;
  /** Beside readings on the timer. */
  readonly alsoOnTimer: (row: WorkspaceRow) => Promise<void>;
}
interface Place {
  running: Promise<void> | null;
  /** On the monotonic clock. */
  triedAt: number | null;
  notBefore: number;
  failures: number;
  endSoon: (() => void) | null;
}

const historyRefusals: ReadonlySet<string> = new Set([
  'missing_permission',
  'key_refused',
  'history_unavailable',
  'subscription_required',
]);
/** Why the key may not read the history; null: it may, or it could not be told now. */
const askHistory = async (
  provider: SpeechProvider,
  context: CallContext,
  before: Attempt | null,
  now: number,
): Promise<Pick<Attempt, 'historyTriedAt' | 'historyRefusal'>> => {
  const known = { historyTriedAt: before?.historyTriedAt ?? null, historyRefusal: before?.historyRefusal ?? null };
  if (provider.history === undefined || !provider.abilities.remoteHistory) return known;
  // A refusal may be mended in the vendor's settings, so it is asked again with each reading.
  const isRecent = known.historyTriedAt !== null && now - known.historyTriedAt < historyEveryMs;
  if (isRecent && known.historyRefusal === null) return known;
  try {
    await provider.history(context, { cursor: null, limit: 1 });
    return { historyTriedAt: now, historyRefusal: null };
  } catch (error) {
    const problem = problemOf(error);
    if (problem === null) throw error;
    return historyRefusals.has(problem.code) ? { historyTriedAt: now, historyRefusal: problem.message } : known;
  }
};

export const createRefresher = (
  ports: Pick<Ports, 'database' | 'vault' | 'clock' | 'logger'>,
  providers: ProviderRegistry,
  ways: Ways,
): Refresher => {
  const { database, clock } = ports;
  const places = new Map<number, Place>();
  let interestedUntil = Number.NEGATIVE_INFINITY;
  let endTimer: (() => void) | null = null;
  let stopped = false;

  const placeOf = (workspaceSeq: number): Place => {
    const known = places.get(workspaceSeq);
    if (known !== undefined) return known;
    const attempt = getAttempt(database, workspaceSeq);
    const age = attempt === null ? null : Math.max(0, clock.now() - attempt.triedAt);
    const place: Place = {
      running: null,
      triedAt: age === null ? null : clock.monotonic() - age,
      notBefore: Number.NEGATIVE_INFINITY,
      failures: attempt?.failures ?? 0,
      endSoon: null,
    };
    places.set(workspaceSeq, place);
    return place;
  };
  const mayAt = (place: Place): number =>
    Math.max(place.triedAt === null ? Number.NEGATIVE_INFINITY : place.triedAt + atMostEveryMs, place.notBefore);
  const dueAt = (place: Place): number => {
    if (place.triedAt === null) return clock.monotonic();
    const wait = Math.min(longestWaitMs, refreshEveryMs * 2 ** Math.max(0, place.failures - 1));
    return Math.max(place.triedAt + wait, mayAt(place));
  };

  const read = async (row: WorkspaceRow, place: Place): Promise<void> => {
    const provider = providers.get(row.provider);
    const before = getAttempt(database, row.seq);
    try {
      const context = await callContextOf(ports.vault, provider, row, ways.signal);
      const reading = await provider.readAccount?.(context);
      if (stopped || reading === undefined) return;
      const history = await askHistory(provider, context, before, clock.now());
      if (stopped || places.get(row.seq) !== place) return;
      const at = clock.now();
      database.transaction(() => {
        insertReading(database, row.seq, reading, at);
        saveAttempt(database, row.seq, { triedAt: at, failures: 0, error: null, ...history });
      });
      place.failures = 0;
    } catch (error) {
      if (stopped || places.get(row.seq) !== place) return;
      const problem = problemOf(error);
      if (problem === null) ports.logger.error('An account could not be read.', { workspace: row.name, error });
      place.failures += 1;
      if (problem?.retryAfterMs !== undefined) place.notBefore = clock.monotonic() + problem.retryAfterMs;
      saveAttempt(database, row.seq, {
        triedAt: clock.now(),
        failures: place.failures,
        error: {
          code: problem?.code ?? 'internal',
          message:
            problem?.message ?? 'Reading the account failed because of a fault in Cuebooth; the log has the details.',
        },
        historyTriedAt: before?.historyTriedAt ?? null,
        historyRefusal: before?.historyRefusal ?? null,
      });
    }
  };
  const refresh = (row: WorkspaceRow): Promise<void> => {
    if (stopped || sourceOf(providers.get(row.provider)) !== 'vendor') return Promise.resolve();
    const place = placeOf(row.seq);
    if (place.running !== null) return place.running;
    if (clock.monotonic() < mayAt(place)) return Promise.resolve();
    place.endSoon?.();
    place.endSoon = null;
    place.triedAt = clock.monotonic();
    place.running = read(row, place).finally(() => {
      place.running = null;
      if (stopped) return;
      arm();
      if (places.get(row.seq) === place) ways.changed(row);
    });
    return place.running;
  };
  /** For callers that do not wait. What fails here is our own disk. */
  const drop = (work: Promise<void>): void => {
    work.catch((error: unknown) => {
      if (!stopped) ports.logger.warn('An account was read but could not be stored.', { error });
    });
  };

  const watched = (): readonly WorkspaceRow[] => {
    const isInterested = clock.monotonic() < interestedUntil;
    return listWorkspaces(database).filter(
      (row) =>
        providers.has(row.provider) &&
        sourceOf(providers.get(row.provider)) === 'vendor' &&
        (isInterested || ways.isWorking(row)),
    );
  };
  const tick = (): void => {
    endTimer = null;
    for (const row of watched()) {
      if (dueAt(placeOf(row.seq)) > clock.monotonic()) continue;
      drop(refresh(row).then(() => (stopped ? undefined : ways.alsoOnTimer(row))));
    }
    arm();
  };
  const arm = (): void => {
    if (stopped) return;
    endTimer?.();
    endTimer = null;
    const due = watched()
      .map(({ seq }) => placeOf(seq))
      .filter(({ running }) => running === null)
      .map(dueAt);
    if (due.length === 0) return;
    endTimer = clock.after(Math.max(soonMs, Math.min(...due) - clock.monotonic()), tick);
  };

  const soon = (row: WorkspaceRow): void => {
    if (stopped || !providers.has(row.provider) || sourceOf(providers.get(row.provider)) !== 'vendor') return;
    const place = placeOf(row.seq);
    if (place.endSoon !== null) return;
    // A reading that is under way may have been answered before the last charge: it is followed by another.
    const wait = Math.max(soonMs, mayAt(place) - clock.monotonic());
    place.endSoon = clock.after(wait, () => {
      place.endSoon = null;
      // A timer may go off a moment early, and a reading may take long: the charge is not to be forgotten.
      if (place.running !== null || clock.monotonic() < mayAt(place)) soon(row);
      else drop(refresh(row));
    });
  };

  return {
    refresh,
    soon,
    looked: () => {
      interestedUntil = clock.monotonic() + interestMs;
      if (endTimer === null) arm();
    },
    arm: () => {
      if (endTimer === null) arm();
    },
    forget: (workspaceSeq) => {
      places.get(workspaceSeq)?.endSoon?.();
      places.delete(workspaceSeq);
    },
    stop: () => {
      stopped = true;
      endTimer?.();
      for (const place of places.values()) place.endSoon?.();
    },
  };
};
