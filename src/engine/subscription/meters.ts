/** Every workspace's meter, from the library alone. */
import type { CreditMeter } from '#contract/account.ts';
import {
  getAttempt,
  lastResetBefore,
  latestReading,
  type Attempt,
  type StoredReading,
} from '../database/account-readings.ts';
import { listHeld } from '../database/holds.ts';
import { listUsageTotals, spentBetween, spentEver } from '../database/usage-totals.ts';
import { listVendorUsage } from '../database/usage-vendor.ts';
import { dayOf } from '../database/utc-day.ts';
import { listWorkspaces, type WorkspaceRow } from '../database/workspaces.ts';
import type { ReadableDatabase } from '../ports.ts';
import type { SpeechProvider } from '../providers/provider.ts';
import type { ProviderRegistry } from '../providers/registry.ts';
import { vendorDays } from '../usage/vendor-rows.ts';
import type { DaySpend } from './forecast.ts';
import { meterOf, periodStart } from './meter.ts';

/** Days whose spending a forecast may look at, today not counted. */
const lookBackDays = 14;

export interface KnownAccount {
  readonly row: WorkspaceRow;
  readonly provider: SpeechProvider;
  readonly reading: StoredReading | null;
  readonly attempt: Attempt | null;
  readonly meter: CreditMeter;
}

/** Of each day our ledger's figure or the vendor's, whichever is more: the account may be shared, and the vendor may be late. */
const spendingOf = (database: ReadableDatabase, row: WorkspaceRow, costUnit: string, now: number): DaySpend[] => {
  const range = { from: dayOf(now) - lookBackDays, to: dayOf(now) };
  const days = new Map<number, number>();
  for (const { periods } of listUsageTotals(database, {
    dimension: 'workspace',
    ...range,
    grain: 'day',
    workspaceSeq: row.seq,
  }))
    for (const { period, credits } of periods) days.set(period, credits);
  for (const { day, credits } of vendorDays(listVendorUsage(database, row.seq, range.from, range.to), costUnit))
    days.set(day, Math.max(days.get(day) ?? 0, credits));
  return [...days].map(([day, credits]) => ({ day, credits }));
};

/** Start of a workspace's running billing period, epoch ms; null: not known. */
export const runningPeriod = (
  database: ReadableDatabase,
  workspaceSeq: number,
  reading: StoredReading | null,
  now: number,
): number | null => periodStart(reading, lastResetBefore(database, workspaceSeq, now));

export const knownAccounts = (
  database: ReadableDatabase,
  providers: ProviderRegistry,
  now: number,
): readonly KnownAccount[] => {
  const held = listHeld(database);
  return listWorkspaces(database)
    .filter((row) => providers.has(row.provider))
    .map((row) => {
      const provider = providers.get(row.provider);
      const free = provider.abilities.costUnit === 'free';
      const reading = free ? null : latestReading(database, row.seq);
      const attempt = free ? null : getAttempt(database, row.seq);
      const since = runningPeriod(database, row.seq, reading, now);
      const heldCredits = held.reduce(
        (sum, { workspaceSeq, credits }) => (workspaceSeq === row.seq ? sum + credits : sum),
        0,
      );
      const meter = meterOf({
        workspace: row,
        provider,
        reading,
        attempt,
        heldCredits,
        periodStartAt: since,
        seenCredits: free
          ? 0
          : since === null
            ? spentEver(database, row.seq)
            : spentBetween(database, row.seq, since, now + 1),
        chargedSince: reading === null ? 0 : spentBetween(database, row.seq, reading.at + 1, now + 1),
        days: free ? [] : spendingOf(database, row, provider.abilities.costUnit, now),
        now,
      });
      return { row, provider, reading, attempt, meter };
    });
};
