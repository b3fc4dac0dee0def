/**
 * One lane a workspace: what stops one never stops another, and everything that stopped goes on by itself.
 * Long, because each reason to stand still is tried with a vendor on a real port.
 */
import { describe, expect, it } from 'vitest';
import { AppError } from '#contract/errors.ts';
import type { Lane } from '#contract/entities.ts';
import type { KeyVault, Ports, Power } from '#engine/ports.ts';
import { createMemoryVault } from '#node/vault/memory.ts';
import type { Studio } from '#test/builders/studio.ts';
import { startGatedVendor } from './gated-vendor.ts';
import {
  endAll,
  fastClock,
  jobsOf,
  learnPrice,
  openGated,
  openHolds,
  openScene,
  order,
  startStudio,
  texts,
  until,
} from './setup.ts';

endAll();

const laneOf = async (studio: Studio, name = 'chosen'): Promise<Lane> => {
  const lane = (await studio.client.call('queue.lanes', {})).lanes.find(({ workspaceName }) => workspaceName === name);
  if (lane === undefined) throw new Error(`There is no lane called ${name}.`);
  return lane;
};
const limited = (headers: Record<string, string>) => ({
  status: 429,
  headers,
  body: { error: { code: 'RATE_LIMITED' } },
});

describe('a vendor that asks for a pause', () => {
  it('stops its own lane only, and no attempt is spent', async () => {
    const { studio } = await openGated({ refuse: () => limited({ 'retry-after': '86400' }) });
    const other = await startGatedVendor();
    await studio.chosen({ baseUrl: other.baseUrl, key: other.apiKey, name: 'other' });
    const stuck = await order(studio, 'a', texts(5));
    const free = await order(studio, 'b', texts(5), { voice: 'other/Ava' });
    expect((await studio.settled(free.id)).progress.succeeded).toBe(5);
    await until(studio, stuck.id, ({ errors }) => errors.length > 0);
    expect(await laneOf(studio)).toMatchObject({ state: 'waiting', queued: 5 });
    const waiting = (await jobsOf(studio)).filter(({ workspaceName }) => workspaceName === 'chosen');
    expect(waiting.map(({ state, attempts }) => [state, attempts])).toEqual(
      Array.from({ length: 5 }, () => ['queued', 0]),
    );
  });

  it.each([
    ['in seconds', (_: number) => '30'],
    ['as a date', (now: number) => new Date(now + 31_000).toUTCString()],
  ])('is obeyed %s on the clock of the engine', async (_, header) => {
    const clock = fastClock();
    const times: number[] = [];
    const vendor = await startGatedVendor({
      refuse: () => {
        times.push(clock.now());
        return times.length === 1 ? limited({ 'retry-after': header(clock.now()) }) : null;
      },
    });
    const studio = await startStudio({ clock });
    await studio.chosen({ baseUrl: vendor.baseUrl, key: vendor.apiKey });
    expect((await studio.settled((await order(studio, 'a', texts(1))).id)).progress.succeeded).toBe(1);
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(29_900);
    expect(times).toHaveLength(2);
  });
});

describe('a vendor that cannot be reached', () => {
  it('makes its lane offline until a probe finds it again; other lanes go on, nothing is lost or paid twice', async () => {
    const { studio, vendor } = await openScene({ faults: { outage: { afterPosts: 4, forMs: 8000 } } });
    const other = await startGatedVendor();
    await studio.chosen({ baseUrl: other.baseUrl, key: other.apiKey, name: 'other' });
    const states = new Set<string>();
    studio.client.on('queue.changed', ({ lanes }) =>
      states.add(lanes.find(({ workspaceName }) => workspaceName === 'chosen')?.state ?? ''),
    );
    const render = await order(studio, 'a', texts(10));
    await studio.event('queue.changed', ({ lanes }) => lanes.some(({ state }) => state === 'offline'));
    const free = await order(studio, 'b', texts(3), { voice: 'other/Ava' });
    expect((await studio.settled(free.id)).progress.succeeded).toBe(3);
    expect((await studio.settled(render.id)).progress.succeeded).toBe(10);
    expect(states).toContain('offline');
    expect(vendor.ledger()).toHaveLength(10);
    expect(vendor.billedTwice()).toEqual([]);
    expect((await jobsOf(studio)).every(({ attempts }) => attempts === 0)).toBe(true);
  });
});

