import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Workspace } from '#contract/entities.ts';
import type { ElevenLabsServerOptions } from '#hosts/demo/vendors/elevenlabs/options.ts';
import { startElevenLabsServer } from '#hosts/demo/vendors/elevenlabs/server.ts';
import { openStudio } from '#test/builders/studio.ts';

const open = async (options: Partial<ElevenLabsServerOptions> = {}, settings: Workspace['settings'] = {}) => {
  const server = await startElevenLabsServer({ serviceTimeMs: 5, historyDelayMs: 20, ...options });
  const studio = await openStudio();
  onTestFinished(async () => {
    await studio.remove();
    await server.close();
  });
  await studio.client.call('workspace.add', {
    provider: 'elevenlabs',
    name: 'eleven',
    baseUrl: server.baseUrl,
    key: server.apiKey,
    settings,
  });
  const voice = `eleven/${server.voices()[0]?.voiceId ?? ''}`;
  const render = async (lines: readonly string[]) => {
    const script = await studio.script(lines, voice);
    return studio.settled((await studio.client.call('render.enqueue', { scriptId: script.id })).id);
  };
  const takes = async () => (await studio.client.call('take.list', { limit: 100 })).takes;
  const fileSum = (sha256: string, format: string) =>
    createHash('sha256')
      .update(readFileSync(join(studio.folder, 'media', sha256.slice(0, 2), `${sha256}.${format}`)))
      .digest('hex');
  return { server, studio, render, takes, fileSum };
};
const lines = ['The first of three lines.', 'A second line, a little longer.', 'And the third one.'];
const total = (rows: readonly { readonly chargedCredits: number }[]) =>
  rows.reduce((sum, { chargedCredits }) => sum + chargedCredits, 0);

describe('a script', () => {
  it.each([
    ['directly, with times', {}, true],
    ['directly, without times', { timestamps: false }, false],
    ['by flows', { route: 'flows' }, false],
    ['as PCM', { format: 'pcm_24000' }, true],
  ] as const)(
    'is rendered %s: the books of the vendor, ours and the files agree',
    async (_way, settings, hasTimings) => {
      const { server, studio, render, takes, fileSum } = await open({}, settings);
      expect((await render(lines)).progress).toMatchObject({ succeeded: 3, failed: 0, uncertain: 0, heldCredits: 0 });
      const rows = server.ledger();
      expect(server.billedTwice()).toEqual([]);
      expect(total(await studio.client.call('ledger.list', {}))).toBe(total(rows));
      const stored = await takes();
      expect(stored.map(({ hasTimings: has }) => has)).toEqual([hasTimings, hasTimings, hasTimings]);
      expect(stored.map(({ suspect }) => suspect)).toEqual([null, null, null]);
      for (const { sha256, format } of stored) expect(fileSum(sha256, format)).toBe(sha256);
      if ('format' in settings) return;
      expect(stored.map(({ sha256 }) => sha256).toSorted()).toEqual(rows.map((row) => row.audioSha256).toSorted());
    },
  );

  it.each([true, false])(
    'whose answers are all cut is fetched from the history and paid for once, timestamps %s',
    async (timestamps) => {
      const { server, render, takes } = await open({ faults: { headersThenCut: 1 } }, { timestamps });
      expect((await render(lines)).progress).toMatchObject({ succeeded: 3, failed: 0, uncertain: 0 });
      expect(server.ledger()).toHaveLength(3);
      expect((await takes()).map(({ sha256 }) => sha256).toSorted()).toEqual(
        server
          .ledger()
          .map(({ audioSha256 }) => audioSha256)
          .toSorted(),
      );
      expect(server.seenKeys()).toEqual([]);
    },
  );

  it('in a format beyond the plan ends in words that name the plans', async () => {
    const { server, render } = await open({ tier: 'starter' }, { format: 'mp3_44100_192' });
    const done = await render(lines.slice(0, 1));
    expect(done.progress).toMatchObject({ failed: 1, spentCredits: 0 });
    expect(done.errors).toMatchObject([
      { code: 'format_refused', message: expect.stringContaining('mp3_44100_192 needs Creator or higher') },
    ]);
    expect(server.ledger()).toEqual([]);
  });
});
