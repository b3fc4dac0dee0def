/**
 * The accounts of one library's workspaces: reads them, watches what is spent, and tells what changed. It listens to
 * the events of the others, so that nothing that renders waits for it.
 */
import type { CreditMeter } from '#contract/account.ts';
import type { EventPayload } from '#contract/events.ts';
import { countOpenAlerts, updateAlerts } from '../database/alerts.ts';
import { forgetAttempt } from '../database/account-readings.ts';
import { chargedSince, lastMoneySeq } from '../database/holds.ts';
import { foldUsage } from '../database/usage-days.ts';
import { dayOf } from '../database/utc-day.ts';
import { getWorkspace, getWorkspaceBySeq, type WorkspaceRow } from '../database/workspaces.ts';
import type { Ports } from '../ports.ts';
import type { ProviderRegistry } from '../providers/registry.ts';
import type { Router } from '../router.ts';
import { syncUsage } from '../usage/sync.ts';
import { budgetViews, type BudgetView } from './budgets.ts';
import { budgetConditions, voiceConditions, workspaceConditions, type VoiceTrouble } from './conditions.ts';
import { knownAccounts, type KnownAccount } from './meters.ts';
import { createRefresher } from './refresher.ts';

export interface AccountOptions {
  /** Nothing is read, written or watched. Default false. */
  readonly readOnly?: boolean;
  /** Whether the queue sends to a workspace now. Default: never. */
  readonly isWorking?: (row: WorkspaceRow) => boolean;
  /** Voices in use that are gone or have notice. Default: none. */
  readonly voiceTrouble?: () => readonly VoiceTrouble[];
}
export interface Accounts {
  /** Begins to listen and to read by itself; makes no call before somebody looks or something is charged. */
  start(subscribe: Router['subscribe']): void;
  stop(): void;
  /** Aborted by `stop`: for calls that are made on wish. */
  readonly signal: AbortSignal;
  /** From the library; counts as somebody looking. */
  known(): readonly KnownAccount[];
  /** Reads these vendors' figures now; failures show in the meters. */
  refresh(rows: readonly WorkspaceRow[]): Promise<void>;
  budgets(): readonly BudgetView[];
  /** Budgets or alerts were changed by a person, or voices in use by their vendor. */
  touched(what: 'budget' | 'alert' | 'voice'): void;
}

/** A batch's charges are looked at together, this often, in ms. */
const gatherMs = 3_000;
/** After the start, when nobody is kept waiting, in ms. */
const firstLookMs = 5_000;
/** The vendors' usage days are read beside their accounts this often, in ms. */
const usageEveryMs = 3_600_000;
const usageDays = 15;

