/**
 * A studio that outlives its library. Behind one router that pages stay connected to, a library is closed and another one, or
 * an earlier state of it, is opened in its place.
 */
import type { Reply, Push } from '#contract/transport.ts';
import type { Logger } from '#engine/ports.ts';

interface RouterShape {
  dispatch(method: string, input: unknown): Promise<Reply>;
  subscribe(listener: (push: Push) => void): () => void;
}
export interface OpenedStudio {
  readonly router: RouterShape;
  /** Lets the queue run. */
  start(): Promise<void>;
  /** `park` during `finish` hurries it. Resolves when the library is closed. */
  close(mode: 'finish' | 'park'): Promise<void>;
}
export interface LiveStudio<S extends OpenedStudio> {
  readonly router: RouterShape;
  /** The one that is open now. */
  current(): S;
  close(mode: 'finish' | 'park'): Promise<void>;
}
export interface LiveStudioOptions<S extends OpenedStudio> {
  /** Opens what lies in the library's folder. `reopen` is to be called once another library is written down to take its place. */
  readonly open: (reopen: () => void) => Promise<S>;
  readonly logger: Pick<Logger, 'error' | 'info'>;
  /** The library that took the place cannot be opened: nothing can be shown any more. */
  readonly onFailed: (error: unknown) => void;
  /** How long other requests may take to end before the library is closed under them, in ms. Default 5,000. */
  readonly patienceMs?: number;
}

const busy: Reply = {
  ok: false,
  error: {
    code: 'library_busy',
    message:
      'The library is being exchanged for another one. This was not run and nothing was changed; try it again in a moment.',
  },
};

const broken: Reply = {
  ok: false,
  error: {
    code: 'library_corrupt',
    message:
      'The library that was put in place could not be opened. The one before it lies whole in the folder beside it whose name contains "before-restore". Close Cuebooth and start it again to see what is wrong.',
    action: { type: 'run-doctor' },
  },
};

const replaced = 'The library was exchanged. The page starts anew with what is in it now.';

export const createLiveStudio = async <S extends OpenedStudio>(
  options: LiveStudioOptions<S>,
): Promise<LiveStudio<S>> => {
  const listeners = new Set<(push: Push) => void>();
  let seq = 0;
  let running = 0;
  let idle: (() => void) | null = null;
  let wanted = false;
  let exchanging: Promise<void> | null = null;
  let failed = false;

  const tell = (name: string, payload: unknown): void => {
    seq += 1;
    for (const listener of [...listeners]) listener({ seq, name, payload });
  };
  const open = (): Promise<S> =>
    options.open(() => {
      wanted = true;
    });
  let current = await open();
  let unsubscribe = current.router.subscribe(({ name, payload }) => tell(name, payload));

  const quiet = async (): Promise<void> => {
    if (running === 0) return;
    const patience = Promise.withResolvers<void>();
    const timer = setTimeout(patience.resolve, options.patienceMs ?? 5_000);
    idle = patience.resolve;
    await patience.promise;
    clearTimeout(timer);
    idle = null;
  };
  const exchange = async (): Promise<void> => {
    wanted = false;
    try {
      await quiet();
      unsubscribe();
      await current.close('park');
      current = await open();
      unsubscribe = current.router.subscribe(({ name, payload }) => tell(name, payload));
      await current.start();
    } catch (error) {
      options.logger.error('The library that took the place of another could not be opened.', { error });
      failed = true;
      options.onFailed(error);
      return;
    } finally {
      exchanging = null;
    }
    // A number is left out: whoever listens sees the gap and fetches everything again.
    seq += 1;
    tell('library.notice', { level: 'notice', code: 'library_replaced', message: replaced });
  };

  return {
    router: {
      dispatch: async (method, input) => {
        if (failed) return broken;
        if (exchanging !== null) return busy;
        running += 1;
        let reply: Reply;
        try {
          reply = await current.router.dispatch(method, input);
        } finally {
          running -= 1;
          if (running === 0) idle?.();
        }
        // Whoever asked for it hears of it when it is done.
        if (wanted) exchanging ??= exchange();
        await exchanging;
        return failed ? broken : reply;
      },
      subscribe: (listener) => {
        const own = (push: Push): void => listener(push);
        listeners.add(own);
        return () => {
          listeners.delete(own);
        };
      },
    },
    current: () => current,
    close: async (mode) => {
      await exchanging;
      await current.close(mode);
    },
  };
};
