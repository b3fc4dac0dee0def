import { createStore } from 'zustand/vanilla';
import type { Client } from '#client/index.ts';
import type { Render, RenderId, RenderItem } from '#contract/entities.ts';
import type { MessageStore } from './message-store.ts';
import { createRefresher } from './refresher.ts';

export interface RenderStoreState {
  readonly status: 'loading' | 'ready';
  readonly renders: readonly Render[];
  readonly openId: RenderId | null;
  readonly items: readonly RenderItem[];
  readonly itemsComplete: boolean;
}

const itemsPage = 500;

/** A batch that came to its end, as one sentence for the live region. */
const endSentence = ({ title, state, progress }: Render): string => {
  if (state === 'cancelled') return `${title} was cancelled. ${progress.succeeded} lines were rendered and are kept.`;
  const failed = progress.failed > 0 ? `, ${progress.failed} failed` : '';
  return `${title} is done: ${progress.succeeded} lines rendered${failed}.`;
};

/** The user's orders, newest first. */
export const createRenderStore = (client: Client, messages: MessageStore) => {
  const store = createStore<RenderStoreState>(() => ({
    status: 'loading',
    renders: [],
    openId: null,
    items: [],
    itemsComplete: true,
  }));

  const refresh = async (): Promise<void> => {
    try {
      const renders = await client.call('render.list', { limit: 200 });
      store.setState((state) => ({ status: 'ready', renders, openId: state.openId ?? renders[0]?.id ?? null }));
      await items.now();
    } catch (error) {
      messages.fail(error);
    }
  };
  const items = createRefresher(
    async () => {
      const { openId, items: shown } = store.getState();
      if (openId === null) return;
      try {
        const wanted = Math.max(itemsPage, Math.ceil(shown.length / itemsPage) * itemsPage);
        const page = await client.call('render.items', { renderId: openId, limit: Math.min(wanted, 1000) });
        if (store.getState().openId === openId) store.setState({ items: page, itemsComplete: page.length < itemsPage });
      } catch (error) {
        messages.fail(error);
      }
    },
    { delayMs: 400, pace: 'steady' },
  );

  client.on('render.changed', ({ render }) => {
    const before = store.getState().renders.find((known) => known.id === render.id);
    if (render.purpose === 'audition') return;
    store.setState((state) => ({
      openId: state.openId ?? render.id,
      renders:
        before === undefined
          ? [render, ...state.renders]
          : state.renders.map((known) => (known.id === render.id ? render : known)),
    }));
    const ended = render.state === 'done' || render.state === 'cancelled';
    if (ended && before !== undefined && before.state !== render.state) messages.announce(endSentence(render));
    if (render.id === store.getState().openId) items.ask();
  });

  const command =
    (method: 'render.pause' | 'render.cancel' | 'render.retry') =>
    async (renderId: RenderId): Promise<void> => {
      try {
        const render = await client.call(method, { renderId });
        store.setState((state) => ({
          renders: state.renders.map((known) => (known.id === renderId ? render : known)),
        }));
      } catch (error) {
        messages.fail(error);
      }
    };

  return Object.assign(store, {
    refresh,
    open: (openId: RenderId): void => {
      store.setState({ openId, items: [], itemsComplete: true });
      void items.now();
    },
    /** The next page of items after those shown. */
    more: async (): Promise<void> => {
      const { openId, items: shown, itemsComplete } = store.getState();
      if (openId === null || itemsComplete) return;
      try {
        const after = shown.at(-1)?.position ?? -1;
        const page = await client.call('render.items', { renderId: openId, after, limit: itemsPage });
        if (store.getState().openId !== openId) return;
        const seen = new Set(shown.map((item) => item.position));
        store.setState({
          items: [...shown, ...page.filter((item) => !seen.has(item.position))],
          itemsComplete: page.length < itemsPage,
        });
      } catch (error) {
        messages.fail(error);
      }
    },
    pause: command('render.pause'),
    cancel: command('render.cancel'),
    retry: command('render.retry'),
    resume: async (renderId: RenderId, budgetCredits?: number | null): Promise<void> => {
      try {
        await client.call('render.resume', { renderId, ...(budgetCredits === undefined ? {} : { budgetCredits }) });
      } catch (error) {
        messages.fail(error);
      }
    },
  });
};
