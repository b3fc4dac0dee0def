/** Fetching the vendors' usage days: gaps, and the days that they may still change. */
import type { WorkspaceRow } from '../database/workspaces.ts';
import { fetchedDays, replaceVendorDays } from '../database/usage-vendor.ts';
import { dayMs, dayOf, dayText, startOfDay } from '../database/utc-day.ts';
import type { Ports } from '../ports.ts';
import type { SpeechProvider } from '../providers/provider.ts';
import { callContextOf, problemOf } from './vendor-call.ts';
import { toStoredRows } from './vendor-rows.ts';

/** Days after which a vendor is taken to have settled a day's figures. */
const settledAfterDays = 2;
/** Longest range of one request to an adapter, so that what was fetched is kept when a later piece fails. */
const pieceDays = 90;
/** What is fetched when no range is named. */
export const defaultSyncDays = 30;

/** Ranges of days that were never read, or when they could still change. */
export const daysToFetch = (
  fetched: ReadonlyMap<number, number>,
  from: number,
  to: number,
): { readonly from: number; readonly to: number }[] => {
  const ranges: { from: number; to: number }[] = [];
  for (let day = from; day <= to; day += 1) {
    const at = fetched.get(day);
    if (at !== undefined && at >= startOfDay(day + 1) + settledAfterDays * dayMs) continue;
    const last = ranges.at(-1);
    if (last !== undefined && last.to === day - 1 && last.to - last.from + 1 < pieceDays) last.to = day;
    else ranges.push({ from: day, to: day });
  }
  return ranges;
};

export interface UsageSync {
  /** Days and rows that were fetched. */
  readonly days: number;
  readonly rows: number;
  /** Why it is not complete, in words. */
  readonly message: string | null;
}
export const syncUsage = async (
  ports: Pick<Ports, 'database' | 'vault' | 'clock'>,
  provider: SpeechProvider,
  row: WorkspaceRow,
  range: { readonly from: number; readonly to: number },
  signal: AbortSignal,
): Promise<UsageSync> => {
  const { database, clock } = ports;
  if (provider.usage === undefined)
    return { days: 0, rows: 0, message: `${provider.title} tells no usage; what Cuebooth rendered is in the ledger.` };
  const pieces = daysToFetch(
    fetchedDays(database, row.seq, range.from, range.to),
    range.from,
    Math.min(range.to, dayOf(clock.now())),
  );
  let days = 0;
  let count = 0;
  try {
    const context = pieces.length === 0 ? null : await callContextOf(ports.vault, provider, row, signal);
    for (const piece of pieces) {
      if (context === null) break;
      // Asked before, so that a day which ends meanwhile counts as unfinished.
      const at = clock.now();
      const rows = toStoredRows(
        await provider.usage(context, { from: dayText(piece.from), to: dayText(piece.to) }),
        piece,
      );
      database.transaction(() => replaceVendorDays(database, row.seq, piece, rows, at));
      days += piece.to - piece.from + 1;
      count += rows.length;
    }
    return { days, rows: count, message: null };
  } catch (error) {
    const problem = problemOf(error);
    if (problem === null) throw error;
    return { days, rows: count, message: problem.message };
  }
};
