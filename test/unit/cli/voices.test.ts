import { describe, expect, it } from 'vitest';
import { Voice } from '#contract/voices.ts';
import { createFakeStudio, createFakeTerminal, paid, runFake, type FakeHandlers } from './fake-studio.ts';

const voice = (voiceId: string, part: Partial<Voice> = {}): Voice => ({
  ...Voice.parse({
    workspaceId: paid.id,
    workspaceName: 'agency',
    provider: 'elevenlabs',
    voiceId,
    name: 'Aria',
    reference: `agency/${voiceId}`,
    language: 'en',
    gender: 'female',
    description: 'warm',
    free: false,
  }),
  ...part,
});
const listed = (voices: readonly Voice[]): FakeHandlers => ({
  'voice.list': () => ({ voices, total: voices.length, facets: {}, catalogues: [], unavailable: [] }),
});
const run = async (args: readonly string[], handlers: FakeHandlers) => {
  const studio = createFakeStudio({ 'workspace.list': () => [paid], ...handlers });
  const terminal = createFakeTerminal({ now: 3_600_000 });
  const exitCode = await runFake(studio, terminal, ['voices', ...args]);
  const input = (method: string) => studio.calls.find((call) => call.method === method)?.input;
  return { exitCode, studio, ...terminal.said, input };
};

describe('finding voices', () => {
  it('goes by words and every filter', async () => {
    const { input } = await run(
      [
        ...[
          'search',
          'warm',
          'narrator',
          '--language',
          'en',
          '--accent',
          'british',
          '--gender',
          'female',
          '--age',
          'young',
        ],
        ...['--use-case', 'ads', '--category', 'cloned', '--style', 'calm', '--model', 'm1', '--max-multiplier', '1.5'],
        ...['--notice', 'none', '--favourites', '--workspace', 'agency'],
      ],
      listed([]),
    );
    expect(input('voice.list')).toEqual({
      search: 'warm narrator',
      language: 'en',
      accent: 'british',
      gender: 'female',
      age: 'young',
      useCase: 'ads',
      category: 'cloned',
      style: 'calm',
      model: 'm1',
      maxMultiplier: 1.5,
      notice: 'none',
      favouritesOnly: true,
      workspaceId: 'w2',
      order: 'vendor',
      refresh: true,
      offset: 0,
      facets: true,
    });
  });

  it('shows what a cast writes, marks, the price, and when a voice goes', async () => {
    const { out } = await run(
      ['search'],
      listed([
        voice('v1', { favourite: true, alias: 'Spring lady', priceMultiplier: 2 }),
        voice('v2', { availability: 'notice', noticeEndsAt: Date.UTC(2026, 4, 1) }),
        voice('v3', { availability: 'gone' }),
      ]),
    );
    expect(out).toMatch(/agency\/v1 \* +Spring lady \(Aria\) +en +female +credits x 2/);
    expect(out).toMatch(/agency\/v2 .*until 2026-05-01/);
    expect(out).toMatch(/agency\/v3 .*gone/);
  });

  it('says how old a list is that could not be read anew', async () => {
    const { err } = await run([], {
      'voice.list': () => ({
        total: 0,
        voices: [],
        facets: {},
        catalogues: [{ workspaceId: paid.id, workspaceName: 'agency', voices: 3, readAt: 0, message: 'No answer.' }],
        unavailable: [],
      }),
    });
    expect(err).toContain('agency: No answer. The list is of 1 h ago.');
  });
});

describe('marking a voice', () => {
  const marking: FakeHandlers = {
    ...listed([voice('v1'), voice('v2', { alias: 'Spring lady' })]),
    'voice.mark': (input) => voice(input.voiceId, { favourite: input.favourite ?? false, alias: input.alias ?? null }),
  };

  it.each([
    ['agency/v1', 'v1'],
    ['agency/spring lady', 'v2'],
    ['agency/aria', 'v1'],
    ['agency/gone-long-ago', 'gone-long-ago'],
    ['agency/a/b', 'a/b'],
  ])('knows %j as %j', async (reference, voiceId) => {
    const { input } = await run(['mark', reference, '--no-favourite'], marking);
    expect(input('voice.mark')).toEqual({ workspaceId: 'w2', voiceId, favourite: false });
  });

  it('says what it is now', async () => {
    const { out } = await run(['mark', 'agency/v1', '--favourite', '--alias', 'Ann'], marking);
    expect(out).toBe('agency/v1 is a favourite and called Ann.\n');
  });

  it('needs a workspace in the name', async () => {
    expect((await run(['mark', 'v1', '--favourite'], marking)).exitCode).toBe(2);
  });
});

