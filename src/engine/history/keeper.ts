/** Keeps the history in step with the vendors': on wish, and quietly while the program runs. */
import type { HistoryState, HistorySync } from '#contract/history.ts';
import { AppError } from '#contract/errors.ts';
import { getSync, listGaps } from '../database/history-syncs.ts';
import { getWorkspaceBySeq, listWorkspaces, type WorkspaceRow } from '../database/workspaces.ts';
import type { Ports } from '../ports.ts';
import type { CallContext, SpeechProvider } from '../providers/provider.ts';
import type { ProviderRegistry } from '../providers/registry.ts';
import { viewOf } from '../providers/workspace-view.ts';
import type { Router } from '../router.ts';
import { syncHistory } from './sync.ts';
import { completeHistory, tidyIndex } from './tidy.ts';

export interface HistoryKeeper {
  /** These workspaces (those of them whose vendor keeps a history), one after the other. Never rejects for a vendor's reasons. */
  sync(
    workspaces: readonly WorkspaceRow[],
    order: { readonly backfill: boolean; readonly pages: number },
  ): Promise<HistorySync[]>;
  /** How far each was read, as it is known here. */
  state(): HistoryState[];
  /** With the workspace's key as it is now. Throws `key_missing`, `vault_locked`. */
  callFor(workspace: WorkspaceRow): Promise<CallContext>;
  start(): void;
  /** Breaks off what is being read; what was committed stays. */
  stop(): Promise<void>;
}

/** After the start, in ms: when nobody waits for anything else. */
const firstAfterMs = 15_000;
const everyMs = 10 * 60_000;
/** A quiet reading is for what is new since the last one. */
const quietPages = 3;
/** Between two tidyings of the index. */
const tidyEveryMs = 24 * 3_600_000;
/** A vendor that refuses is asked half as often each time, down to this, in ms. */
const longestPauseMs = 24 * 3_600_000;

interface Source {
  readonly provider: SpeechProvider;
  readonly readHistory: NonNullable<SpeechProvider['history']>;
}
interface Refusal {
  readonly times: number;
  /** By the monotonic clock. */
  readonly until: number;
  /** A new key is tried at once. */
  readonly keyMark: string;
}

