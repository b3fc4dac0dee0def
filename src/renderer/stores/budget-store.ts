import { createStore } from 'zustand/vanilla';
import type { Client } from '#client/index.ts';
import type { Budget } from '#contract/account.ts';
import type { MethodInput } from '#contract/methods/index.ts';
import { dayAfter, dayOf } from '../figures/periods.ts';
import { wordsOf } from '../words/words.ts';
import { failureOf } from './failure.ts';
import type { MessageStore } from './message-store.ts';
import { createRefresher } from './refresher.ts';
import type { UndoStore } from './undo-store.ts';

export type BudgetTerms = Omit<MethodInput<'budget.set'>, 'id'>;
export interface BudgetState {
  readonly status: 'loading' | 'ready';
  readonly budgets: readonly Budget[];
  /** Who has spent anything in the last two years, for a form that names one. */
  readonly people: readonly string[];
}

export const termsOf = (budget: Budget): BudgetTerms => ({
  name: budget.name,
  projectId: budget.projectId,
  person: budget.person,
  workspaceId: budget.workspaceId,
  period: budget.period,
  warnCredits: budget.warnCredits,
  stopCredits: budget.stopCredits,
});

/** Our user's own caps. Every change can be taken back. */
export const createBudgetStore = (client: Client, messages: MessageStore, undo: UndoStore) => {
  const store = createStore<BudgetState>(() => ({ status: 'loading', budgets: [], people: [] }));
  const refresher = createRefresher(
    async () => {
      try {
        store.setState({ status: 'ready', budgets: await client.call('budget.list', {}) });
      } catch (error) {
        messages.fail(error);
      }
    },
    { delayMs: 100, pace: 'steady' },
  );
  client.on('budget.changed', refresher.ask);

  /** A budget that is made again has another id: both ways of the edit share the one that holds now. */
  const noteMaking = (what: string, terms: BudgetTerms, made: { id: string }, back: 'remove' | 'make'): void => {
    const remove = () => client.call('budget.remove', { id: made.id });
    const make = async (): Promise<void> => {
      made.id = (await client.call('budget.set', terms)).id;
    };
    undo.note({ what, undo: back === 'remove' ? remove : make, redo: back === 'remove' ? make : remove });
  };

  return Object.assign(store, {
    refresh: refresher.now,
    loadPeople: async (): Promise<void> => {
      try {
        const to = dayOf(Date.now());
        const query = { from: dayAfter(to, -730), to, by: ['person' as const], source: 'ledger' as const };
        const { rows } = await client.call('usage.query', query);
        const people = [...new Set(rows.map(({ ids }) => ids[0] ?? ''))].filter((name) => name !== '');
        store.setState({ people: people.toSorted((a, b) => a.localeCompare(b)) });
      } catch (error) {
        messages.fail(error);
      }
    },
    /** Null on success, else what to show beside the form. Without an id a new one is made. */
    save: async (terms: BudgetTerms, id?: string): Promise<string | null> => {
      const t = wordsOf('usage');
      const before = store.getState().budgets.find((known) => known.id === id);
      try {
        const saved = await client.call('budget.set', { ...terms, ...(id === undefined ? {} : { id }) });
        if (before === undefined) noteMaking(t('madeBudget', { name: saved.name }), terms, { id: saved.id }, 'remove');
        else {
          const old = termsOf(before);
          undo.note({
            what: t('changedBudget', { name: saved.name }),
            undo: () => client.call('budget.set', { ...old, id: saved.id }),
            redo: () => client.call('budget.set', { ...terms, id: saved.id }),
          });
        }
        await refresher.now();
        return null;
      } catch (error) {
        return failureOf(error).message;
      }
    },
    remove: async (budget: Budget): Promise<void> => {
      try {
        await client.call('budget.remove', { id: budget.id });
        const what = wordsOf('usage')('removedBudget', { name: budget.name });
        noteMaking(what, termsOf(budget), { id: budget.id }, 'make');
        messages.show('notice', wordsOf('usage')('removedBudgetHint', { name: budget.name }));
        await refresher.now();
      } catch (error) {
        messages.fail(error);
      }
    },
  });
};
