/** The lists of voices and models: when they are read, what is kept of them, and what they are good for offline. */
import { describe, expect, it } from 'vitest';
import { createVoiceCatalogue } from '#engine/voices/catalogue.ts';
import { modelOf } from './listing-vendor.ts';
import { addVendor, bill, endAll, idsOf, key, minute, rachel, sarah, startScene } from './setup.ts';

endAll();

describe('the lists', () => {
  it('are read once for all who ask at the same time, and again only when they are five minutes old', async () => {
    const { vendor, skip, open } = startScene();
    const studio = await open();
    const workspaceId = await addVendor(studio);
    const filter = { workspaceId };
    expect(await Promise.all([idsOf(studio, filter), idsOf(studio, filter)])).toEqual([
      ['v-rachel', 'v-sarah', 'v-bill'],
      ['v-rachel', 'v-sarah', 'v-bill'],
    ]);
    expect(vendor.asked).toEqual([key]);
    skip(4 * minute);
    await idsOf(studio, filter);
    expect(vendor.asked).toHaveLength(1);
    skip(2 * minute);
    vendor.voices = [sarah];
    const changed = studio.event('voice.changed', (event) => event.workspaceId === workspaceId);
    const { voices } = await studio.client.call('voice.list', filter);
    expect(voices.map(({ name, availability }) => [name, availability])).toEqual([
      ['Sarah', 'available'],
      ['Rachel', 'gone'],
      ['Bill', 'gone'],
    ]);
    expect((await changed).workspaceId).toBe(workspaceId);
    await idsOf(studio, { refresh: false });
    expect(vendor.asked).toHaveLength(2);
  });

  it('are there after a restart without a network, with their age and the reason', async () => {
    const { vendor, skip, open } = startScene();
    const first = await open();
    const workspaceId = await addVendor(first);
    await idsOf(first);
    const read = (await first.client.call('voice.list', {})).catalogues.find((one) => one.workspaceId === workspaceId);
    await first.close();
    skip(60 * minute);
    vendor.failure = 'The vendor cannot be reached.';
    const second = await open();
    const { voices, catalogues, unavailable } = await second.client.call('voice.list', { workspaceId });
    expect(voices.map(({ name }) => name)).toEqual(['Rachel', 'Sarah', 'Bill']);
    expect(catalogues).toEqual([{ ...read, message: 'The vendor cannot be reached.' }]);
    expect(unavailable).toEqual([{ workspaceId, message: 'The vendor cannot be reached.' }]);
    expect(await second.client.call('voice.models', { workspaceId })).toEqual(vendor.models);
    const script = await second.script(['Ten chars.'], 'eleven/v-sarah');
    // Two credits a character by the model, three times that by the voice: both from the cache.
    expect((await second.client.call('render.estimate', { scriptId: script.id })).credits).toBe(60);
  });

  it('of a vendor that failed are not asked for with every call, but whenever a person wants them', async () => {
    const { vendor, skip, open } = startScene();
    vendor.failure = 'Nobody is there.';
    const studio = await open();
    const workspaceId = await addVendor(studio);
    for (let count = 0; count < 3; count += 1) expect(await idsOf(studio, { workspaceId })).toEqual([]);
    expect(vendor.asked).toHaveLength(1);
    vendor.failure = null;
    const [state] = await studio.client.call('voice.refresh', { workspaceId });
    expect(state).toMatchObject({ workspaceName: 'eleven', voices: 3, message: null });
    vendor.failure = 'Away again.';
    await studio.client.call('voice.refresh', {});
    skip(minute);
    vendor.failure = null;
    expect(await idsOf(studio, { workspaceId })).toHaveLength(3);
    expect((await studio.client.call('voice.list', {})).unavailable).toEqual([]);
  });

  it('keep the models of before where only those could not be read', async () => {
    const { vendor, open } = startScene();
    const studio = await open();
    const workspaceId = await addVendor(studio);
    await idsOf(studio);
    vendor.modelsFailure = 'No models today.';
    vendor.voices = [bill];
    const [state] = await studio.client.call('voice.refresh', { workspaceId });
    expect(state).toMatchObject({ voices: 1, message: 'No models today.' });
    expect(await studio.client.call('voice.models', { workspaceId })).toHaveLength(2);
  });

  it('are not waited for where old ones are there', async () => {
    const { vendor, skip, open } = startScene();
    const studio = await open();
    const workspaceId = await addVendor(studio);
    await idsOf(studio);
    skip(6 * minute);
    let tell = (): void => undefined;
    vendor.gate = new Promise((resolve) => {
      tell = resolve;
    });
    vendor.voices = [rachel, sarah, bill, { ...bill, voiceId: 'v-new' }];
    expect(await idsOf(studio, { workspaceId })).toHaveLength(3);
    const changed = studio.event('voice.changed', (event) => event.workspaceId === workspaceId);
    tell();
    await changed;
    expect(await idsOf(studio, { workspaceId, refresh: false })).toHaveLength(4);
  });

  it('are read with the new key when the key was changed meanwhile, and with none where there is none', async () => {
    const { vendor, open } = startScene();
    const studio = await open();
    let tell = (): void => undefined;
    vendor.gate = new Promise((resolve) => {
      tell = resolve;
    });
    const workspaceId = await addVendor(studio);
    const found = idsOf(studio, { workspaceId });
    await studio.client.call('workspace.setKey', { workspaceId, key: 'another-key-9876543210' });
    tell();
    expect(await found).toHaveLength(3);
    expect(vendor.asked).toEqual([key, 'another-key-9876543210']);
    await studio.client.call('workspace.update', { workspaceId, name: 'renamed' });
    expect((await studio.client.call('voice.list', { workspaceId })).voices[0]?.reference).toBe('renamed/v-rachel');
    expect(vendor.asked).toHaveLength(2);
    await studio.client.call('workspace.removeKey', { workspaceId });
    const { voices, unavailable } = await studio.client.call('voice.list', { workspaceId });
    expect(voices).toHaveLength(3);
    expect(unavailable[0]?.message).toContain('has no API key');
    expect(vendor.asked).toHaveLength(2);
  });

  it('are kept in memory where the library may only be read', async () => {
    const { vendor, skip, open } = startScene();
    const studio = await open();
    const workspaceId = await addVendor(studio);
    await idsOf(studio);
    skip(6 * minute);
    vendor.voices = [sarah];
    const refuse = (): never => {
      throw new Error('Nothing may be written.');
    };
    const database = { ...studio.ports.database, transaction: refuse, exec: refuse };
    const reader = createVoiceCatalogue({ ...studio.ports, database }, vendor.providers, undefined, { readOnly: true });
    await reader.refresh([workspaceId]);
    const [only, ...others] = reader.list().filter((voice) => voice.workspaceId === workspaceId);
    expect([only?.name, others.length]).toEqual(['Sarah', 0]);
    expect(() => only && reader.mark(only, { favourite: true })).toThrow('Nothing may be written.');
    expect(await idsOf(studio, { workspaceId, refresh: false })).toHaveLength(3);
  });
});