it('names replacements with what speaks for each', async () => {
  const found = [{ voice: voice('v2'), reasons: ['same language', 'same age'] }];
  const handlers: FakeHandlers = { ...listed([voice('v1')]), 'voice.similar': () => found };
  const { out, input } = await run(['similar', 'agency/v1'], handlers);
  expect(input('voice.similar')).toEqual({ workspaceId: 'w2', voiceId: 'v1', limit: 5 });
  expect(out).toMatch(/agency\/v2 +Aria +same language, same age/);
  expect(JSON.parse((await run(['similar', 'agency/v1', '--json'], handlers)).out)).toMatchObject([
    { reasons: found[0]?.reasons },
  ]);
  expect((await run(['similar', 'agency/v1', '--json'], { ...handlers, 'voice.similar': () => [] })).out).toBe('[]\n');
});

it('lists the scripts that a voice leaves behind', async () => {
  const gone = voice('v3', { availability: 'gone' });
  const { out, err } = await run(['impact'], {
    'voice.impact': () => [
      { voice: gone, scripts: [{ scriptId: 's1', title: 'Spring', characters: ['ANNOUNCER', 'LEGAL'] }] },
    ],
  });
  expect(out).toMatch(/agency\/v3 +Aria +gone +Spring +ANNOUNCER, LEGAL/);
  expect(err).toContain('voices similar');
});

describe("the vendor's library", () => {
  const libraryVoice = {
    libraryId: 'owner/v9',
    name: 'Narrator',
    description: null,
    language: 'en',
    accent: 'irish',
    gender: 'male',
    age: null,
    category: null,
    useCase: 'audiobooks',
    priceMultiplier: 1.5,
    noticePeriodDays: 365,
    hasPreview: true,
  };

  it('is searched page by page, the first being 1', async () => {
    const handlers: FakeHandlers = { 'voice.library': () => ({ voices: [libraryVoice], hasMore: true }) };
    const { input, out, err } = await run(
      ['library', 'agency', 'calm', 'narrator', '--language', 'en', '--page', '2'],
      handlers,
    );
    expect(input('voice.library')).toEqual({ workspaceId: 'w2', search: 'calm narrator', language: 'en', page: 1 });
    expect(out).toMatch(/owner\/v9 +Narrator +en, irish +male +audiobooks +x 1.5 +365 days/);
    expect(err).toContain('--page 3');
  });

  it('prints one object, also when nothing is there', async () => {
    const { out } = await run(['library', 'agency', '--json'], {
      'voice.library': () => ({ voices: [], hasMore: false }),
    });
    expect(JSON.parse(out)).toEqual({ voices: [], hasMore: false });
  });

  it('gives a voice to the workspace, with the name to write', async () => {
    const { input, out } = await run(['add', 'agency', 'owner/v9', '--name', 'Narrator'], {
      'voice.addFromLibrary': () => voice('v9', { name: 'Narrator' }),
    });
    expect(input('voice.addFromLibrary')).toEqual({ workspaceId: 'w2', libraryId: 'owner/v9', name: 'Narrator' });
    expect(out).toContain('a cast writes agency/v9');
  });
});

it('lists models with rates, limits and ranges', async () => {
  const model = {
    modelId: 'fast_v2',
    name: 'Fast',
    description: null,
    textLimit: 40_000,
    languages: ['en', 'de'],
    creditsPerCharacter: 0.5,
    concurrencyGroup: null,
    settings: [
      {
        name: 'speed',
        label: 'Speed',
        kind: 'number',
        min: 0.7,
        max: 1.2,
        step: null,
        choices: null,
        defaultValue: 1,
        hint: '',
      },
    ],
  };
  const { out } = await run(['models', 'agency'], { 'voice.models': () => [model] });
  expect(out).toMatch(/fast_v2 +Fast +0.5 +40,000 +en, de +speed 0.7..1.2/);
  expect((await run(['models', 'agency', '--json'], { 'voice.models': () => [] })).out).toBe('[]\n');
});

it('reads the lists anew on wish', async () => {
  const state = { workspaceId: paid.id, workspaceName: 'agency', voices: 30, readAt: 3_600_000, message: null };
  const { input, out } = await run(['refresh', 'agency'], { 'voice.refresh': () => [state] });
  expect(input('voice.refresh')).toEqual({ workspaceId: 'w2' });
  expect(out).toMatch(/agency +30 +just now/);
});