describe('a lane without its key', () => {
  it('waits while the key store is locked, fails nothing, and goes on when a key is set', async () => {
    const memory = createMemoryVault();
    let locked = false;
    const vault: KeyVault = {
      ...memory,
      get: (id) => (locked ? Promise.reject(new AppError('vault_locked', 'Locked.')) : memory.get(id)),
    };
    const { studio, vendor, workspace } = await openGated({}, {}, { vault });
    await learnPrice(studio);
    locked = true;
    await studio.client.call('workspace.update', { workspaceId: workspace.id, settings: {} });
    const render = await order(studio, 'a', texts(3));
    expect(await laneOf(studio)).toMatchObject({ state: 'locked', queued: 3 });
    expect((await studio.client.call('workspace.list', {})).find(({ id }) => id === workspace.id)?.key).toMatchObject({
      locked: true,
      configured: true,
    });
    expect(vendor.posts).toHaveLength(1);
    locked = false;
    await studio.client.call('workspace.setKey', { workspaceId: workspace.id, key: vendor.apiKey });
    expect((await studio.settled(render.id)).progress).toMatchObject({ succeeded: 3, failed: 0 });
  });

  it('finds by itself that the key store was opened', async () => {
    const memory = createMemoryVault();
    let locked = true;
    const vault: KeyVault = {
      ...memory,
      get: (id) => (locked ? Promise.reject(new AppError('vault_locked', 'Locked.')) : memory.get(id)),
    };
    const { studio } = await openGated({}, {}, { vault });
    const render = await order(studio, 'a', texts(1));
    expect((await laneOf(studio)).state).toBe('locked');
    locked = false;
    expect((await studio.settled(render.id)).progress.succeeded).toBe(1);
  });

  it('waits for one that was never set, and one that is taken away', async () => {
    const { studio, vendor, workspace } = await openGated();
    await studio.client.call('workspace.removeKey', { workspaceId: workspace.id });
    const render = await order(studio, 'a', texts(2));
    expect(await laneOf(studio)).toMatchObject({ state: 'locked', queued: 2 });
    await studio.client.call('workspace.setKey', { workspaceId: workspace.id, key: vendor.apiKey });
    expect((await studio.settled(render.id)).progress.succeeded).toBe(2);
  });
});

describe('a pause', () => {
  it('of a render and of a workspace outlives a restart, until it is lifted', async () => {
    const first = await openGated({}, { concurrency: 2 });
    const other = await startGatedVendor();
    const second = await first.studio.chosen({ baseUrl: other.baseUrl, key: other.apiKey, name: 'other' });
    await learnPrice(first.studio);
    await first.studio.client.call('queue.pause', {});
    const rested = await order(first.studio, 'a', texts(3));
    await first.studio.client.call('render.pause', { renderId: rested.id });
    await first.studio.client.call('queue.resume', { workspaceId: first.workspace.id });
    const elsewhere = await order(first.studio, 'b', texts(2), { voice: 'other/Ava' });
    await first.studio.close();

    const studio = await startStudio({ folder: first.studio.folder, vault: first.studio.vault, clock: first.clock });
    expect(await laneOf(studio, 'other')).toMatchObject({ state: 'paused', queued: 2 });
    expect(
      (await studio.client.call('workspace.list', {}))
        .filter(({ paused }) => paused)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['other', 'scratch']);
    await studio.settled((await order(studio, 'c', texts(2, 7))).id);
    expect((await studio.client.call('render.get', { renderId: rested.id })).progress).toMatchObject({
      queued: 3,
      succeeded: 0,
    });
    expect([first.vendor.posts.length, other.posts.length]).toEqual([3, 0]);
    await studio.client.call('render.resume', { renderId: rested.id });
    await studio.client.call('queue.resume', { workspaceId: second.id });
    expect((await studio.settled(rested.id)).state).toBe('done');
    expect((await studio.settled(elsewhere.id)).state).toBe('done');
    expect([first.vendor.posts.length, other.posts.length]).toEqual([6, 2]);
  });

  it('of a workspace lets what is in flight end and sends nothing that was claimed ahead', async () => {
    const { studio, vendor, workspace } = await openGated({}, { concurrency: 2 });
    await learnPrice(studio);
    vendor.shut();
    const render = await order(studio, 'a', texts(10));
    await vendor.arrived(3);
    await studio.client.call('queue.pause', { workspaceId: workspace.id });
    vendor.open();
    await until(studio, render.id, ({ progress }) => progress.succeeded === 2);
    expect((await studio.client.call('render.get', { renderId: render.id })).progress).toMatchObject({
      running: 0,
      queued: 8,
    });
    expect(vendor.posts).toHaveLength(3);
    await studio.client.call('queue.resume', { workspaceId: workspace.id });
    expect((await studio.settled(render.id)).progress.succeeded).toBe(10);
    expect(new Set(vendor.posts.map(({ text }) => text)).size).toBe(11);
    expect(openHolds(studio)).toEqual([]);
  });
});

