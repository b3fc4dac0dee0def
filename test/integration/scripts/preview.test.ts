/** What one variant says, line by line, over a real queue and the offline voices. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Script } from '#contract/entities.ts';
import { openStudio, type Studio } from '#test/builders/studio.ts';

let studio: Studio;
let script: Script;
const source = `---
slot: 5
cast:
  HOST: scratch/slt
  GUEST: scratch/rms
---
HOST: Welcome to {{city}}. [pause 300ms]
[pause 1s]
GUEST: Come on {{day|"Monday"}}.
HOST: Good night.
`;
beforeAll(async () => {
  studio = await openStudio();
  const project = await studio.client.call('project.ensure', { name: 'Test' });
  script = await studio.client.call('script.save', {
    projectId: project.id,
    path: 'a.txt',
    source: { kind: 'text', text: source },
  });
  await studio.client.call('lexicon.set', {
    projectId: project.id,
    entries: [{ word: 'Leicester', say: 'Lester', language: null, caseSensitive: false }],
  });
  await studio.client.call('variant.import', {
    scriptId: script.id,
    source: { kind: 'text', text: 'variant,city,day\nleicester,Leicester,\nyork,York,Friday\nhull,Hull,Monday\n' },
  });
});
afterAll(() => studio.remove());

const preview = (more: { source?: string; variant?: string; index?: number } = {}) =>
  studio.client.call('script.preview', { scriptId: script.id, ...more });

describe('the preview of a variant', () => {
  it('says each line with its values, words of the lexicon, pauses, and how many variants share it', async () => {
    const shown = await preview();
    expect(shown).toMatchObject({ variant: 'leicester', index: 0, variants: 3, slotSeconds: 5, credits: 0 });
    expect(
      shown.lines.map(({ spoken, sharedBy, sourceLine, voice }) => ({ spoken, sharedBy, sourceLine, voice })),
    ).toEqual([
      { spoken: 'Welcome to Lester.', sharedBy: 1, sourceLine: 7, voice: 'scratch/slt' },
      { spoken: 'Come on Monday.', sharedBy: 2, sourceLine: 9, voice: 'scratch/rms' },
      { spoken: 'Good night.', sharedBy: 3, sourceLine: 10, voice: 'scratch/slt' },
    ]);
    expect(shown.lines[0]).toMatchObject({ trailingPauseMs: 1300, state: 'fresh', credits: 0, takeId: null });
    expect(shown.lowSeconds).toBeLessThan(shown.seconds);
    expect((await preview({ variant: 'hull' })).index).toBe(2);
    expect((await preview({ index: 1 })).values).toEqual({ city: 'York', day: 'Friday' });
    expect((await preview({ variant: 'gone', index: 99 })).variant).toBe('leicester');
  });

  it('of an unsaved text keeps the ids of its lines, and tells what cannot be said yet', async () => {
    const draft = `${source.replace('Good night.', 'Good night to {{name}}.')}EXTRA: Me too.\n`;
    const { lines } = await preview({ source: draft });
    expect(lines.map(({ state }) => state)).toEqual(['fresh', 'fresh', 'problem', 'problem']);
    expect(lines.slice(0, 3).map(({ lineId }) => lineId)).toEqual(script.lines.map(({ id }) => id));
    expect(lines[2]?.spoken).toBe('Good night to {{name}}.');
    expect(lines[3]).toMatchObject({ voice: null, seconds: null, recipeHash: null });
  });

  it('measures what is rendered, with the verdict on it', async () => {
    const { id } = await studio.client.call('render.enqueue', { scriptId: script.id, only: ['york'] });
    await studio.settled(id);
    const { lines, seconds, lowSeconds, highSeconds, bandNote } = await preview({ variant: 'york' });
    expect(lines.map(({ state, verdict }) => ({ state, verdict }))).toEqual(
      lines.map(() => ({ state: 'owned', verdict: 'open' })),
    );
    const total = lines.reduce(
      (sum, line) => sum + (line.actualSeconds ?? 0) + (line.leadingPauseMs + line.trailingPauseMs) / 1000,
      0,
    );
    expect(seconds).toBeCloseTo(total, 0);
    expect(lowSeconds).toBe(highSeconds);
    expect(bandNote).toContain('Measured');
    expect((await preview({ variant: 'hull' })).lines.map(({ state }) => state)).toEqual(['fresh', 'fresh', 'owned']);
  });
});

it('lets others work while it looks at two thousand lines of ten thousand variants', async () => {
  const project = await studio.client.call('project.ensure', { name: 'Huge' });
  const text = `---\ncast:\n  HOST: scratch/slt\n---\n${Array.from({ length: 2000 }, (_, at) => `HOST: Line ${at} for {{city}} on {{day|"Monday"}}.`).join('\n')}\n`;
  const huge = await studio.client.call('script.save', {
    projectId: project.id,
    path: 'huge',
    source: { kind: 'text', text },
  });
  const rows = Array.from({ length: 10_000 }, (_, at) => `v${at},City ${at % 50},`).join('\n');
  await studio.client.call('variant.import', {
    scriptId: huge.id,
    source: { kind: 'text', text: `variant,city,day\n${rows}\n` },
  });
  let turns = 0;
  let over = false;
  const count = (): void => {
    turns += 1;
    if (!over) setImmediate(count);
  };
  setImmediate(count);
  const { lines } = await studio.client.call('script.preview', { scriptId: huge.id, variant: 'v99' });
  over = true;
  expect(lines.length).toBe(2000);
  expect(lines[7]).toMatchObject({ spoken: 'Line 7 for City 49 on Monday.', sharedBy: 200 });
  expect(turns).toBeGreaterThan(5);
});