export const createAccounts = (
  ports: Pick<Ports, 'database' | 'vault' | 'clock' | 'ids' | 'logger'>,
  providers: ProviderRegistry,
  publish: Router['publish'],
  { readOnly = false, isWorking = () => false, voiceTrouble = () => [] }: AccountOptions = {},
): Accounts => {
  const { database, clock, ids, logger } = ports;
  const ending = new AbortController();
  const told = new Map<string, string>();
  const usageReadAt = new Map<number, number>();
  let toldBudgets = '[]';
  let moneySeq = 0;
  let outputs = false;
  let started = false;
  let stopped = false;
  let endGather: (() => void) | null = null;
  let endListening: (() => void) | null = null;

  /** What a forecast says shifts with every minute and is no news. */
  const newsOf = ({ forecast, ...meter }: CreditMeter): string =>
    JSON.stringify({ ...meter, lasts: forecast?.lastsUntilReset ?? null });
  const tell = (accounts: readonly KnownAccount[]): void => {
    for (const { meter } of accounts) {
      const news = newsOf(meter);
      if (told.get(meter.workspaceId) === news) continue;
      told.set(meter.workspaceId, news);
      publish('account.changed', { meter });
    }
  };
  const tellBudgets = (budgets: readonly BudgetView[]): void => {
    const news = JSON.stringify(budgets);
    if (news === toldBudgets) return;
    toldBudgets = news;
    publish('budget.changed', {});
  };
  const updateAll = (): void => {
    if (stopped || readOnly) return;
    const now = clock.now();
    const accounts = knownAccounts(database, providers, now);
    const budgets = budgetViews(database, now);
    const conditions = [
      ...accounts.flatMap(({ row, meter, reading, attempt }) =>
        workspaceConditions(row.seq, meter, reading, attempt?.historyRefusal ?? null),
      ),
      ...budgetConditions(budgets),
      ...voiceConditions(voiceTrouble(), (id) => getWorkspace(database, id)?.seq ?? null),
    ];
    const alerted = database.transaction(() => updateAlerts(database, conditions, ids.next, now));
    tell(accounts);
    tellBudgets(budgets);
    if (alerted) publish('alert.changed', { open: countOpenAlerts(database) });
  };

  const refresher = createRefresher(ports, providers, {
    isWorking,
    signal: ending.signal,
    changed: () => updateAll(),
    alsoOnTimer: async (row) => {
      const last = usageReadAt.get(row.seq);
      const provider = providers.get(row.provider);
      if (provider.usage === undefined || (last !== undefined && clock.monotonic() - last < usageEveryMs)) return;
      usageReadAt.set(row.seq, clock.monotonic());
      const today = dayOf(clock.now());
      const { days } = await syncUsage(ports, provider, row, { from: today - usageDays + 1, to: today }, ending.signal);
      if (days > 0 && !stopped) publish('usage.changed', { workspaceId: row.id });
    },
  });

  const foldAll = async (): Promise<void> => {
    while (!stopped && database.transaction(() => foldUsage(database))) await clock.breathe();
  };
  const gather = async (): Promise<void> => {
    endGather = null;
    await foldAll();
    if (stopped) return;
    const charged = chargedSince(database, moneySeq);
    moneySeq = lastMoneySeq(database);
    for (const seq of charged) {
      const row = getWorkspaceBySeq(database, seq);
      if (row === null) continue;
      refresher.soon(row);
      publish('usage.changed', { workspaceId: row.id });
    }
    if (outputs && charged.length === 0) publish('usage.changed', { workspaceId: null });
    outputs = false;
    updateAll();
    refresher.arm();
  };
  const gatherIn = (delayMs: number): void => {
    if (stopped || readOnly || !started || endGather !== null) return;
    endGather = clock.after(delayMs, () => {
      gather().catch((error: unknown) => {
        if (!stopped) logger.warn('What was spent could not be added up; it is tried again.', { error });
      });
    });
  };

  return {
    start: (subscribe) => {
      if (readOnly || started || stopped) return;
      started = true;
      moneySeq = lastMoneySeq(database);
      endListening = subscribe(({ name, payload }) => {
        if (name === 'take.added') outputs = true;
        if (name === 'workspace.changed') {
          const { workspaceId } = payload as EventPayload<'workspace.changed'>;
          const row = getWorkspace(database, workspaceId);
          if (row !== null) {
            refresher.forget(row.seq);
            database.transaction(() => forgetAttempt(database, row.seq));
            refresher.soon(row);
          }
        }
        if (['take.added', 'queue.changed', 'render.changed', 'workspace.changed', 'voice.changed'].includes(name))
          gatherIn(gatherMs);
      });
      gatherIn(firstLookMs);
    },
    stop: () => {
      stopped = true;
      endGather?.();
      endListening?.();
      refresher.stop();
      ending.abort();
    },
    signal: ending.signal,
    known: () => {
      const accounts = knownAccounts(database, providers, clock.now());
      if (started) refresher.looked();
      // What was never told is known from here on; what was told has news for the others, too.
      for (const { meter } of accounts) if (!told.has(meter.workspaceId)) told.set(meter.workspaceId, newsOf(meter));
      return accounts;
    },
    refresh: async (rows) => {
      if (started) refresher.looked();
      await Promise.all(rows.filter((row) => providers.has(row.provider)).map((row) => refresher.refresh(row)));
    },
    budgets: () => budgetViews(database, clock.now()),
    touched: (what) => {
      if (what === 'budget') {
        toldBudgets = '';
        updateAll();
      } else if (what === 'voice') updateAll();
      else publish('alert.changed', { open: countOpenAlerts(database) });
    },
  };
};
