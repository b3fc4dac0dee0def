import { z } from 'zod';
import { createStore } from 'zustand/vanilla';
import type { Client } from '#client/index.ts';
import type { UsageRow } from '#contract/account.ts';
import type { WorkspaceId } from '#contract/entities.ts';
import { layerDimensions, measures } from '../figures/stacks.ts';
import { type DayRange, grainOf, periodKinds, rangeBefore, rangeOf } from '../figures/periods.ts';
import { createBudgetStore } from './budget-store.ts';
import type { MessageStore } from './message-store.ts';
import type { PreferenceStore } from './preference-store.ts';
import { createReconcileStore } from './reconcile-store.ts';
import { createRefresher } from './refresher.ts';
import { createRunwayStore } from './runway-store.ts';
import type { UndoStore } from './undo-store.ts';

const Choice = z.object({
  period: z.enum(periodKinds).catch('billing'),
  /** Days of the custom period. */
  from: z.string().nullable().catch(null),
  to: z.string().nullable().catch(null),
  workspaceId: z.string().nullable().catch(null),
  measure: z.enum(measures).catch('cost'),
  by: z.enum(layerDimensions).catch('voice'),
  source: z.enum(['ledger', 'vendor', 'both']).catch('both'),
  grain: z.enum(['auto', 'day', 'month']).catch('auto'),
});
export type UsageChoice = z.infer<typeof Choice>;
const usual: UsageChoice = Choice.parse({});

export interface UsageFigures {
  readonly range: DayRange;
  readonly grain: 'day' | 'month';
  /** By step and the chosen dimension. */
  readonly steps: readonly UsageRow[];
  /** The vendors' totals by step and workspace. */
  readonly vendorSteps: readonly UsageRow[];
  readonly workspaces: readonly UsageRow[];
  /** The same of as many days before. */
  readonly before: readonly UsageRow[];
  readonly voices: readonly UsageRow[];
  readonly projects: readonly UsageRow[];
  readonly people: readonly UsageRow[];
}
export interface UsageState {
  readonly choice: UsageChoice;
  readonly status: 'idle' | 'loading' | 'ready';
  readonly figures: UsageFigures | null;
  /** The vendors are being asked for their days. */
  readonly syncing: boolean;
}

const layoutName = 'usage';

/** When the running billing period began: of the chosen workspace, else of the one that is most pressing. */
export type PeriodStart = (workspaceId: WorkspaceId | null) => number | null;

/** What was spent, on what and by whom. Nothing is fetched before the room is opened. */
export const createUsageStore = (
  client: Client,
  messages: MessageStore,
  undo: UndoStore,
  preferences: PreferenceStore,
  periodStart: PeriodStart,
  now: () => number = Date.now,
) => {
  const store = createStore<UsageState>(() => ({ choice: usual, status: 'idle', figures: null, syncing: false }));
  let isOpen = false;

  const rangeNow = (): DayRange => {
    const { period, from, to, workspaceId } = store.getState().choice;
    const [first, last] = [from, to].filter((day) => day !== null).toSorted();
    const custom = first !== undefined && last !== undefined ? { from: first, to: last } : null;
    return rangeOf(period, custom, now(), periodStart(workspaceId as WorkspaceId | null));
  };
  const load = async (): Promise<void> => {
    const { choice } = store.getState();
    const range = rangeNow();
    const grain = grainOf(range, choice.grain);
    const one = choice.workspaceId === null ? {} : { workspaceId: choice.workspaceId as WorkspaceId };
    const ask = async (by: UsageRow['labels'], over: DayRange, source: 'both' | 'vendor' = 'both') =>
      (await client.call('usage.query', { ...over, ...one, by: by as never, source })).rows;
    store.setState({ status: 'loading' });
    try {
      const [steps, vendorSteps, workspaces, before, voices, projects, people] = await Promise.all([
        ask([grain, choice.by], range),
        ask([grain, 'workspace'], range, 'vendor'),
        ask(['workspace'], range),
        ask(['workspace'], rangeBefore(range)),
        ask(['voice'], range),
        ask(['project'], range),
        ask(['person'], range),
      ]);
      // Another choice may have been made meanwhile: its own answer is on its way.
      if (store.getState().choice !== choice) return;
      const figures = { range, grain, steps, vendorSteps, workspaces, before, voices, projects, people };
      store.setState({ status: 'ready', figures });
    } catch (error) {
      store.setState({ status: 'ready' });
      messages.fail(error);
    }
  };
  const refresher = createRefresher(load, { delayMs: 800, pace: 'steady' });
  client.on('usage.changed', () => {
    if (isOpen) refresher.ask();
  });

  const budgets = createBudgetStore(client, messages, undo);
  const runway = createRunwayStore(client, messages, now);
  return Object.assign(store, {
    budgets,
    runway,
    comparison: createReconcileStore(client, messages),
    /** Again, if anybody looks. */
    refresh: async (): Promise<void> => {
      await Promise.all([isOpen ? refresher.now() : undefined, budgets.refresh(), runway.refresh()]);
    },
    /** The room is shown: fetches, and follows what is spent until it is left. */
    open: (): (() => void) => {
      isOpen = true;
      const kept = Choice.safeParse(preferences.getState().layout[layoutName]);
      if (kept.success) store.setState({ choice: kept.data });
      void refresher.now();
      return () => {
        isOpen = false;
      };
    },
    choose: (part: Partial<UsageChoice>): void => {
      const choice = { ...store.getState().choice, ...part };
      store.setState({ choice, status: 'loading' });
      void preferences.setLayout(layoutName, choice);
      void refresher.now();
    },
    /** Asks the vendors for days that are missing or may still change. Free. */
    sync: async (): Promise<void> => {
      if (store.getState().syncing) return;
      store.setState({ syncing: true });
      try {
        const { workspaceId } = store.getState().choice;
        const one = workspaceId === null ? {} : { workspaceId: workspaceId as WorkspaceId };
        const done = await client.call('usage.sync', { ...rangeNow(), ...one });
        for (const { workspaceName, message } of done)
          if (message !== null) messages.show('warning', `${workspaceName}: ${message}`);
        await refresher.now();
      } catch (error) {
        messages.fail(error);
      } finally {
        store.setState({ syncing: false });
      }
    },
    /** What is shown, as a file's text. */
    exportText: async (
      format: 'csv' | 'json',
    ): Promise<{ readonly fileName: string; readonly text: string } | undefined> => {
      const { choice } = store.getState();
      const range = rangeNow();
      try {
        return await client.call('usage.export', {
          ...range,
          by: [grainOf(range, choice.grain), choice.by],
          source: choice.source,
          format,
          ...(choice.workspaceId === null ? {} : { workspaceId: choice.workspaceId as WorkspaceId }),
        });
      } catch (error) {
        return messages.fail(error);
      }
    },
  });
};
