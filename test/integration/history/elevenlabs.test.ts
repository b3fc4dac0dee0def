/** The history over the ElevenLabs adapter and the fake vendor on a real port. */
import { afterEach, describe, expect, it } from 'vitest';
import type { ElevenLabsServerOptions } from '#hosts/demo/vendors/elevenlabs/options.ts';
import { startElevenLabsServer } from '#hosts/demo/vendors/elevenlabs/server.ts';
import { later } from '#test/builders/endings.ts';
import { startStudio } from '../queue/setup.ts';
import { endAll } from './setup.ts';

afterEach(endAll);

const open = async (options: Partial<ElevenLabsServerOptions> = {}) => {
  const server = await startElevenLabsServer({ serviceTimeMs: 5, historyDelayMs: 0, ...options });
  later(() => server.close());
  const studio = await startStudio();
  await studio.client.call('workspace.add', {
    provider: 'elevenlabs',
    name: 'eleven',
    baseUrl: server.baseUrl,
    key: server.apiKey,
  });
  const voiceId = server.voices()[0]?.voiceId ?? '';
  /** As another program with the same key would. */
  const speakElsewhere = async (text: string): Promise<void> => {
    const answer = await fetch(`${server.baseUrl}/v1/text-to-speech/${voiceId}`, {
      method: 'POST',
      headers: { 'xi-api-key': server.apiKey, 'content-type': 'application/json' },
      body: JSON.stringify({ text, model_id: 'eleven_multilingual_v2' }),
    });
    expect(answer.status).toBe(200);
    await answer.arrayBuffer();
  };
  const search = async () => (await studio.client.call('history.search', { limit: 500 })).entries;
  return { server, studio, client: studio.client, voiceId, speakElsewhere, search };
};

describe('the history of an ElevenLabs account', () => {
  it('shows our lines once, and those of others beside them with the credits the vendor took', async () => {
    const { server, studio, client, voiceId, speakElsewhere, search } = await open();
    const lines = ['The first of two lines.', 'And here is the second.'];
    const script = await studio.script(lines, `eleven/${voiceId}`);
    await studio.settled((await client.call('render.enqueue', { scriptId: script.id })).id);
    await speakElsewhere('Made by a colleague in the web app.');
    expect(await client.call('history.sync', {})).toMatchObject([
      { added: 3, linked: 2, complete: true, message: null },
    ]);
    const entries = await search();
    expect(entries.map(({ origin, text }) => [origin, text]).toSorted()).toEqual([
      ['cuebooth', lines[1]],
      ['cuebooth', lines[0]],
      ['vendor', 'Made by a colleague in the web app.'],
    ]);
    expect(entries.every(({ vendorSource, voiceName }) => vendorSource === 'TTS' && voiceName !== voiceId)).toBe(true);
    expect(entries.reduce((sum, { credits }) => sum + (credits ?? 0), 0)).toBe(
      server.ledger().reduce((sum, { chargedCredits }) => sum + chargedCredits, 0),
    );
    expect(new Set(entries.map(({ vendorItemId }) => vendorItemId)).size).toBe(3);
  });

  it("brings an item's audio in as a take and charges nothing for it", async () => {
    const { server, client, speakElsewhere, search } = await open();
    await speakElsewhere('Made by a colleague in the web app.');
    await client.call('history.sync', {});
    const [entry] = await search();
    const charged = server.ledger().length;
    const take = await client.call('history.fetchAudio', { id: entry?.id ?? '' });
    expect(take).toMatchObject({ text: 'Made by a colleague in the web app.', format: 'mp3', chargedCredits: null });
    expect(take.sha256).toBe(server.ledger()[0]?.audioSha256);
    expect(server.ledger()).toHaveLength(charged);
    expect(await search()).toMatchObject([{ status: 'stored', takeId: take.id }]);
  });

  it('is read over many pages and troubled lists, each item once', async () => {
    const { client, speakElsewhere, search } = await open({ faults: { historyTrouble: 0.3 } });
    for (let count = 0; count < 25; count += 1) await speakElsewhere(`Line ${count} of a colleague.`);
    // A list that is refused is asked for again; the dice fall anew for each request.
    let complete = false;
    for (let turn = 0; turn < 20 && !complete; turn += 1) {
      const [result] = await client.call('history.sync', { backfill: true });
      complete = result?.complete === true && result.message === null;
    }
    expect(complete).toBe(true);
    const entries = await search();
    expect(entries).toHaveLength(25);
    expect(new Set(entries.map(({ text }) => text)).size).toBe(25);
  });

  it('says which scope is missing, and asks for nothing more', async () => {
    const { client, search } = await open({ scopes: ['text_to_speech', 'voices_read', 'models_read', 'user_read'] });
    const [result] = await client.call('history.sync', {});
    expect(result).toMatchObject({ added: 0, complete: false });
    expect(result?.message).toContain('speech_history_read');
    expect(await search()).toEqual([]);
  });
});
