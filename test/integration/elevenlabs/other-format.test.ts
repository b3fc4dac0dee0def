// What a lost answer brings back from the history may be another kind of file than was asked for.
import { expect, it } from 'vitest';
import { elevenLabsVendor } from '#test/builders/proof-vendors.ts';
import { openStudio } from '#test/builders/studio.ts';
import { createClock } from '#node/clock.ts';

it('becomes a take that says so', async () => {
  const clock = createClock({ speed: 50 });
  const vendor = await elevenLabsVendor({ historyAudio: 'mp3', faults: { headersThenCut: 1 } }).start({
    mix: 'none',
    mode: 'direct',
    seed: 1,
    clock,
  });
  const studio = await openStudio({ clock });
  try {
    await studio.client.call('workspace.add', {
      provider: 'elevenlabs',
      name: 'vendor',
      baseUrl: vendor.baseUrl,
      key: vendor.apiKey,
      settings: vendor.settings,
    });
    const script = await studio.script(['A line that is cut off on its way to us.'], `vendor/${vendor.voice}`);
    const render = await studio.client.call('render.enqueue', { scriptId: script.id });
    expect((await studio.settled(render.id)).state).toBe('done');
    const { takes } = await studio.client.call('take.list', {});
    expect(takes).toMatchObject([{ format: 'mp3', suspect: expect.stringContaining('wav_22050 was asked for') }]);
    expect(vendor.posts()).toBe(1);
  } finally {
    await studio.remove();
    await vendor.close();
  }
});