describe('the models', () => {
  it('are the workspace’s, or those that a voice goes with', async () => {
    const { vendor, open } = startScene();
    const studio = await open();
    const workspaceId = await addVendor(studio);
    const ids = async (voiceId?: string): Promise<string[]> =>
      (await studio.client.call('voice.models', { workspaceId, ...(voiceId === undefined ? {} : { voiceId }) })).map(
        ({ modelId }) => modelId,
      );
    expect(await ids()).toEqual(['m1', 'm2']);
    expect(await ids('v-rachel')).toEqual(['m1']);
    expect(await ids('v-bill')).toEqual(['m1', 'm2']);
    expect(vendor.asked).toHaveLength(1);
  });

  it('decide how long a text may be, as soon as they are read', async () => {
    const { vendor, open } = startScene();
    vendor.models = [modelOf('m1', { textLimit: 77 })];
    const studio = await open();
    const workspaceId = await addVendor(studio);
    await studio.client.call('voice.refresh', { workspaceId });
    const found = (await studio.client.call('workspace.list', {})).find(({ id }) => id === workspaceId);
    expect(found?.textLimit).toBe(77);
  });
});

describe('the seconds that a character takes', () => {
  it('are learned from the takes of the voice', async () => {
    const { vendor, open, skip } = startScene();
    const studio = await open();
    const workspaceId = await addVendor(studio);
    const ports = studio.ports;
    const catalogue = createVoiceCatalogue(ports, vendor.providers);
    expect(catalogue.ratesOf(workspaceId, 'v-sarah').secondsPerCharacter).toBeNull();
    const lines = [
      'A line of thirty-one characters.',
      'Another of them that is spoken.',
      'The last of three lines, spoken.',
    ];
    const script = await studio.script(lines, 'eleven/v-sarah');
    await studio.settled((await studio.client.call('render.enqueue', { scriptId: script.id })).id);
    skip(minute);
    const { takes } = await studio.client.call('take.list', {});
    const seconds = takes.reduce((sum, take) => sum + take.durationMs / 1000, 0);
    const characters = takes.reduce((sum, take) => sum + [...take.text].length, 0);
    expect(catalogue.ratesOf(workspaceId, 'v-sarah').secondsPerCharacter).toBeCloseTo(seconds / characters, 6);
    expect(catalogue.ratesOf(workspaceId, 'v-bill').secondsPerCharacter).toBeCloseTo(seconds / characters, 6);
  });
});
