import { createStore } from 'zustand/vanilla';
import type { Client } from '#client/index.ts';
import type { JobState, Render, RenderId, RenderItem, RenderVariant } from '#contract/entities.ts';
import type { MethodOutput } from '#contract/methods/index.ts';
import { wordsOf } from '../words/words.ts';
import type { MessageStore } from './message-store.ts';
import { priorityOf, type Urgency } from './order-store.ts';
import { createRefresher } from './refresher.ts';

export const itemFilters = ['all', 'waiting', 'running', 'ready', 'failed', 'uncertain', 'cancelled'] as const;
export type ItemFilter = (typeof itemFilters)[number];
const statesOf = {
  all: null,
  waiting: ['queued'],
  running: ['running'],
  ready: ['succeeded'],
  failed: ['failed'],
  uncertain: ['uncertain'],
  cancelled: ['cancelled'],
} as const satisfies Record<ItemFilter, readonly JobState[] | null>;

export interface RenderStoreState {
  readonly status: 'loading' | 'ready';
  /** Newest first. */
  readonly renders: readonly Render[];
  readonly openId: RenderId | null;
  readonly filter: { readonly state: ItemFilter; readonly variant: string | null };
  readonly items: readonly RenderItem[];
  readonly itemsComplete: boolean;
  readonly variants: readonly RenderVariant[];
  readonly retry: RetryQuestion | null;
}
/** A retry that costs something, before its click. */
export interface RetryQuestion {
  readonly renderId: RenderId;
  /** Null: whatever failed or was cancelled. */
  readonly errorCode: string | null;
  readonly quote: MethodOutput<'render.quoteRetry'>;
}

const pageSize = 500;
const largestPage = 1000;
/** Pushes of many renders are taken over together, at most this often. */
const takeOverMs = 120;
const everything = { state: 'all', variant: null } as const;

const isOver = ({ state }: Render): boolean => state === 'done' || state === 'cancelled';

/** What is read out when a render's state changed; null for what needs no word. */
const sentenceOf = (render: Render, before: Render | undefined): string | null => {
  const t = wordsOf('renders');
  const { title, progress } = render;
  const count = progress.succeeded;
  if (before === undefined) {
    const fresh = progress.units - progress.owned;
    return render.state === 'active' && fresh > 0 ? t('saysStarted', { title, count: fresh }) : null;
  }
  if (before.state === render.state) return null;
  if (render.state === 'cancelled') return t('saysCancelled', { title, count });
  if (render.state === 'over_budget') return t('saysOverBudget', { title });
  if (render.state !== 'done') return null;
  return progress.failed > 0
    ? t('saysDoneFailed', { title, count, failed: progress.failed })
    : t('saysDone', { title, count });
};

const isSame = (left: RenderItem, right: RenderItem): boolean =>
  left.state === right.state &&
  left.takeId === right.takeId &&
  left.jobId === right.jobId &&
  left.error?.message === right.error?.message;
/** Rows that did not change stay the same objects, so that only the others are drawn anew. */
const keepSame = (items: readonly RenderItem[], before: readonly RenderItem[]): readonly RenderItem[] => {
  const known = new Map(before.map((item) => [item.position, item]));
  const kept = items.map((item) => {
    const old = known.get(item.position);
    return old !== undefined && isSame(old, item) ? old : item;
  });
  return kept.length === before.length && kept.every((item, at) => item === before[at]) ? before : kept;
};

