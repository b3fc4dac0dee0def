import { describe, expect, it } from 'vitest';
import type { Push, Reply } from '#contract/transport.ts';
import { createLiveStudio, type OpenedStudio } from '#node/live-studio.ts';

const silent = { error: () => undefined, info: () => undefined };
const said = (output: unknown): Reply => ({ ok: true, output });

/** Studios that answer with their number; `library.restore` asks for an exchange. */
const numbered = (options: { readonly broken?: number } = {}) => {
  const log: string[] = [];
  const held = Promise.withResolvers<void>();
  let count = 0;
  const open = async (reopen: () => void): Promise<OpenedStudio> => {
    count += 1;
    const own = count;
    if (own === options.broken) throw new Error('It cannot be opened.');
    log.push(`open ${own}`);
    const listeners = new Set<(push: Push) => void>();
    return {
      router: {
        dispatch: async (method) => {
          if (method === 'library.restore') reopen();
          if (method === 'long.work') await held.promise;
          for (const listener of listeners) listener({ seq: 1, name: 'some.event', payload: own });
          return said(own);
        },
        subscribe: (listener) => {
          listeners.add(listener);
          return () => listeners.delete(listener);
        },
      },
      start: async () => {
        log.push(`start ${own}`);
      },
      close: async () => {
        log.push(`close ${own}`);
      },
    };
  };
  return { open, log, release: held.resolve };
};

describe('a studio that outlives its library', () => {
  it('answers who asked once the other library is open, and leaves a gap that every page sees', async () => {
    const { open, log } = numbered();
    const live = await createLiveStudio({ open, logger: silent, onFailed: () => undefined });
    const pushes: Push[] = [];
    live.router.subscribe((push) => pushes.push(push));
    expect(await live.router.dispatch('library.restore', {})).toEqual(said(1));
    expect(log).toEqual(['open 1', 'close 1', 'open 2', 'start 2']);
    expect(await live.router.dispatch('library.get', {})).toEqual(said(2));
    expect(pushes.map(({ seq, name }) => [seq, name])).toEqual([
      [1, 'some.event'],
      [3, 'library.notice'],
      [4, 'some.event'],
    ]);
  });

  it('lets other requests end first, and refuses new ones meanwhile', async () => {
    const { open, log, release } = numbered();
    const live = await createLiveStudio({ open, logger: silent, onFailed: () => undefined });
    const long = live.router.dispatch('long.work', {});
    const restored = live.router.dispatch('library.restore', {});
    await Promise.resolve();
    await Promise.resolve();
    await Promise.resolve();
    expect(await live.router.dispatch('script.save', {})).toMatchObject({ ok: false, error: { code: 'library_busy' } });
    expect(log).toEqual(['open 1']);
    release();
    expect(await long).toEqual(said(1));
    expect(await restored).toEqual(said(1));
    expect(log).toContain('open 2');
  });

  it('says so where the other library cannot be opened', async () => {
    const { open } = numbered({ broken: 2 });
    const failures: unknown[] = [];
    const live = await createLiveStudio({ open, logger: silent, onFailed: (error) => failures.push(error) });
    expect(await live.router.dispatch('library.restore', {})).toMatchObject({ error: { code: 'library_corrupt' } });
    expect(await live.router.dispatch('library.get', {})).toMatchObject({ error: { code: 'library_corrupt' } });
    expect(failures).toHaveLength(1);
  });
});
