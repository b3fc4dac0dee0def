/** Where a take is heard now, and its file to take away. */
import { existsSync, rmSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import type { TakeId } from '#contract/entities.ts';
import { endAll, saveScript, startStudio } from '../queue/setup.ts';

afterEach(endAll);

const script = `---
title: Open day
cast:
  HOST: scratch/slt
---
HOST: Welcome to {{city}}.
HOST: See you soon.
`;
const open = async () => {
  const studio = await startStudio();
  const project = await studio.client.call('project.ensure', { name: 'Colleges' });
  const save = (text: string) =>
    studio.client.call('script.save', {
      projectId: project.id,
      path: 'open-day.cue.txt',
      source: { kind: 'text', text },
    });
  const saved = await save(script);
  await studio.client.call('variant.import', {
    scriptId: saved.id,
    source: { kind: 'text', text: 'variant,city\nleeds,Leeds\nyork,York\nhull,Hull\n' },
  });
  await studio.settled((await studio.client.call('render.enqueue', { scriptId: saved.id })).id);
  const { takes } = await studio.client.call('take.list', {});
  const takeOf = (words: string): TakeId => takes.find(({ text }) => text.includes(words))?.id as TakeId;
  return { studio, save, scriptId: saved.id, takeOf };
};

describe('the places of a take', () => {
  it('are the lines that say it, with how many of their variants', async () => {
    const { studio, scriptId, takeOf } = await open();
    expect(await studio.client.call('take.places', { takeId: takeOf('soon') })).toEqual([
      { scriptId, title: 'Open day', lineId: expect.any(String), linePosition: 2, firstVariant: 'leeds', variants: 3 },
    ]);
    expect(await studio.client.call('take.places', { takeId: takeOf('York') })).toMatchObject([
      { linePosition: 1, firstVariant: 'york', variants: 1 },
    ]);
  });

  it('are none where the line was rewritten, and come back with its words', async () => {
    const { studio, save, takeOf } = await open();
    await save(script.replace('See you soon', 'See you there'));
    expect(await studio.client.call('take.places', { takeId: takeOf('soon') })).toEqual([]);
    await save(script);
    expect(await studio.client.call('take.places', { takeId: takeOf('soon') })).toHaveLength(1);
  });

  it('are none where its script cannot be spoken any more', async () => {
    const { studio, save, takeOf } = await open();
    await save(script.replace('scratch/slt', 'gone/slt'));
    expect(await studio.client.call('take.places', { takeId: takeOf('soon') })).toEqual([]);
  });
});

describe('the file of a take', () => {
  it('is where it lies, and is named by what it says and for whom', async () => {
    const { studio, takeOf } = await open();
    const file = await studio.client.call('take.file', { takeId: takeOf('York') });
    expect(file.fileName).toBe('Open day_york_01_HOST_take1.wav');
    expect(existsSync(file.path)).toBe(true);
  });

  it('is refused where it is gone, in words that say what to do', async () => {
    const { studio, takeOf } = await open();
    const { path } = await studio.client.call('take.file', { takeId: takeOf('York') });
    rmSync(path);
    await expect(studio.client.call('take.file', { takeId: takeOf('York') })).rejects.toMatchObject({
      code: 'media_missing',
      action: { type: 'run-doctor' },
    });
  });

  it('has a name that every system takes', async () => {
    const studio = await startStudio();
    const saved = await saveScript(studio, 'A/B "test"?', ['Hello there.'], 'scratch/slt');
    await studio.settled((await studio.client.call('render.enqueue', { scriptId: saved.id })).id);
    const [take] = (await studio.client.call('take.list', {})).takes;
    const { fileName } = await studio.client.call('take.file', { takeId: take?.id as TakeId });
    expect(fileName).toMatch(/^A-B -test--_default_01_NARRATOR_take1\.wav$/);
  });
});