describe('the number of requests at a time', () => {
  it.each([1, 3])('is never more than the %i that the workspace is set to', async (concurrency) => {
    const { studio, vendor } = await openScene({ concurrencyCap: concurrency, serviceTimeMs: 300 }, { concurrency });
    const render = await order(studio, 'a', texts(20));
    expect((await studio.settled(render.id)).progress.succeeded).toBe(20);
    expect(vendor.counts()['overCap'] ?? 0).toBe(0);
  });

  it('reaches what is set', async () => {
    const { studio, vendor } = await openGated({}, { concurrency: 5 });
    await learnPrice(studio);
    vendor.shut();
    const render = await order(studio, 'a', texts(12));
    await vendor.arrived(6);
    expect(vendor.waiting()).toBe(5);
    vendor.open();
    await studio.settled(render.id);
    expect(vendor.most()).toBe(5);
  });
});

describe('an audition', () => {
  it('goes before every line of a batch that has not left yet', async () => {
    const { studio, vendor, workspace } = await openGated({}, { concurrency: 2 });
    await learnPrice(studio);
    vendor.shut();
    const batch = await order(studio, 'a', texts(12));
    await vendor.arrived(3);
    const { renderId } = await studio.client.call('voice.audition', {
      workspaceId: workspace.id,
      voiceId: 'Ben',
      text: 'How do I sound?',
    });
    vendor.open();
    await studio.settled(renderId);
    await studio.settled(batch.id);
    expect(vendor.posts.findIndex(({ text }) => text === 'How do I sound?')).toBe(3);
    expect((await studio.client.call('render.list', {})).map(({ title }) => title)).not.toContain('Audition of Ben');
  });

  it('in words that were spoken before costs nothing', async () => {
    const { studio, vendor, workspace } = await openGated();
    for (let time = 0; time < 2; time += 1) {
      const { renderId } = await studio.client.call('voice.audition', {
        workspaceId: workspace.id,
        voiceId: 'Ben',
        text: 'How do I sound?',
      });
      await studio.settled(renderId);
    }
    expect(vendor.posts).toHaveLength(1);
  });
});

describe('a listener of pushes that throws', () => {
  it('changes nothing for the queue and the other listeners', async () => {
    const { studio, vendor } = await openGated(
      {},
      {},
      { over: (ports) => ({ logger: { ...ports.logger, error: () => undefined } }) },
    );
    studio.engine.router.subscribe(() => {
      throw new Error('A screen broke.');
    });
    let added = 0;
    const all = new Promise<void>((resolve) => {
      studio.engine.router.subscribe(({ name }) => {
        if (name === 'take.added') added += 1;
        if (added === 5) resolve();
      });
    });
    expect((await studio.settled((await order(studio, 'a', texts(5))).id)).progress.succeeded).toBe(5);
    await all;
    expect(vendor.posts).toHaveLength(5);
  });
});

