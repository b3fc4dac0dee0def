import { createStore } from 'zustand/vanilla';
import type { Client } from '#client/index.ts';
import type { CreditMeter, UsageRow } from '#contract/account.ts';
import type { WorkspaceId } from '#contract/entities.ts';
import type { MethodOutput } from '#contract/methods/index.ts';
import { dayMs, dayOf } from '../figures/periods.ts';
import type { MessageStore } from './message-store.ts';
import { createRefresher } from './refresher.ts';

export interface Runway {
  readonly workspaceId: WorkspaceId;
  readonly readings: MethodOutput<'account.readings'>;
  /** By day: ours and the vendor's. */
  readonly days: readonly UsageRow[];
  /** Of the days the pace is made of, by our ledger. */
  readonly voices: readonly UsageRow[];
  readonly projects: readonly UsageRow[];
  readonly people: readonly UsageRow[];
}
export interface RunwayState {
  readonly workspaceId: WorkspaceId | null;
  readonly runway: Runway | null;
}

/** How far a forecast looks back, today not counted. */
const windowDays = 14;
const withoutPeriodDays = 30;

/** Whether one account lasts, and what it depends on. */
export const createRunwayStore = (client: Client, messages: MessageStore, now: () => number) => {
  const store = createStore<RunwayState>(() => ({ workspaceId: null, runway: null }));
  let meter: CreditMeter | null = null;

  const refresher = createRefresher(
    async () => {
      const about = meter;
      if (about === null) return;
      const { workspaceId, forecast } = about;
      const to = dayOf(now());
      const since = about.periodStartAt ?? now() - withoutPeriodDays * dayMs;
      const recent = dayOf(now() - (forecast?.days ?? windowDays) * dayMs);
      const ask = async (by: 'day' | 'voice' | 'project' | 'person', from: string, source: 'both' | 'ledger') =>
        (await client.call('usage.query', { from, to, by: [by], workspaceId, source })).rows;
      try {
        const [readings, days, voices, projects, people] = await Promise.all([
          client.call('account.readings', { workspaceId, from: since, to: now() }),
          ask('day', dayOf(Math.min(since, now() - (windowDays + 1) * dayMs)), 'both'),
          ask('voice', recent, 'ledger'),
          ask('project', recent, 'ledger'),
          ask('person', recent, 'ledger'),
        ]);
        if (store.getState().workspaceId === workspaceId)
          store.setState({ runway: { workspaceId, readings, days, voices, projects, people } });
      } catch (error) {
        messages.fail(error);
      }
    },
    { delayMs: 800, pace: 'steady' },
  );
  client.on('usage.changed', ({ workspaceId }) => {
    if (meter !== null && (workspaceId === null || workspaceId === meter.workspaceId)) refresher.ask();
  });

  return Object.assign(store, {
    refresh: refresher.now,
    /** Looks at this account; null: at none any more. */
    open: (about: CreditMeter | null): void => {
      const isOther = about?.workspaceId !== meter?.workspaceId;
      meter = about;
      if (isOther) store.setState({ workspaceId: about?.workspaceId ?? null, runway: null });
      if (about !== null) void refresher.now();
    },
  });
};
