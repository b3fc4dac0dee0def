/** What an audition costs, told before it is heard, and that hearing a line is the line's own paid take. */
import { describe, expect, it } from 'vitest';
import { voiceOf } from './listing-vendor.ts';
import { addVendor, endAll, idsOf, startScene } from './setup.ts';

endAll();

describe('the price of an audition', () => {
  it('is the line’s own, with the voice’s multiplier, and nothing once the sound is owned', async () => {
    const { vendor, open } = startScene();
    const studio = await open();
    const workspaceId = await addVendor(studio);
    await idsOf(studio);
    const speech = { workspaceId, voiceId: 'v-sarah', text: 'Hello there.' };
    expect(await studio.client.call('voice.quote', speech)).toEqual({
      credits: 12 * 2 * 3,
      owned: false,
      note: expect.stringContaining('what the vendor charges counts'),
    });
    const { renderId } = await studio.client.call('voice.audition', speech);
    await studio.settled(renderId);
    expect(await studio.client.call('voice.quote', speech)).toMatchObject({ credits: 0, owned: true });
    expect(await studio.client.call('voice.quote', { ...speech, voiceId: 'v-bill' })).toMatchObject({
      credits: 24,
      owned: false,
    });
    expect(vendor.spoken).toEqual(['v-sarah']);
    expect((await studio.client.call('render.get', { renderId })).title).toBe('Audition of Sarah');
  });

  it('is nothing where speech is free, and unknown before the first debit of a vendor that tells no price', async () => {
    const { open } = startScene();
    const studio = await open();
    const [scratch] = (await studio.client.call('workspace.list', {})).filter(({ provider }) => provider === 'scratch');
    const { id: silent } = await studio.client.call('workspace.add', { provider: 'chosen', name: 'silent' });
    const quote = (workspaceId: typeof silent, voiceId: string) =>
      studio.client.call('voice.quote', { workspaceId, voiceId, text: 'Hello.' });
    expect(await quote(scratch?.id ?? silent, 'free-voice')).toMatchObject({ credits: 0, owned: false });
    expect(await quote(silent, 'Ava')).toEqual({
      credits: null,
      owned: false,
      note: expect.stringContaining('"silent" tells its price'),
    });
    await expect(
      studio.client.call('voice.quote', { workspaceId: silent, voiceId: 'Ava', text: '\u200b' }),
    ).rejects.toMatchObject({ code: 'invalid_input' });
  });

  it('is paid once for an audition on a line and for that line in a render, lexicon, pauses and settings included', async () => {
    const { vendor, open } = startScene();
    const studio = await open();
    const workspaceId = await addVendor(studio);
    await idsOf(studio);
    const script = await studio.script(['Visit Leicester. [pause 300ms]'], 'eleven/v-bill');
    await studio.client.call('lexicon.set', {
      projectId: script.projectId,
      entries: [{ word: 'Leicester', say: 'Lester', language: null, caseSensitive: false }],
    });
    const { renderId } = await studio.client.call('voice.audition', {
      workspaceId,
      voiceId: 'v-bill',
      text: 'Visit Leicester. [pause 300ms]',
      projectId: script.projectId,
    });
    await studio.settled(renderId);
    const estimate = await studio.client.call('render.estimate', { scriptId: script.id });
    expect(estimate).toMatchObject({ fresh: 0, owned: 1, credits: 0 });
    await studio.settled((await studio.client.call('render.enqueue', { scriptId: script.id })).id);
    expect(vendor.spoken).toEqual(['v-bill']);
    const { takes } = await studio.client.call('take.list', {});
    expect(takes.map(({ text, voice, voiceName }) => [text, voice, voiceName])).toEqual([
      ['Visit Lester.', 'v-bill', 'Bill'],
    ]);
  });
});

describe('names instead of ids', () => {
  it('are offered for a voice that nobody knows, as they may be written', async () => {
    const { vendor, open } = startScene();
    vendor.voices = [...vendor.voices, voiceOf('v-bill-2', 'Bill')];
    const studio = await open();
    await addVendor(studio);
    await idsOf(studio);
    const messageFor = async (voice: string): Promise<string | undefined> => {
      const script = await studio.script(['Hello.'], voice);
      const { problems } = await studio.client.call('render.estimate', { scriptId: script.id });
      return problems.find(({ code }) => code === 'voice_unknown')?.message;
    };
    expect(await messageFor('eleven/v-rachle')).toContain('Nearest: eleven/Rachel');
    expect(await messageFor('eleven/Sara')).toContain('Nearest: eleven/Sarah');
    // Two are called Bill: only their ids tell them apart.
    expect(await messageFor('eleven/Bil')).toContain('eleven/v-bill');
  });
});

describe('a long list', () => {
  it('is read in pages, without values to filter by where nobody asks for them', async () => {
    const { open } = startScene();
    const studio = await open();
    const workspaceId = await addVendor(studio);
    const all = await idsOf(studio, { workspaceId });
    const page = await studio.client.call('voice.list', { workspaceId, offset: 1, limit: 1, facets: false });
    expect(page).toMatchObject({ total: 3, facets: {}, voices: [{ voiceId: all[1] }] });
  });
});
