import { createStore } from 'zustand/vanilla';
import type { Client } from '#client/index.ts';
import type { Estimate, Render, ScriptId } from '#contract/entities.ts';
import type { ErrorShape } from '#contract/errors.ts';
import { failureOf } from './failure.ts';
import type { MessageStore } from './message-store.ts';
import type { NavigationStore } from './navigation-store.ts';
import { createRefresher } from './refresher.ts';

export const urgencies = ['next', 'normal', 'last'] as const;
export type Urgency = (typeof urgencies)[number];
/** As the queue ranks renders; auditions (100) go before all of them. */
export const priorityOf = { next: 10, normal: 0, last: -10 } as const satisfies Record<Urgency, number>;
export const urgencyOf = (priority: number): Urgency => (priority > 0 ? 'next' : priority < 0 ? 'last' : 'normal');

/** What the person chose on the order sheet, apart from the script itself. */
export interface Choice {
  readonly takes: number;
  readonly retake: boolean;
  readonly budgetCredits: number | null;
  /** Null: every variant. */
  readonly only: readonly string[] | null;
  /** Character to a Scratch voice, over everything that is cast: a timing draft. Null: as cast. */
  readonly draft: Readonly<Record<string, string>> | null;
  readonly urgency: Urgency;
}

export interface OrderState {
  readonly choice: Choice;
  /** The price of exactly `choice`; null while it is being worked out for the first time. */
  readonly estimate: Estimate | null;
  /** The estimate shown belongs to an earlier choice or text. */
  readonly stale: boolean;
  readonly failure: ErrorShape | null;
  readonly placing: boolean;
}

const everything: Choice = {
  takes: 1,
  retake: false,
  budgetCredits: null,
  only: null,
  draft: null,
  urgency: 'normal',
};
const nothing: OrderState = { choice: everything, estimate: null, stale: false, failure: null, placing: false };

/** Nothing was chosen that a plain press of the button would not mean. */
export const isEverything = ({ only, draft }: Choice): boolean => only === null && draft === null;

/** The order about to be placed for the open script, and what it will cost. */
export const createOrderStore = (client: Client, messages: MessageStore, navigation: NavigationStore) => {
  const store = createStore<OrderState>(() => nothing);
  const openScript = (): ScriptId | null => navigation.getState().scriptId;
  const orderOf = (scriptId: ScriptId, { takes, retake, only, draft }: Choice) => ({
    scriptId,
    takes,
    retake,
    ...(only === null ? {} : { only: [...only] }),
    ...(draft === null ? {} : { voices: { ...draft }, voicesFrom: 'order' as const }),
  });

  const refresher = createRefresher(
    async () => {
      const scriptId = openScript();
      if (scriptId === null) return;
      const { choice } = store.getState();
      try {
        const estimate = await client.call('render.estimate', orderOf(scriptId, choice));
        if (openScript() === scriptId && store.getState().choice === choice) {
          store.setState({ estimate, stale: false, failure: null });
        }
      } catch (error) {
        if (openScript() === scriptId) store.setState({ failure: failureOf(error), stale: false });
      }
    },
    { delayMs: 250, pace: 'steady' },
  );
  const ask = (): void => {
    if (!store.getState().stale) store.setState({ stale: true });
    refresher.ask();
  };
  // While a batch runs, takes come in by the hundred, and an estimate counts thousands of lines: once a second will do.
  const later = createRefresher(refresher.now, { delayMs: 1000, pace: 'steady' });

  for (const event of ['script.changed', 'variant.changed'] as const) {
    client.on(event, ({ scriptId }) => {
      if (scriptId === openScript()) ask();
    });
  }
  for (const event of ['lexicon.changed', 'workspace.changed'] as const) client.on(event, ask);
  client.on('take.added', () => {
    if (!store.getState().stale) store.setState({ stale: true });
    later.ask();
  });
  navigation.subscribe((now, before) => {
    if (now.scriptId === before.scriptId) return;
    store.setState(nothing);
    void refresher.now();
  });

  return Object.assign(store, {
    refresh: refresher.now,
    choose: (part: Partial<Choice>): void => {
      store.setState((state) => ({ choice: { ...state.choice, ...part } }));
      ask();
    },
    /** Null when it was refused; the reason is shown. */
    place: async (): Promise<Render | null> => {
      const scriptId = openScript();
      if (scriptId === null || store.getState().placing) return null;
      const { choice } = store.getState();
      store.setState({ placing: true });
      try {
        const render = await client.call('render.enqueue', {
          ...orderOf(scriptId, choice),
          budgetCredits: choice.budgetCredits,
          priority: priorityOf[choice.urgency],
        });
        // What was meant for this order only: the next press means the script as it is.
        store.setState((state) => ({
          choice: { ...everything, takes: state.choice.takes, budgetCredits: state.choice.budgetCredits },
        }));
        return render;
      } catch (error) {
        messages.fail(error);
        return null;
      } finally {
        store.setState({ placing: false });
        ask();
      }
    },
  });
};
