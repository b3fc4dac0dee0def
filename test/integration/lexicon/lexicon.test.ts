/** How a project's words are said, for which voice, and what a change of it would cost. */
import { describe, expect, it } from 'vitest';
import type { LexiconEntry } from '#contract/entities.ts';
import { endAll } from '#test/builders/endings.ts';
import { openTable } from '../variants/setup.ts';

endAll();

const entry = (word: string, say: string, more: Partial<LexiconEntry> = {}): LexiconEntry => ({
  word,
  say,
  language: null,
  caseSensitive: false,
  ...more,
});
const cmu = { alphabet: 'cmu', symbols: 'L IY1 D Z' } as const;

describe('a lexicon', () => {
  it('keeps phonemes beside the other spelling', async () => {
    const { client, projectId } = await openTable();
    const entries = [entry('Leeds', 'Leads', { phonemes: cmu }), entry('York', 'Yorrick', { language: 'en' })];
    await client.call('lexicon.set', { projectId, entries });
    expect(await client.call('lexicon.get', { projectId })).toEqual(entries);
  });
});

describe('an entry, compiled for a voice', () => {
  it('is its other spelling where the model takes no phonemes, with the reason', async () => {
    const { client } = await openTable();
    const [scratch] = await client.call('workspace.list', {});
    const compile = (one: LexiconEntry, workspaceId = scratch?.id ?? ('' as never), model: string | null = null) =>
      client.call('lexicon.compile', { entry: one, workspaceId, voiceId: 'slt', model });
    expect(await compile(entry('Leeds', ' Leads '))).toEqual({ text: 'Leads', how: 'alias', note: '' });
    expect(await compile(entry('Leeds', 'Leads', { phonemes: cmu }))).toMatchObject({
      text: 'Leads',
      how: 'alias',
      note: expect.stringContaining('takes no phonemes: "Leads" is said.'),
    });
    const { id } = await client.call('workspace.add', {
      provider: 'elevenlabs',
      name: 'eleven',
      baseUrl: 'http://127.0.0.1:9',
      key: 'sk-test',
      settings: {},
    });
    expect(await compile(entry('Leeds', 'Leads', { phonemes: cmu }), id, 'eleven_flash_v2')).toEqual({
      text: '<phoneme alphabet="cmu-arpabet" ph="L IY1 D Z">Leeds</phoneme>',
      how: 'cmu',
      note: '',
    });
    expect(await compile(entry('Leeds Castle', 'x', { phonemes: cmu }), id, 'eleven_flash_v2')).toMatchObject({
      how: 'alias',
      note: expect.stringContaining('single words only'),
    });
  });
});

describe('the impact of a change', () => {
  it('is the lines that say the word, over all scripts, and the owned sounds to render again', async () => {
    const table = await openTable({ start: true });
    const { client, projectId, scriptId } = table;
    await table.import('variant,city,day\na,Leeds,Monday\nb,Hull,Monday\nc,Leeds,Friday\n');
    await client.call('script.save', {
      projectId,
      path: 'broken.cue.txt',
      source: { kind: 'text', text: 'NOBODY: Leeds.\n' },
    });
    const impact = (...entries: LexiconEntry[]) => client.call('lexicon.impact', { projectId, entries });
    expect(await impact(entry('Leeds', 'Leads'))).toMatchObject({
      words: [{ word: 'Leeds', lines: 1, units: 1 }],
      scripts: [{ scriptId, lines: 1 }],
      units: 0,
      credits: 0,
      note: 'Nothing that is owned has to be rendered again. 1 script cannot be spoken yet and is not counted.',
    });
    await table.studio.settled((await client.call('render.enqueue', { scriptId })).id);
    expect(await impact(entry('Leeds', 'Leads'), entry('Monday', 'Mundy'))).toMatchObject({
      words: [
        { word: 'Leeds', lines: 1, units: 1 },
        { word: 'Monday', lines: 1, units: 1 },
      ],
      scripts: [{ scriptId, title: 'Open day', lines: 2 }],
      units: 2,
      credits: 0,
      note: expect.stringMatching(/^Free: nothing is charged\./),
    });
  });

  it('is none for words that are saved already', async () => {
    const { client, projectId, ...table } = await openTable({ start: true });
    await table.import('variant,city\na,Leeds\n');
    const entries = [entry('Leeds', 'Leads')];
    await client.call('lexicon.set', { projectId, entries });
    await table.studio.settled((await client.call('render.enqueue', { scriptId: table.scriptId })).id);
    expect(await client.call('lexicon.impact', { projectId, entries })).toMatchObject({ scripts: [], units: 0 });
    expect(await client.call('lexicon.impact', { projectId, entries: [] })).toMatchObject({ words: [], units: 1 });
  });
});
