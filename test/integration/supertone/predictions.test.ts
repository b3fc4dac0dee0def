// Before a voice has takes its vendor is asked how long a few lines will last, free and once a line.
import { expect, it } from 'vitest';
import { createClock } from '#node/clock.ts';
import { openStudio } from '#test/builders/studio.ts';
import { startSupertoneServer } from '#hosts/demo/vendors/supertone/server.ts';

it('asks for at most twenty lines of a voice, remembers them, and lets the estimate follow', async () => {
  const clock = createClock();
  const server = await startSupertoneServer({ seed: 1 }, clock);
  const studio = await openStudio({ clock });
  try {
    await studio.client.call('workspace.add', {
      provider: 'supertone',
      name: 'tone',
      baseUrl: server.baseUrl,
      key: server.apiKey,
    });
    const voice = server.voices()[0]?.voice_id ?? '';
    const lines = Array.from({ length: 30 }, (_, index) => `This is the sentence with the number ${index} in it.`);
    const script = await studio.script(lines, `tone/${voice}`);
    const first = await studio.client.call('render.estimate', { scriptId: script.id });
    const asked = server.counts()['predictions'] ?? 0;
    expect(asked).toBeGreaterThan(10);
    expect(asked).toBeLessThanOrEqual(20);
    expect(first.bandNote).toContain('Learned from');
    await studio.client.call('render.estimate', { scriptId: script.id });
    expect(server.counts()['predictions']).toBe(asked);
    expect(server.ledger()).toEqual([]);
  } finally {
    await studio.remove();
    await server.close();
  }
});