/** The user's orders, newest first. */
export const createRenderStore = (client: Client, messages: MessageStore) => {
  const store = createStore<RenderStoreState>(() => ({
    status: 'loading',
    renders: [],
    openId: null,
    filter: everything,
    items: [],
    itemsComplete: true,
    variants: [],
    retry: null,
  }));
  /** Lines are fetched only while somebody looks at them. */
  let watchers = 0;

  const pageOf = (renderId: RenderId, after: number, limit: number): Promise<RenderItem[]> => {
    const { state, variant } = store.getState().filter;
    const states = statesOf[state];
    return client.call('render.items', {
      renderId,
      after,
      limit,
      ...(states === null ? {} : { states: [...states] }),
      ...(variant === null ? {} : { variant }),
    });
  };
  const items = createRefresher(
    async () => {
      const { openId, filter, items: shown } = store.getState();
      if (openId === null || watchers === 0) return;
      const isStill = (): boolean => store.getState().openId === openId && store.getState().filter === filter;
      try {
        const fresh: RenderItem[] = [];
        let complete = false;
        do {
          const limit = Math.min(largestPage, Math.max(pageSize, shown.length - fresh.length));
          const page = await pageOf(openId, fresh.at(-1)?.position ?? -1, limit);
          if (!isStill()) return;
          fresh.push(...page);
          complete = page.length < limit;
        } while (!complete && fresh.length < shown.length);
        store.setState(({ items: before }) => ({ items: keepSame(fresh, before), itemsComplete: complete }));
      } catch (error) {
        messages.fail(error);
      }
    },
    { delayMs: 500, pace: 'steady' },
  );
  const variants = createRefresher(
    async () => {
      const { openId } = store.getState();
      if (openId === null || watchers === 0) return;
      try {
        const counted = await client.call('render.variants', { renderId: openId });
        if (store.getState().openId === openId) store.setState({ variants: counted });
      } catch (error) {
        messages.fail(error);
      }
    },
    { delayMs: 1500, pace: 'steady' },
  );

  const changed = new Map<RenderId, Render>();
  const takeOver = (): void => {
    if (changed.size === 0) return;
    const { renders, openId } = store.getState();
    const unknown: Render[] = [];
    for (const render of changed.values()) {
      const before = renders.find(({ id }) => id === render.id);
      if (before === undefined) unknown.push(render);
      const sentence = sentenceOf(render, before);
      if (sentence !== null) messages.announce(sentence);
    }
    const known = renders.map((render) => changed.get(render.id) ?? render);
    const isOpenTouched = openId !== null && changed.has(openId);
    const open = openId === null ? undefined : changed.get(openId);
    changed.clear();
    store.setState({
      renders: [...unknown.toSorted((a, b) => b.createdAt - a.createdAt), ...known],
      ...(openId === null && unknown[0] !== undefined ? { openId: unknown[0].id } : {}),
    });
    if (!isOpenTouched && openId !== null) return;
    items.ask();
    variants.ask();
    // The last word at once: a render that is over gets no further push.
    if (open !== undefined && isOver(open)) void variants.now();
  };
  const takingOver = createRefresher(async () => takeOver(), { delayMs: takeOverMs, pace: 'steady' });
  client.on('render.changed', ({ render }) => {
    if (render.purpose === 'audition') return;
    changed.set(render.id, render);
    takingOver.ask();
  });
  const put = (render: Render): void => {
    changed.set(render.id, render);
    takeOver();
  };

  const command =
    (method: 'render.pause' | 'render.cancel') =>
    async (renderId: RenderId): Promise<void> => {
      try {
        put(await client.call(method, { renderId }));
      } catch (error) {
        messages.fail(error);
      }
    };
  /** Failed and cancelled lines, all of them or those with one cause. */
  const retry = async (renderId: RenderId, errorCode: string | null): Promise<void> => {
    try {
      if (errorCode === null) {
        put(await client.call('render.retry', { renderId }));
        return;
      }
      const { changed: count } = await client.call('queue.retry', { renderId, errorCode });
      messages.announce(wordsOf('renders')('retried', { count }));
    } catch (error) {
      messages.fail(error);
    }
  };
  const open = (openId: RenderId): void => {
    if (store.getState().openId === openId) return;
    store.setState({ openId, filter: everything, items: [], itemsComplete: true, variants: [] });
    void items.now();
    void variants.now();
  };

  return Object.assign(store, {
    refresh: async (): Promise<void> => {
      try {
        const renders = await client.call('render.list', { limit: 200 });
        changed.clear();
        store.setState((state) => ({ status: 'ready', renders, openId: state.openId ?? renders[0]?.id ?? null }));
        await Promise.all([items.now(), variants.now()]);
      } catch (error) {
        messages.fail(error);
      }
    },
    open,
    /** A render that was just ordered here. */
    placed: (render: Render): void => {
      put(render);
      open(render.id);
    },
    /** Returns the function that ends the watching. */
    watch: (): (() => void) => {
      watchers += 1;
      if (watchers === 1) {
        void items.now();
        void variants.now();
      }
      return () => {
        watchers -= 1;
      };
    },
    show: (part: Partial<RenderStoreState['filter']>): void => {
      store.setState(({ filter }) => ({ filter: { ...filter, ...part }, items: [], itemsComplete: true }));
      void items.now();
    },
    /** The next page of items after those shown. */
    more: async (): Promise<void> => {
      const { openId, filter, items: shown, itemsComplete } = store.getState();
      if (openId === null || itemsComplete) return;
      try {
        const page = await pageOf(openId, shown.at(-1)?.position ?? -1, pageSize);
        if (store.getState().openId !== openId || store.getState().filter !== filter) return;
        const seen = new Set(store.getState().items.map((item) => item.position));
        store.setState((state) => ({
          items: [...state.items, ...page.filter((item) => !seen.has(item.position))],
          itemsComplete: page.length < pageSize,
        }));
      } catch (error) {
        messages.fail(error);
      }
    },
    pause: command('render.pause'),
    cancel: command('render.cancel'),
    resume: async (renderId: RenderId, budgetCredits?: number | null): Promise<void> => {
      try {
        put(
          await client.call('render.resume', {
            renderId,
            ...(budgetCredits === undefined ? {} : { budgetCredits }),
          }),
        );
      } catch (error) {
        messages.fail(error);
      }
    },
    prioritise: async (renderId: RenderId, urgency: Urgency): Promise<void> => {
      try {
        put(await client.call('render.prioritise', { renderId, priority: priorityOf[urgency] }));
      } catch (error) {
        messages.fail(error);
      }
    },
    /** Free lines at once; what costs is asked about first, with its price. */
    askRetry: async (renderId: RenderId, errorCode: string | null = null): Promise<void> => {
      try {
        const which = { renderId, ...(errorCode === null ? {} : { errorCode }) };
        const quote = await client.call('render.quoteRetry', which);
        if (quote.byWorkspace.every(({ credits }) => credits === 0)) await retry(renderId, errorCode);
        else store.setState({ retry: { renderId, errorCode, quote } });
      } catch (error) {
        messages.fail(error);
      }
    },
    answerRetry: async (answer: 'retry' | 'keep'): Promise<void> => {
      const { retry: asked } = store.getState();
      store.setState({ retry: null });
      if (asked !== null && answer === 'retry') await retry(asked.renderId, asked.errorCode);
    },
  });
};
