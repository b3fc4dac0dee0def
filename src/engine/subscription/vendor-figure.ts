/** What a vendor says was used of an account in a period, and where that figure comes from. */
import type { WorkspaceRow } from '../database/workspaces.ts';
import type { StoredReading } from '../database/account-readings.ts';
import { firstReadingSince } from '../database/account-readings.ts';
import { listVendorUsage } from '../database/usage-vendor.ts';
import { dayMs, dayOf, dayText, startOfDay } from '../database/utc-day.ts';
import type { Ports } from '../ports.ts';
import type { SpeechProvider } from '../providers/provider.ts';
import { syncUsage } from '../usage/sync.ts';
import { plus, vendorDays } from '../usage/vendor-rows.ts';

export interface VendorFigure {
  /** The period that is really compared: whole days where the vendor only tells those. */
  readonly from: number;
  readonly to: number;
  readonly credits: number | null;
  readonly sources: readonly string[];
}

const shown = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
const amount = (credits: number): string => credits.toLocaleString('en-US', { maximumFractionDigits: 2 });
/** Two times this near to each other mean the same beginning of a period, in ms. */
const nearMs = 60_000;

export const vendorFigure = async (
  ports: Pick<Ports, 'database' | 'vault' | 'clock'>,
  provider: SpeechProvider,
  row: WorkspaceRow,
  period: { readonly from: number; readonly to: number; readonly runningSince: number | null },
  account: { readonly reading: StoredReading | null; readonly isFresh: boolean; readonly message: string | null },
  signal: AbortSignal,
): Promise<VendorFigure> => {
  const { database, clock } = ports;
  const { from, to, runningSince } = period;
  const { reading } = account;
  const sources: string[] = [];
  const now = clock.now();
  const isRunning = runningSince !== null && Math.abs(runningSince - from) <= nearMs && to >= now - nearMs;
  if (isRunning && reading !== null && reading.usedCredits !== null) {
    sources.push(`The vendor's figure is its account's: used in the running period, as read at ${shown(reading.at)}.`);
    if (!account.isFresh && account.message !== null) sources.push(`It could not be read anew: ${account.message}`);
    return { from, to, credits: reading.usedCredits, sources };
  }
  const balance = firstReadingSince(database, row.seq, from);
  if (balance !== null && balance.remainingCredits !== null && reading !== null && reading.remainingCredits !== null) {
    sources.push(
      `The balance was ${amount(balance.remainingCredits)} at ${shown(balance.at)} and ${amount(reading.remainingCredits)} at ${shown(reading.at)}; credits that were bought in between are in it.`,
    );
  }
  if (provider.usage === undefined) {
    sources.push(`${provider.title} tells no usage by day.`);
    return { from, to, credits: null, sources };
  }
  const days = { from: dayOf(from), to: dayOf(Math.max(from, to - 1)) };
  const { message } = await syncUsage(ports, provider, row, days, signal);
  if (message !== null) sources.push(`Some days of the vendor's usage could not be read: ${message}`);
  const rows = listVendorUsage(database, row.seq, days.from, days.to);
  const credits = vendorDays(rows, provider.abilities.costUnit).reduce<number | null>(
    (sum, day) => plus(sum, day.credits),
    message === null ? 0 : null,
  );
  sources.push(
    `The vendor's figure is its usage of whole days (UTC), ${dayText(days.from)} to ${dayText(days.to)}; today's may still grow.`,
  );
  return {
    from: startOfDay(days.from),
    to: Math.min(startOfDay(days.to) + dayMs, Math.max(to, now)),
    credits,
    sources,
  };
};
