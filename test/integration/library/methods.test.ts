/** What people ask of scripts, variants, takes and workspaces, through the whole engine. */
import { describe, expect, it } from 'vitest';
import type { Script } from '#contract/entities.ts';
import type { MethodInput } from '#contract/methods/index.ts';
import { startGenerationsServer } from '#hosts/demo/vendors/chosen/server.ts';
import { endAll, later, openHosted, renderAll, tempFolder, type Hosted } from './setup.ts';

endAll();

const source = `---
title: Sale   # as the client wrote it
slot: 15
cast:
  ANNOUNCER: scratch/slt
---
ANNOUNCER: [pause 300ms] Spring is here in {{city}}. [pause 200ms]
CUSTOMER: Really?
`;
const open = async (): Promise<Hosted & { readonly script: Script }> => {
  const hosted = await openHosted(tempFolder());
  const project = await hosted.client.call('project.ensure', { name: 'Sale' });
  const script = await hosted.client.call('script.save', {
    projectId: project.id,
    path: 'sale.txt',
    source: { kind: 'text', text: source },
  });
  return { ...hosted, script };
};
const done = async ({ client }: Hosted, scriptId: Script['id']): Promise<void> => {
  const ended = new Promise<void>((resolve) => {
    client.on('render.changed', ({ render }) => {
      if (render.state === 'done') resolve();
    });
  });
  await client.call('render.enqueue', { scriptId });
  await ended;
};

describe('the cast of a script', () => {
  it('is written into the front matter and leaves every other byte', async () => {
    const { client, script } = await open();
    const changed = await client.call('script.setCast', { scriptId: script.id, cast: { CUSTOMER: 'scratch/rms' } });
    expect(changed.source.replace(/\n {2}CUSTOMER: scratch\/rms/, '')).toBe(source);
    expect(changed.revision).toBe(2);
    expect(changed.cast.map(({ character, voice }) => `${character} ${voice}`)).toEqual([
      'ANNOUNCER scratch/slt',
      'CUSTOMER scratch/rms',
    ]);
    expect(changed.lines.map(({ id }) => id)).toEqual(script.lines.map(({ id }) => id));
  });

  it('takes model and settings too, and gives them and the voice back', async () => {
    const { client, script } = await open();
    const set = (cast: MethodInput<'script.setCast'>['cast']) =>
      client.call('script.setCast', { scriptId: script.id, cast });
    const slow = await set({ ANNOUNCER: { settings: { speed: 0.9 } } });
    expect(slow.source).toContain('ANNOUNCER: {voice: scratch/slt, settings: {speed: 0.9}}');
    expect(slow.cast[0]).toEqual({
      character: 'ANNOUNCER',
      voice: 'scratch/slt',
      model: null,
      settings: { speed: 0.9 },
    });
    await set({ ANNOUNCER: { model: 'm1' }, CUSTOMER: { voice: 'scratch/rms' } });
    const back = await set({ ANNOUNCER: { model: null, settings: {} }, CUSTOMER: { voice: null } });
    expect(back.source).toBe(source);
    await expect(set({ CUSTOMER: { model: 'm1' } })).rejects.toMatchObject({ code: 'invalid_input' });
    expect((await client.call('script.get', { scriptId: script.id })).source).toBe(source);
  });
});

describe('a script that is removed', () => {
  it('is gone from the list, and its takes stay', async () => {
    const hosted = await openHosted(tempFolder());
    await renderAll(hosted.client, ['This line stays.']);
    const [script] = await hosted.client.call('script.list', {});
    await hosted.client.call('script.remove', { scriptId: script?.id ?? ('' as never) });
    expect(await hosted.client.call('script.list', {})).toEqual([]);
    await expect(hosted.client.call('script.get', { scriptId: script?.id ?? ('' as never) })).rejects.toMatchObject({
      code: 'not_found',
    });
    expect((await hosted.client.call('take.list', {})).takes).toHaveLength(1);
    await renderAll(hosted.client, ['This line stays.']);
    expect((await hosted.client.call('take.list', {})).takes).toHaveLength(1);
  });
});

describe('the variants of a script', () => {
  it('are cleared with their columns, and a script without them has one variant again', async () => {
    const { client, script } = await open();
    const csv = 'variant;city\nnorth;Oslo\nsouth;Rome\n';
    expect(
      (await client.call('variant.import', { scriptId: script.id, source: { kind: 'text', text: csv } })).saved,
    ).toBe(true);
    expect((await client.call('variant.list', { scriptId: script.id })).variants.map(({ name }) => name)).toEqual([
      'north',
      'south',
    ]);
    expect(await client.call('variant.clear', { scriptId: script.id })).toMatchObject({
      columns: [],
      variants: [],
      problems: [],
    });
    expect((await client.call('script.list', {}))[0]?.variantCount).toBe(0);
  });
});