export const createHistoryKeeper = (
  ports: Pick<Ports, 'database' | 'vault' | 'clock' | 'hash' | 'logger'>,
  providers: ProviderRegistry,
  publish: Router['publish'],
): HistoryKeeper => {
  const { database, clock, logger } = ports;
  const refused = new Map<string, Refusal>();
  const reading = new Map<string, Promise<unknown>>();
  /** What vendors said instead of a history, by workspace. */
  const closed = new Map<string, string>();
  let stopping = new AbortController();
  let cancelTimer: (() => void) | null = null;
  let round: Promise<void> = Promise.resolve();
  /** By the monotonic clock. */
  let tidyAt = 0;

  const keeps = (row: WorkspaceRow): Source | null => {
    if (!providers.has(row.provider)) return null;
    const provider = providers.get(row.provider);
    const { abilities, history } = provider;
    return abilities.remoteHistory && history !== undefined ? { provider, readHistory: history } : null;
  };
  const callFor = async (row: WorkspaceRow): Promise<CallContext> => {
    const provider = providers.get(row.provider);
    const key = provider.abilities.needsKey ? await ports.vault.get(row.id) : null;
    if (provider.abilities.needsKey && key === null) {
      throw new AppError(
        'key_missing',
        `The workspace "${row.name}" has no API key. Nothing was read; set one first.`,
        {
          action: { type: 'set-key', workspaceId: row.id },
        },
      );
    }
    return { workspace: viewOf(row, provider), key, signal: stopping.signal };
  };
  const asItStands = (row: WorkspaceRow, message: string): HistorySync => {
    const sync = getSync(database, row.seq);
    return {
      workspaceId: row.id,
      workspaceName: row.name,
      added: 0,
      linked: 0,
      complete: sync !== null && listGaps(database, row.seq).length === 0,
      oldestAt: sync?.oldestAt ?? null,
      message,
    };
  };

  /** One reading of a workspace at a time: two would both write the same stretch down. */
  const inTurn = <T>(row: WorkspaceRow, run: () => Promise<T>): Promise<T> => {
    const result = (reading.get(row.id) ?? Promise.resolve()).then(run, run);
    reading.set(row.id, result);
    publish('history.changed', { workspaceId: row.id, added: 0 });
    const forget = (): void => {
      if (reading.get(row.id) !== result) return;
      reading.delete(row.id);
      publish('history.changed', { workspaceId: row.id, added: 0 });
    };
    void result.then(forget, forget);
    return result;
  };
  const read = (
    row: WorkspaceRow,
    source: Source,
    call: CallContext,
    order: { readonly backfill: boolean; readonly pages: number },
  ): Promise<HistorySync> =>
    syncHistory(ports, {
      workspace: row,
      ...source,
      call,
      ...order,
      onPage: (added) => publish('history.changed', { workspaceId: row.id, added }),
    });

  const note = (row: WorkspaceRow, message: string | null): void => {
    if (message === null) closed.delete(row.id);
    else closed.set(row.id, message);
  };
  const readQuietly = async (row: WorkspaceRow, source: Source): Promise<void> => {
    const call = await callFor(row);
    const keyMark = ports.hash
      .sha256()
      .update(`cuebooth history ${call.key ?? ''}`)
      .hex();
    const before = refused.get(row.id);
    if (before !== undefined && before.keyMark === keyMark && clock.monotonic() < before.until) return;
    const { message } = await read(row, source, call, { backfill: false, pages: quietPages });
    note(row, message);
    if (message === null) {
      refused.delete(row.id);
      return;
    }
    const times = (before?.keyMark === keyMark ? before.times : 0) + 1;
    const pauseMs = Math.min(longestPauseMs, everyMs * 2 ** times);
    refused.set(row.id, { times, until: clock.monotonic() + pauseMs, keyMark });
    logger.debug('A vendor history was not read.', { workspace: row.name, message });
  };
  const quietRound = async (): Promise<void> => {
    for (const row of listWorkspaces(database)) {
      const source = keeps(row);
      if (source === null || row.paused) continue;
      if (stopping.signal.aborted) return;
      try {
        await inTurn(row, () => readQuietly(row, source));
      } catch (error) {
        // No key, a locked vault: the workspace says so itself.
        if (error instanceof AppError) note(row, error.message);
        logger.debug('A vendor history was not read.', { workspace: row.name, error });
      }
    }
  };
  const tidyDaily = async (): Promise<void> => {
    if (clock.monotonic() < tidyAt) return;
    tidyAt = clock.monotonic() + tidyEveryMs;
    const added = await completeHistory(ports, stopping.signal);
    if (added > 0) publish('history.changed', { workspaceId: null, added });
    await tidyIndex(ports, stopping.signal);
  };
  const schedule = (delayMs: number): void => {
    cancelTimer = clock.after(delayMs, () => {
      round = quietRound()
        .then(tidyDaily)
        .catch((error: unknown) => logger.warn('The index of the history was not tidied.', { error }))
        .finally(() => {
          if (!stopping.signal.aborted) schedule(everyMs);
        });
    });
  };

  const stateOf = (row: WorkspaceRow): HistoryState => {
    const sync = getSync(database, row.seq);
    const message = closed.get(row.id) ?? null;
    return {
      workspaceId: row.id,
      workspaceName: row.name,
      state: reading.has(row.id) ? 'reading' : message !== null ? 'closed' : sync === null ? 'never' : 'idle',
      complete: sync !== null && listGaps(database, row.seq).length === 0,
      oldestAt: sync?.oldestAt ?? null,
      readAt: sync?.readAt ?? null,
      message,
    };
  };

  return {
    callFor,
    state: () =>
      listWorkspaces(database)
        .filter((row) => keeps(row) !== null)
        .map(stateOf),
    sync: async (workspaces, order) => {
      const results: HistorySync[] = [];
      for (const row of workspaces) {
        const source = keeps(row);
        if (source === null) continue;
        try {
          const call = await callFor(row);
          const turn = async (): Promise<HistorySync> => {
            const result = await read(row, source, call, order);
            note(row, result.message);
            return result;
          };
          results.push(await inTurn(row, turn));
          refused.delete(row.id);
        } catch (error) {
          if (!(error instanceof AppError)) throw error;
          note(row, error.message);
          results.push(asItStands(getWorkspaceBySeq(database, row.seq) ?? row, error.message));
        }
      }
      return results;
    },
    start: () => {
      stopping = new AbortController();
      schedule(firstAfterMs);
    },
    stop: async () => {
      stopping.abort();
      cancelTimer?.();
      cancelTimer = null;
      await Promise.allSettled([round, ...reading.values()]);
    },
  };
};