describe('the power of the machine', () => {
  it('is held while there is work, and a suspension stops claiming without spending anything', async () => {
    let suspend = (): void => undefined;
    let resume = (): void => undefined;
    let held = 0;
    const power: Power = {
      blockSuspension: () => {
        held += 1;
        return () => {
          held -= 1;
        };
      },
      onSuspend: (run) => {
        suspend = run;
        return () => undefined;
      },
      onResume: (run) => {
        resume = run;
        return () => undefined;
      },
    };
    const { studio, vendor } = await openGated({}, { concurrency: 1 }, { over: () => ({ power }) });
    await learnPrice(studio);
    vendor.shut();
    const render = await order(studio, 'a', texts(4));
    await vendor.arrived(2);
    expect(held).toBe(1);
    suspend();
    vendor.open();
    await until(studio, render.id, ({ progress }) => progress.succeeded === 1);
    expect(vendor.posts).toHaveLength(2);
    resume();
    expect((await studio.settled(render.id)).progress.succeeded).toBe(4);
    expect((await jobsOf(studio)).every(({ attempts }) => attempts === 0)).toBe(true);
    await studio.close('finish');
    expect(held).toBe(0);
  });
});

describe('the end of the program', () => {
  it('by finishing stores what is in flight and sends nothing more; the next start goes on', async () => {
    const { studio, vendor, clock } = await openGated({}, { concurrency: 2 });
    await learnPrice(studio);
    vendor.shut();
    const render = await order(studio, 'a', texts(8));
    await vendor.arrived(3);
    const closed = studio.close('finish');
    vendor.open();
    await closed;
    expect(vendor.posts).toHaveLength(3);
    const again = await startStudio({ folder: studio.folder, vault: studio.vault, clock });
    expect((await again.settled(render.id)).progress).toMatchObject({ succeeded: 8, uncertain: 0 });
    expect(vendor.posts).toHaveLength(9);
    expect(openHolds(again)).toEqual([]);
  });

  it('by parking ends at once; what was in flight is sent with its own key at the next start, and paid once', async () => {
    const { studio, vendor, clock } = await openGated({}, { concurrency: 2 });
    await learnPrice(studio);
    vendor.shut();
    const render = await order(studio, 'a', texts(5));
    await vendor.arrived(3);
    await studio.close('park');
    vendor.open();
    const again = await startStudio({ folder: studio.folder, vault: studio.vault, clock });
    expect((await again.settled(render.id)).progress).toMatchObject({ succeeded: 5, uncertain: 0 });
    expect(vendor.posts).toHaveLength(6);
    expect((await again.client.call('ledger.list', {})).reduce((total, row) => total + row.chargedCredits, 0)).toBe(
      vendor.posts.reduce((total, { text }) => total + text.length, 0),
    );
    expect(openHolds(again)).toEqual([]);
  });
});

describe('a fault that nobody foresaw', () => {
  const failing = (times: number) => {
    let left = times;
    return (ports: Ports): Partial<Ports> => ({
      logger: { ...ports.logger, error: () => undefined },
      compute: {
        ...ports.compute,
        analyse: (task, signal) => {
          if (left-- > 0) return Promise.reject(new Error('The worker fell over.'));
          return ports.compute.analyse(task, signal);
        },
      },
    });
  };

  it('in storing a line is got over without a restart and without paying again', async () => {
    const { studio, vendor } = await openGated({}, {}, { over: failing(2) });
    expect((await studio.settled((await order(studio, 'a', texts(3))).id)).progress).toMatchObject({ succeeded: 3 });
    expect(vendor.posts).toHaveLength(3);
  });

  it('that does not end is put before a person, and the render does not hang', async () => {
    const { studio, vendor } = await openGated({}, {}, { over: failing(1000) });
    const done = await studio.settled((await order(studio, 'a', texts(1))).id);
    expect(done.progress).toMatchObject({ asking: 1, running: 0 });
    expect(done.errors[0]?.message).toBe(
      'A fault in Cuebooth stopped this line. What was paid for is kept; the log has the details.',
    );
    expect(vendor.posts).toHaveLength(1);
  });
});
