import { expect, it } from 'vitest';
import { answering, failureOf, setUp } from './setup.ts';

it('lists presets over all pages and clones beside them, each once', async () => {
  const { supertone, context, server } = await setUp({ extraVoices: 230 });
  const voices = await supertone.voices(context);
  expect(server.counts()['lists']).toBe(4);
  expect(new Set(voices.map(({ voiceId }) => voiceId)).size).toBe(voices.length);
  expect(voices).toHaveLength(server.voices().length + 2);
  expect(voices.filter(({ isOwn }) => isOwn)).toMatchObject([
    { name: 'My Voice 1', category: 'cloned', language: null },
    { name: 'House announcer', description: 'Recorded in the small studio (made up).' },
  ]);
  expect(voices[0]).toMatchObject({
    name: 'Marlow',
    language: 'en',
    languages: ['en', 'ko', 'ja'],
    gender: 'male',
    age: 'middle-aged',
    category: 'preset',
    useCases: ['narration'],
    styles: ['neutral', 'happy', 'sad'],
    models: ['sona_speech_1', 'sona_speech_2', 'supertonic_api_1'],
    isOwn: false,
  });
  const ids = voices[0]?.previews?.map(({ previewId }) => previewId) ?? [];
  expect(ids).toContain('ko/neutral/sona_speech_2');
  expect(new Set(ids).size).toBe(ids.length);
});

it('has samples that can be heard without the key', async () => {
  const { supertone, context } = await setUp();
  const [voice] = await supertone.voices(context);
  const answer = await fetch(voice?.previews?.[0]?.url ?? '');
  expect(
    Buffer.from(await answer.arrayBuffer())
      .subarray(0, 4)
      .toString(),
  ).toBe('RIFF');
});

it('tells the models from the voices, with the ranges that each of them takes', async () => {
  const { supertone, context } = await setUp();
  const models = (await supertone.models?.(context)) ?? [];
  expect(models.map(({ modelId }) => modelId)).toEqual([
    'sona_speech_1',
    'sona_speech_2',
    'sona_speech_2_flash',
    'supertonic_api_1',
    'supertonic_api_3',
  ]);
  expect(models[0]).toMatchObject({ textLimit: 300, languages: ['en', 'ja', 'ko'], creditsPerCharacter: null });
  const range = models[0]?.settings.find(({ name }) => name === 'pitch_shift');
  expect(range).toMatchObject({ kind: 'number', min: -24, max: 24, defaultValue: 0 });
  const names = (id: string) => models.find(({ modelId }) => modelId === id)?.settings.map(({ name }) => name);
  expect(names('supertonic_api_3')).toEqual(['language', 'style', 'speed']);
  expect(names('sona_speech_2')).not.toContain('subharmonic_amplitude_control');
  expect(names('sona_speech_2')).toContain('normalized_text');
});

it('has no clones where the plan has none, but fails where the list broke', async () => {
  let status = 403;
  const { supertone, context } = await answering((req, res) => {
    const isOwn = req.url?.startsWith('/v1/custom-voices') === true;
    res.statusCode = isOwn ? status : 200;
    res.end(isOwn ? '' : JSON.stringify({ items: [{ voice_id: 'a', language: 'en', styles: null }], total: 1 }));
  });
  expect(await supertone.voices(context)).toMatchObject([{ voiceId: 'a', name: 'a', language: 'en', styles: [] }]);
  status = 500;
  expect(await failureOf(supertone.voices(context))).toMatchObject({ code: 'provider_error', disposition: 'again' });
});

it('names the voice that has no id, and ends on a page token that never does', async () => {
  const { supertone, context } = await answering((req, res) => {
    const isOwn = req.url?.startsWith('/v1/custom-voices') === true;
    res.end(JSON.stringify({ items: isOwn ? [] : [{ voice_id: 'a' }, { name: 'nobody' }] }));
  });
  expect((await failureOf(supertone.voices(context))).message).toContain('items[1].voice_id');
  let pages = 0;
  const endless = await answering((_req, res) => {
    pages += 1;
    res.end(JSON.stringify({ items: [], next_page_token: 'again' }));
  });
  expect(await endless.supertone.voices(endless.context)).toEqual([]);
  expect(pages).toBe(4);
});

it('says in its test what works, without spending', async () => {
  const { supertone, context, server, workspace } = await setUp();
  const good = await supertone.test({ ...context, workspace: { ...workspace, settings: { plan: 'pro' } } });
  expect(good.checks.map(({ name, ok }) => [name, ok])).toEqual([
    ['Settings', true],
    ['Key', true],
    ['Voices', true],
    ['Usage', true],
    ['Rate', true],
  ]);
  expect(good.ok).toBe(true);
  const bad = await supertone.test({
    ...context,
    key: 'wrong',
    workspace: { ...workspace, settings: { Plan: 'pro' } },
  });
  expect(bad.ok).toBe(false);
  expect(bad.checks.map(({ name, ok }) => [name, ok])).toEqual([
    ['Settings', false],
    ['Key', false],
    ['Rate', null],
  ]);
  expect(bad.checks[0]?.message).toContain('did you mean "plan"?');
  expect(await supertone.test({ ...context, workspace: { ...workspace, settings: { plan: 'gold' } } })).toMatchObject({
    ok: false,
    checks: [{ name: 'Settings', ok: false }],
  });
  expect(server.ledger()).toEqual([]);
});
