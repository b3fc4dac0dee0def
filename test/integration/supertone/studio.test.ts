import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { startSupertoneServer } from '#hosts/demo/vendors/supertone/server.ts';
import type { SupertoneServerOptions } from '#hosts/demo/vendors/supertone/options.ts';
import { openStudio } from '#test/builders/studio.ts';

const open = async (options: Partial<SupertoneServerOptions> = {}) => {
  const server = await startSupertoneServer({ serviceTimeMs: 5, ...options });
  const studio = await openStudio();
  onTestFinished(async () => {
    await studio.remove();
    await server.close();
  });
  await studio.client.call('workspace.add', {
    provider: 'supertone',
    name: 'supertone',
    baseUrl: server.baseUrl,
    key: server.apiKey,
    settings: { plan: 'pro' },
  });
  return { server, studio, voice: `supertone/${server.voices()[0]?.voice_id ?? ''}` };
};

it('renders a script: the vendor books, our books and the files agree, and a long line went out in parts', async () => {
  const { server, studio, voice } = await open();
  const long = Array.from(
    { length: 16 },
    (_, index) => `Sentence ${index} of a line that no single call of this vendor takes.`,
  );
  const script = await studio.script(['A short line.', long.join(' ')], voice);
  const render = await studio.client.call('render.enqueue', { scriptId: script.id });
  const done = await studio.settled(render.id);
  expect(done.progress).toMatchObject({ items: 2, failed: 0, uncertain: 0 });
  const rows = server.ledger();
  expect(rows.length).toBeGreaterThan(3);
  for (const { text } of rows) expect([...text].length).toBeLessThanOrEqual(300);
  const ledger = await studio.client.call('ledger.list', {});
  const sum = (charges: readonly { chargedCredits: number }[]) =>
    charges.reduce((total, { chargedCredits }) => total + chargedCredits, 0);
  expect(ledger.map(({ chargedCredits }) => chargedCredits).toSorted()).toEqual(
    rows.map(({ chargedCredits }) => chargedCredits).toSorted(),
  );
  expect(sum(ledger)).toBeCloseTo(sum(rows), 9);
  const { takes } = await studio.client.call('take.list', { limit: 100 });
  const vendorAudio = new Set(rows.map(({ audioSha256 }) => audioSha256));
  const short = takes.find(({ text }) => text === 'A short line.');
  const file = readFileSync(join(studio.folder, 'media', short?.sha256.slice(0, 2) ?? '', `${short?.sha256}.wav`));
  expect(vendorAudio.has(createHash('sha256').update(file).digest('hex'))).toBe(true);
});

it('fails the lines of a vendor that has ended at once, without asking anybody', async () => {
  const { server, studio, voice } = await open({ retired: 'gone' });
  const script = await studio.script(['A line for nobody.'], voice);
  const render = await studio.client.call('render.enqueue', { scriptId: script.id });
  const done = await studio.settled(render.id);
  expect(done.progress).toMatchObject({ failed: 1, asking: 0 });
  expect(done.errors).toMatchObject([{ code: 'provider_retired' }]);
  expect(server.ledger()).toEqual([]);
});
