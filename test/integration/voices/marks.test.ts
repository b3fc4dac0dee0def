/** What people note about voices, and the vendor's public library. */
import { describe, expect, it } from 'vitest';
import { addVendor, endAll, idsOf, sarah, startScene } from './setup.ts';

endAll();

describe('favourites and aliases', () => {
  it('are found, survive a restart, and can be taken away', async () => {
    const { open } = startScene();
    const first = await open();
    const workspaceId = await addVendor(first);
    await idsOf(first);
    const changed = first.event('voice.changed', () => true);
    const marked = await first.client.call('voice.mark', {
      workspaceId,
      voiceId: 'v-bill',
      favourite: true,
      alias: ' Opa ',
    });
    expect(marked).toMatchObject({ favourite: true, alias: 'Opa', name: 'Bill' });
    expect(await changed).toEqual({ workspaceId });
    await first.close();
    const second = await open();
    expect(await idsOf(second, { favouritesOnly: true })).toEqual(['v-bill']);
    expect(await idsOf(second, { search: 'opa' })).toEqual(['v-bill']);
    const bare = await second.client.call('voice.mark', { workspaceId, voiceId: 'v-bill', alias: '' });
    expect(bare).toMatchObject({ favourite: true, alias: null });
  });

  it('are each one voice’s in a workspace', async () => {
    const { open } = startScene();
    const studio = await open();
    const workspaceId = await addVendor(studio);
    await idsOf(studio);
    const mark = (voiceId: string, alias: string) => studio.client.call('voice.mark', { workspaceId, voiceId, alias });
    await mark('v-bill', 'Star');
    await expect(mark('v-sarah', 'star')).rejects.toMatchObject({ code: 'conflict' });
    await mark('v-bill', '');
    expect(await mark('v-sarah', 'star')).toMatchObject({ alias: 'star' });
    await expect(mark('nobody', 'x')).rejects.toMatchObject({ code: 'not_found' });
  });

  it('are kept for names of a vendor that lists no voices', async () => {
    const { vendor, open } = startScene();
    const studio = await open();
    const { id: workspaceId } = await studio.client.call('workspace.add', { provider: 'chosen', name: 'silent' });
    await studio.client.call('voice.mark', { workspaceId, voiceId: 'Ava', alias: 'radio' });
    expect(await idsOf(studio, { workspaceId })).toEqual(['Ava']);
    const script = await studio.script(['Hello there.'], 'silent/radio');
    await studio.settled((await studio.client.call('render.enqueue', { scriptId: script.id })).id);
    expect(vendor.spoken).toEqual(['Ava']);
  });
});

describe('the voices used last', () => {
  it('are known from what was ordered, auditions too, and come first where that is asked for', async () => {
    const { skip, open } = startScene();
    const studio = await open();
    const workspaceId = await addVendor(studio);
    const script = await studio.script(['Hello there.'], 'eleven/v-bill');
    await studio.settled((await studio.client.call('render.enqueue', { scriptId: script.id })).id);
    expect((await idsOf(studio, { order: 'recent' }))[0]).toBe('v-bill');
    skip(1000);
    const { renderId } = await studio.client.call('voice.audition', {
      workspaceId,
      voiceId: 'v-sarah',
      text: 'Hello.',
    });
    await studio.settled(renderId);
    expect((await idsOf(studio, { order: 'recent' })).slice(0, 2)).toEqual(['v-sarah', 'v-bill']);
    await studio.close();
    const again = await open();
    const { voices } = await again.client.call('voice.list', { order: 'recent', workspaceId });
    expect(voices.map(({ voiceId, lastUsedAt }) => [voiceId, lastUsedAt !== null])).toEqual([
      ['v-sarah', true],
      ['v-bill', true],
      ['v-rachel', false],
    ]);
  });
});

describe('a palette', () => {
  it('holds the voices of a project in their order, each once, also those that went', async () => {
    const { vendor, open } = startScene();
    const studio = await open();
    const workspaceId = await addVendor(studio);
    await idsOf(studio);
    const { id: projectId } = await studio.client.call('project.ensure', { name: 'Spring' });
    expect(await studio.client.call('palette.get', { projectId })).toEqual([]);
    const voices = ['v-bill', 'v-rachel', 'v-bill'].map((voiceId) => ({ workspaceId, voiceId }));
    const changed = studio.event('palette.changed', () => true);
    const palette = await studio.client.call('palette.set', { projectId, voices });
    expect(palette.map(({ name }) => name)).toEqual(['Bill', 'Rachel']);
    expect(await changed).toEqual({ projectId });
    expect(await idsOf(studio, { paletteOf: projectId })).toEqual(['v-rachel', 'v-bill']);
    vendor.voices = [sarah];
    await studio.client.call('voice.refresh', { workspaceId });
    const kept = await studio.client.call('palette.get', { projectId });
    expect(kept.map(({ name, availability }) => [name, availability])).toEqual([
      ['Bill', 'gone'],
      ['Rachel', 'gone'],
    ]);
    await expect(
      studio.client.call('palette.set', { projectId, voices: [{ workspaceId, voiceId: 'nobody' }] }),
    ).rejects.toMatchObject({ code: 'not_found' });
    expect(await studio.client.call('palette.get', { projectId })).toHaveLength(2);
  });
});

describe('the public library of a vendor', () => {
  const entry = (libraryId: string, name: string) => ({
    libraryId,
    name,
    description: null,
    language: 'en',
    accent: null,
    gender: null,
    age: null,
    category: 'professional',
    useCase: null,
    priceMultiplier: 2,
    noticePeriodDays: 90,
    previewUrl: `https://vendor.invalid/${libraryId}.mp3`,
  });

  it('is searched page by page, and a voice of it can be cast as soon as it was added', async () => {
    const { vendor, open } = startScene();
    vendor.library = [entry('a', 'Deep Dave'), entry('b', 'Deep Dora')];
    const studio = await open();
    const workspaceId = await addVendor(studio);
    await idsOf(studio);
    const page = await studio.client.call('voice.library', { workspaceId, search: 'Deep', page: 1 });
    expect(page).toMatchObject({ voices: [{ libraryId: 'b', name: 'Deep Dora', hasPreview: true }], hasMore: false });
    const added = await studio.client.call('voice.addFromLibrary', { workspaceId, libraryId: 'b', name: 'Dora' });
    expect(added).toMatchObject({ voiceId: 'added-b', name: 'Dora', availability: 'available' });
    const script = await studio.script(['Hello there.'], 'eleven/Dora');
    expect((await studio.client.call('render.estimate', { scriptId: script.id })).problems).toEqual([]);
  });

  it('that cannot be reached, or that there is none, is said in the vendor’s and our words', async () => {
    const { open } = startScene();
    const studio = await open();
    const workspaceId = await addVendor(studio);
    await expect(
      studio.client.call('voice.addFromLibrary', { workspaceId, libraryId: 'zzz', name: 'X' }),
    ).rejects.toMatchObject({ code: 'provider_offline', message: 'There is no such voice.' });
    const { id: silent } = await studio.client.call('workspace.add', { provider: 'chosen', name: 'silent' });
    await expect(studio.client.call('voice.library', { workspaceId: silent })).rejects.toMatchObject({
      code: 'not_found',
      message: expect.stringContaining('Silent Vendor has no public voice library'),
    });
    await studio.client.call('workspace.removeKey', { workspaceId });
    await expect(studio.client.call('voice.library', { workspaceId })).rejects.toMatchObject({ code: 'key_missing' });
  });
});
