import { createStore } from 'zustand/vanilla';
import type { Client } from '#client/index.ts';
import type { Alert } from '#contract/account.ts';
import type { Render } from '#contract/entities.ts';
import { wordsOf } from '../words/words.ts';
import type { MessageStore } from './message-store.ts';
import { createRefresher } from './refresher.ts';
import type { UndoStore } from './undo-store.ts';

/** An order that came to its end while this window was open. */
export interface EndedRender {
  readonly render: Render;
  readonly at: number;
}
export interface NotificationState {
  readonly status: 'loading' | 'ready';
  /** Newest first, with those that are over or were dismissed. */
  readonly alerts: readonly Alert[];
  readonly ended: readonly EndedRender[];
}

export const isOpen = ({ endedAt, dismissedAt }: Alert): boolean => endedAt === null && dismissedAt === null;
export const countOpen = ({ alerts }: NotificationState): number => alerts.filter(isOpen).length;

const mostEnded = 50;
const mostAlerts = 200;

/** What deserves a look: alerts of the engine, and orders that ended. */
export const createNotificationStore = (
  client: Client,
  messages: MessageStore,
  undo: UndoStore,
  now: () => number = Date.now,
) => {
  const store = createStore<NotificationState>(() => ({ status: 'loading', alerts: [], ended: [] }));
  /** Errors that were told; null before the first list: what was there at the start is no news. */
  let told: ReadonlySet<string> | null = null;

  const refresher = createRefresher(
    async () => {
      try {
        const alerts = await client.call('alert.list', { all: true, limit: mostAlerts });
        store.setState({ status: 'ready', alerts });
        const errors = alerts.filter((alert) => alert.level === 'error' && isOpen(alert));
        if (told !== null) for (const { id, message } of errors) if (!told.has(id)) messages.show('error', message);
        told = new Set([...(told ?? []), ...errors.map(({ id }) => id)]);
      } catch (error) {
        messages.fail(error);
      }
    },
    { delayMs: 100, pace: 'steady' },
  );
  client.on('alert.changed', refresher.ask);

  const running = new Set<string>();
  client.on('render.changed', ({ render }) => {
    if (render.purpose === 'audition') return;
    const isOver = render.state === 'done' || render.state === 'cancelled';
    if (!isOver) running.add(render.id);
    else if (running.delete(render.id))
      store.setState(({ ended }) => ({
        ended: [{ render, at: now() }, ...ended.filter((known) => known.render.id !== render.id)].slice(0, mostEnded),
      }));
  });

  const each = async (method: 'alert.dismiss' | 'alert.restore', alerts: readonly Alert[]): Promise<void> => {
    await Promise.all(alerts.map(({ id }) => client.call(method, { id })));
    await refresher.now();
  };
  return Object.assign(store, {
    refresh: refresher.now,
    dismiss: async (alerts: readonly Alert[]): Promise<void> => {
      if (alerts.length === 0) return;
      try {
        await each('alert.dismiss', alerts);
        undo.note({
          what: wordsOf('account')('dismissedAlerts', { count: alerts.length }),
          undo: () => each('alert.restore', alerts),
          redo: () => each('alert.dismiss', alerts),
        });
      } catch (error) {
        messages.fail(error);
      }
    },
    restore: async (alert: Alert): Promise<void> => {
      try {
        await each('alert.restore', [alert]);
      } catch (error) {
        messages.fail(error);
      }
    },
    forgetRender: (id: Render['id']): void =>
      store.setState(({ ended }) => ({ ended: ended.filter(({ render }) => render.id !== id) })),
  });
};