describe('a spot', () => {
  it('is all lines of a variant in order with their pauses and selected takes, and its length is their sum', async () => {
    const hosted = await open();
    const { client, script } = hosted;
    await client.call('script.setCast', { scriptId: script.id, cast: { CUSTOMER: 'scratch/rms' } });
    await client.call('variant.import', {
      scriptId: script.id,
      source: { kind: 'text', text: 'variant,city\nnorth,Oslo\n' },
    });
    const before = await client.call('take.spot', { scriptId: script.id, variant: 'north' });
    expect(before.steps.map(({ take }) => take)).toEqual([null, null]);
    expect(before).toMatchObject({ durationMs: 500, slotSeconds: 15 });
    await done(hosted, script.id);
    const after = await client.call('take.spot', { scriptId: script.id, variant: 'north' });
    expect(
      after.steps.map(({ text, leadingPauseMs, trailingPauseMs }) => [text, leadingPauseMs, trailingPauseMs]),
    ).toEqual([
      ['Spring is here in Oslo.', 300, 200],
      ['Really?', 0, 0],
    ]);
    const spoken = after.steps.reduce((sum, { take }) => sum + (take?.durationMs ?? 0), 0);
    expect(spoken).toBeGreaterThan(500);
    expect(after.durationMs).toBeCloseTo(500 + spoken, 6);
  });

  it('plays the take that was selected', async () => {
    const hosted = await openHosted(tempFolder());
    const render = await renderAll(hosted.client, ['Which one will it be?']);
    const scriptId = render.scriptId ?? ('' as never);
    const again = new Promise<void>((resolve) => {
      hosted.client.on('render.changed', ({ render: { id, state } }) => {
        if (id !== render.id && state === 'done') resolve();
      });
    });
    await hosted.client.call('render.enqueue', { scriptId, retake: true });
    await again;
    const playing = async (): Promise<number | undefined> =>
      (await hosted.client.call('take.spot', { scriptId, variant: 'default' })).steps[0]?.take?.takeNo;
    expect(await playing()).toBe(2);
    const { takes } = await hosted.client.call('take.list', {});
    await hosted.client.call('take.select', { takeId: takes.find(({ takeNo }) => takeNo === 1)?.id ?? ('' as never) });
    expect(await playing()).toBe(1);
  });
});

describe('takes', () => {
  it('are found by text, by voice and by character', async () => {
    const hosted = await open();
    await hosted.client.call('script.setCast', { scriptId: hosted.script.id, cast: { CUSTOMER: 'scratch/rms' } });
    await hosted.client.call('variant.import', {
      scriptId: hosted.script.id,
      source: { kind: 'text', text: 'variant,city\nnorth,100% Oslo\n' },
    });
    await done(hosted, hosted.script.id);
    const found = async (search: string): Promise<string[]> =>
      (await hosted.client.call('take.list', { search })).takes.map(({ text }) => text).sort();
    expect(await found('spring')).toEqual(['Spring is here in 100% Oslo.']);
    expect(await found('rms')).toEqual(['Really?']);
    expect(await found('announcer')).toEqual(['Spring is here in 100% Oslo.']);
    expect(await found('100%')).toEqual(['Spring is here in 100% Oslo.']);
    expect(await found('%')).toEqual(['Spring is here in 100% Oslo.']);
    expect(await found('nobody')).toEqual([]);
  });

  it('are listed by line and by variant, in pages', async () => {
    const hosted = await openHosted(tempFolder());
    await renderAll(hosted.client, ['One.', 'Two.', 'Three.']);
    const [script] = await hosted.client.call('script.list', {});
    const { lines } = await hosted.client.call('script.get', { scriptId: script?.id ?? ('' as never) });
    expect(
      (await hosted.client.call('take.list', { lineId: lines[1]?.id ?? ('' as never) })).takes.map(({ text }) => text),
    ).toEqual(['Two.']);
    expect(
      (await hosted.client.call('take.list', { scriptId: script?.id ?? ('' as never), variant: 'default' })).takes,
    ).toHaveLength(3);
    expect((await hosted.client.call('take.list', { variant: 'other' })).takes).toEqual([]);
    const first = await hosted.client.call('take.list', { limit: 2 });
    const second = await hosted.client.call('take.list', { limit: 2, after: first.cursor ?? '' });
    expect([...first.takes, ...second.takes].map(({ text }) => text).sort()).toEqual(['One.', 'Three.', 'Two.']);
    expect(second.cursor).toBeNull();
  });
});

describe('the test of a workspace', () => {
  it('reaches the vendor for nothing, and says what is wrong', async () => {
    const vendor = await startGenerationsServer({ seed: 1 });
    later(() => vendor.close());
    const { client } = await openHosted(tempFolder());
    const add = (name: string, key?: string) =>
      client.call('workspace.add', {
        provider: 'chosen',
        name,
        baseUrl: vendor.baseUrl,
        ...(key === undefined ? {} : { key }),
      });
    const good = await add('good', vendor.apiKey);
    const bad = await add('bad', 'not-the-key-at-all');
    const none = await add('none');
    expect((await client.call('workspace.test', { workspaceId: good.id })).ok).toBe(true);
    expect((await client.call('workspace.test', { workspaceId: bad.id })).ok).toBe(false);
    expect(await client.call('workspace.test', { workspaceId: none.id })).toMatchObject({
      ok: false,
      checks: [{ name: 'key', ok: false }],
    });
    expect(vendor.ledger()).toEqual([]);
  });
});
