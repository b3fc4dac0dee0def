/** An order is written down whole before any of it runs. */
import { describe, expect, it } from 'vitest';
import type { Ports } from '#engine/ports.ts';
import { endAll, learnPrice, openGated, openHolds, order, startStudio, texts } from './setup.ts';

endAll();

/** Stops an order at the end of its first chunk, once `armed`. */
const chunkGate = () => {
  let arm = false;
  let stopped = (): void => undefined;
  let go = (): void => undefined;
  const atFirst = new Promise<void>((resolve) => {
    stopped = resolve;
  });
  const released = new Promise<void>((resolve) => {
    go = resolve;
  });
  return {
    arm: () => {
      arm = true;
    },
    atFirst,
    release: () => go(),
    over: (ports: Ports): Partial<Ports> => ({
      clock: {
        ...ports.clock,
        breathe: async () => {
          const preparing =
            ports.database.prepare("SELECT 1 AS found FROM renders WHERE state = 'preparing'").get() !== undefined;
          if (!arm || !preparing) return ports.clock.breathe();
          // Once: what others order meanwhile is not held up.
          arm = false;
          stopped();
          return released;
        },
      },
    }),
  };
};

describe('an order of many lines', () => {
  it('is being prepared until its last chunk is written, and nothing of it is claimed before', async () => {
    const gate = chunkGate();
    const { studio, vendor } = await openGated({}, {}, { over: gate.over });
    await learnPrice(studio);
    gate.arm();
    const ordering = order(studio, 'a', texts(400));
    await gate.atFirst;
    const [render] = await studio.client.call('render.list', {});
    expect(render).toMatchObject({ title: 'a', state: 'preparing' });
    expect(render?.progress.queued).toBeGreaterThan(0);
    expect(render?.progress.queued).toBeLessThan(400);
    await studio.client.call('queue.resume', {});
    await studio.settled(
      (
        await studio.client.call('voice.audition', {
          workspaceId: (await studio.client.call('workspace.list', {}))[0]?.id ?? ('' as never),
          voiceId: 'slt',
          text: 'Meanwhile.',
        })
      ).renderId,
    );
    expect(vendor.posts).toHaveLength(1);
    gate.release();
    const active = await ordering;
    expect(active).toMatchObject({ state: 'active', progress: { items: 400, units: 400 } });
    await vendor.arrived(3);
    await studio.client.call('render.cancel', { renderId: active.id });
  });

  it('that was cut off is cancelled on the next open, with its holds given back and a word about it', async () => {
    const gate = chunkGate();
    const first = await openGated({}, {}, { over: gate.over });
    await learnPrice(first.studio);
    gate.arm();
    void order(first.studio, 'a', texts(400)).catch(() => undefined);
    await gate.atFirst;
    expect(openHolds(first.studio)).toHaveLength(1);
    await first.studio.close('park');

    const studio = await startStudio({
      folder: first.studio.folder,
      vault: first.studio.vault,
      clock: first.clock,
      start: false,
    });
    const notices: { code: string; message: string }[] = [];
    studio.client.on('library.notice', (notice) => notices.push(notice));
    await studio.engine.start();
    expect(notices).toMatchObject([{ code: 'order_cut_off', message: expect.stringContaining('"a"') }]);
    const [render] = await studio.client.call('render.list', {});
    expect(render).toMatchObject({ state: 'cancelled', progress: { queued: 0, running: 0, heldCredits: 0 } });
    expect(openHolds(studio)).toEqual([]);
    expect(first.vendor.posts).toHaveLength(1);
    expect((await studio.settled((await order(studio, 'a', texts(3))).id)).progress.succeeded).toBe(3);
  });

  it('that fails half-way leaves nothing that runs and nothing held', async () => {
    let left = Number.POSITIVE_INFINITY;
    const { studio, vendor } = await openGated(
      {},
      {},
      {
        over: (ports) => ({
          logger: { ...ports.logger, error: () => undefined },
          ids: {
            ...ports.ids,
            next: () => {
              left -= 1;
              if (left <= 0) throw new Error('No more names.');
              return ports.ids.next();
            },
          },
        }),
      },
    );
    await learnPrice(studio);
    const lines = texts(60);
    const script = await order(studio, 'warm', lines.slice(0, 1)).then((render) => studio.settled(render.id));
    expect(script.state).toBe('done');
    const saved = await studio.client.call('script.save', {
      projectId: script.projectId,
      path: 'a.cue.txt',
      source: { kind: 'text', text: `---\ntitle: a\ncast:\n  NARRATOR: chosen/Ava\n---\n${lines.join('\n')}\n` },
    });
    left = 40;
    await expect(studio.client.call('render.enqueue', { scriptId: saved.id })).rejects.toMatchObject({
      code: 'internal',
    });
    left = Number.POSITIVE_INFINITY;
    const [render] = await studio.client.call('render.list', {});
    expect(render).toMatchObject({
      title: 'a',
      state: 'cancelled',
      progress: { queued: 0, running: 0, heldCredits: 0 },
    });
    expect(openHolds(studio)).toEqual([]);
    expect(vendor.posts).toHaveLength(2);
  });
});
