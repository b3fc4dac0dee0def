/** Supertone: every method of the adapter with every option, then the rest of what the fake serves. */
import type { SpeechRecipe } from '#contract/entities.ts';
import { createSupertone } from '#engine/providers/supertone/adapter.ts';
import { textLimit, voiceSettings } from '#engine/providers/supertone/models.ts';
import type { SpeechProvider } from '#engine/providers/provider.ts';
import { startSupertoneServer } from '#hosts/demo/vendors/supertone/server.ts';
import type { SupertoneServer } from '#hosts/demo/vendors/supertone/server.ts';
import type { RecordingHttp } from '../recording-http.ts';
import { caller, contextOf, createDriver, portsOver, speak } from './drive.ts';
import type { Drive, Driver } from './drive.ts';

const languages = 'en ko ja bg cs da el es et fi hu it nl pl pt ro ar de fr hi id ru vi hr lt lv sk sl sv tr uk'.split(
  ' ',
);
const models = [
  null,
  'sona_speech_1',
  'sona_speech_2',
  'sona_speech_2t',
  'sona_speech_2_flash',
  'supertonic_api_1',
  'sona_speech_3t',
  'supertonic_api_3',
];
/** The ends of each range, as text too: that is how a line in a script carries them. */
const extremes: SpeechRecipe['settings'][] = [
  { pitch_shift: -24, pitch_variance: 0, speed: 0.5, duration: 0, similarity: 1, text_guidance: 0 },
  { pitch_shift: 24, pitch_variance: 2, speed: 2, duration: 60, similarity: 5, text_guidance: 4 },
  { subharmonic_amplitude_control: 0, style: 'neutral' },
  { subharmonic_amplitude_control: 2 },
  { speed: '1.25', pitch_shift: '-3' },
];

const recipeOf = (voice: string, more: Partial<SpeechRecipe> = {}): SpeechRecipe => ({
  kind: 'speech',
  provider: 'supertone',
  account: 'conformance',
  voice,
  model: null,
  language: 'en',
  text: 'One line for the record.',
  settings: {},
  format: 'wav',
  ...more,
});

const speech = async (driver: Driver, adapter: SpeechProvider, server: SupertoneServer): Promise<void> => {
  const context = contextOf('supertone', server);
  const stamped = contextOf('supertone', server, { timestamps: true, format: 'mp3' });
  // A clone takes every model, language and style.
  const voices = (await driver.works('voices', () => adapter.voices(context))) ?? [];
  const clone = voices.find(({ isOwn }) => isOwn)?.voiceId ?? '';
  const preset = voices.find(({ models: offered }) => offered?.includes('sona_speech_1'))?.voiceId ?? '';
  const orders: readonly (readonly [string, SpeechRecipe])[] = [
    ...models.map((model) => [`model ${model ?? 'of the vendor'}`, recipeOf(clone, { model })] as const),
    ...languages.map((language) => [`language ${language}`, recipeOf(clone, { language })] as const),
    ...extremes.map(
      (settings) => [`settings ${Object.keys(settings).join(' ')}`, recipeOf(clone, { settings })] as const,
    ),
    ['no language', recipeOf(clone, { language: null })],
    ['a region', recipeOf(clone, { language: 'pt-BR' })],
    ['mp3', recipeOf(clone, { format: 'mp3' })],
    ['a preset and its style', recipeOf(preset, { settings: { style: 'neutral' } })],
    ['the longest text', recipeOf(clone, { text: '𝄞é'.repeat(textLimit / 2) })],
    ['normalized', recipeOf(clone, { model: 'sona_speech_2', settings: { normalized_text: 'one line' } })],
  ];
  for (const [words, recipe] of orders) {
    await driver.works(`speech, ${words}`, () => speak(adapter, context, recipe));
    await driver.works(`prediction, ${words}`, async () => adapter.predictSeconds?.(context, recipe));
  }
  await driver.works('speech with phonemes', () => speak(adapter, stamped, recipeOf(clone, { format: 'mp3' })));
  await driver.works('speech with phonemes of a preset', () => speak(adapter, stamped, recipeOf(preset)));

  const offered = new Set(
    models.flatMap(
      (model) =>
        adapter.textRules(context.workspace, clone, model, { models: [], voice: null, secondsPerCharacter: null })
          .settings,
    ),
  );
  const sent = new Set([...extremes.flatMap((settings) => Object.keys(settings)), 'language', 'normalized_text']);
  for (const name of [...offered, ...voiceSettings])
    if (!sent.has(name)) driver.complain(`the setting ${name} reaches the vendor and was not driven`);
};

const figures = async (driver: Driver, adapter: SpeechProvider, server: SupertoneServer): Promise<void> => {
  const context = contextOf('supertone', server);
  const dayMs = 86_400_000;
  const day = (back: number): string => new Date(Date.now() - back * dayMs).toISOString().slice(0, 10);
  await driver.works('probe', () => adapter.probe(context));
  await driver.works('test', () => adapter.test(context));
  await driver.works('models', async () => adapter.models?.(context));
  await driver.works('account', async () => adapter.readAccount?.(context));
  for (const [from, to] of [
    [0, 0],
    [29, 0],
    [30, 0],
    [94, 0],
    [400, 310],
  ] as const)
    await driver.works(`usage of ${from - to + 1} days`, async () =>
      adapter.usage?.(context, { from: day(from), to: day(to) }),
    );
  const recipe = recipeOf(server.voices()[0]?.voice_id ?? '');
  for (const [balanceBefore, requestId] of [
    [null, null],
    [90_000, 'none'],
  ] as const)
    await driver.works('looking for a lost call', async () =>
      adapter.find?.(context, {
        request: adapter.request(context.workspace, recipe),
        recipe,
        submittedAt: Date.now(),
        requestId,
        estimateCredits: 2,
        balanceBefore,
        twinIds: [],
        isTaken: () => false,
      }),
    );
  server.change({ balance: null });
  await driver.works('an account without a number', async () => adapter.readAccount?.(context));
  server.change({ balance: 100_000, extraVoices: 250 });
  await driver.works('many pages of voices', () => adapter.voices(context));
  server.change({ extraVoices: 0 });
};

const refusals = async (driver: Driver, adapter: SpeechProvider, server: SupertoneServer): Promise<void> => {
  const context = contextOf('supertone', server);
  const stranger = contextOf('supertone', server, {}, 'not-a-key-of-this-account');
  const voice = server.voices()[0]?.voice_id ?? '';
  for (const spelling of ['snake', 'camel', 'none'] as const) {
    server.change({ spelling });
    const say = (words: string): string => `${words}, errors ${spelling}`;
    await driver.fails(say('speech with a wrong key'), 'key_refused', () => speak(adapter, stranger, recipeOf(voice)));
    await driver.fails(say('balance with a wrong key'), 'key_refused', async () => adapter.readAccount?.(stranger));
    await driver.fails(say('voices with a wrong key'), 'key_refused', () => adapter.voices(stranger));
    await driver.fails(say('usage with a wrong key'), 'key_refused', async () =>
      adapter.usage?.(stranger, { from: '2026-01-01', to: '2026-01-02' }),
    );
    await driver.fails(say('an unknown voice'), 'voice_not_found', () => speak(adapter, context, recipeOf('nobody')));
    await driver.fails(say('an unknown voice predicted'), 'voice_not_found', async () =>
      adapter.predictSeconds?.(context, recipeOf('nobody')),
    );
    await driver.fails(say('a style of another voice'), 'setting_refused', () =>
      speak(adapter, context, recipeOf(voice, { settings: { style: 'no such style' } })),
    );
    server.change({ balance: 0 });
    await driver.fails(say('no balance'), 'out_of_credits', () => speak(adapter, context, recipeOf(voice)));
    server.change({ balance: 100_000, requestsPerMinute: 1 });
    await speak(adapter, context, recipeOf(voice)).catch(() => undefined);
    await driver.fails(say('the second call of the minute'), 'provider_rate_limited', () =>
      speak(adapter, context, recipeOf(voice)),
    );
    server.change({ requestsPerMinute: 0, retired: 'gone' });
    await driver.fails(say('speech after the end'), 'provider_retired', () => speak(adapter, context, recipeOf(voice)));
    await driver.fails(say('balance after the end'), 'provider_retired', async () => adapter.readAccount?.(context));
    server.change({ retired: 'no' });
  }
  server.change({ spelling: 'snake' });
};

/** Endpoints that the adapter has no use for, and requests that the file forbids. */
const directly = async (driver: Driver, http: RecordingHttp, server: SupertoneServer): Promise<void> => {
  const call = caller(http, server, 'x-sup-api-key');
  const voice = server.voices()[0];
  const id = voice?.voice_id ?? '';
  const order = { text: 'Straight to the vendor.', language: 'en' };
  await call({ method: 'POST', path: `/v1/text-to-speech/${id}/stream`, json: order });
  await call({ method: 'POST', path: `/v1/text-to-speech/${id}/stream`, json: { ...order, include_phonemes: true } });
  await call({ path: `/v1/voices/${id}` });
  await call({ path: '/v1/voices/nobody' });
  for (const query of [
    'language=en',
    'language=en,ko&gender=female&age=young-adult&use_case=narration&use_cases=narration',
    'style=neutral,happy&model=sona_speech_1&name=mar&description=dry',
    'style=neutral;happy&page_size=10',
    'style=neutral;happy,sad',
  ])
    await call({ path: `/v1/voices/search?${query}` });
  const form = (...leave: readonly string[]): FormData => {
    const data = new FormData();
    if (!leave.includes('files'))
      data.append('files', new Blob([new Uint8Array(2000)], { type: 'audio/wav' }), 'a.wav');
    if (!leave.includes('name')) data.append('name', 'From the drive');
    data.append('description', 'Made for the record');
    return data;
  };
  const made = (await call({ method: 'POST', path: '/v1/custom-voices/cloned-voice', form: form() })) as {
    readonly voice_id?: string;
  } | null;
  const own = made?.voice_id ?? '';
  if (own === '') driver.complain('the fake made no cloned voice');
  await call({ method: 'POST', path: '/v1/custom-voices/cloned-voice', form: form('name'), intent: 'misfit' });
  await call({ method: 'POST', path: '/v1/custom-voices/cloned-voice', json: { name: 'x' }, intent: 'misfit' });
  server.change({ plan: 'free' });
  await call({ method: 'POST', path: '/v1/custom-voices/cloned-voice', form: form() });
  server.change({ plan: 'pro' });
  await call({ path: '/v1/custom-voices?page_size=10' });
  await call({ path: '/v1/custom-voices/search?name=drive&description=made%20record' });
  await call({ path: `/v1/custom-voices/${own}` });
  await call({ method: 'PATCH', path: `/v1/custom-voices/${own}`, json: { name: 'Renamed' } });
  await call({ method: 'PATCH', path: `/v1/custom-voices/${own}`, json: { description: 'Anew' } });
  await call({ method: 'DELETE', path: `/v1/custom-voices/${own}` });
  await call({ method: 'DELETE', path: `/v1/custom-voices/${own}` });
  await call({ path: '/v1/custom-voices', key: 'wrong' });
  const period = 'start_time=2026-01-01T00:00:00%2B09:00&end_time=2026-01-31T23:59:59%2B09:00';
  for (const rest of [
    '',
    '&bucket_width=day&page_size=20',
    '&breakdown_type=voice_name',
    '&breakdown_type=voice_id&breakdown_type=model',
    '&next_page_token=10',
  ])
    await call({ path: `/v1/usage?${period}${rest}` });
  await call({ path: `/v1/usage?${period}`, key: 'wrong' });
  await call({ path: `/v1/usage?${period}&page_size=21`, intent: 'misfit' });
  await call({ path: `/v1/usage?${period}&bucket_width=week`, intent: 'misfit' });
  await call({ path: '/v1/usage?start_time=yesterday&end_time=today', intent: 'misfit' });
  await call({ path: '/v1/voices?page_size=5', intent: 'misfit' });
  await call({ path: '/v1/voice-usage?start_date=2026-01-01&end_date=2026-01-31', intent: 'misfit' });
  await call({ path: '/v1/voice-usage?start_date=2026-01-01', intent: 'misfit' });
  for (const json of [
    { ...order, text: 'x'.repeat(301) },
    { text: 'No language.' },
    { ...order, language: 'xx' },
    { ...order, model: 'none' },
    { ...order, voice_settings: { speed: 3 } },
  ])
    for (const path of [`/v1/text-to-speech/${id}`, `/v1/predict-duration/${id}`])
      await call({ method: 'POST', path, json, intent: 'misfit' });
};

export const driveSupertone: Drive = async (http) => {
  const driver = createDriver(http);
  const adapter = createSupertone(portsOver(http));
  const server = await startSupertoneServer({
    serviceTimeMs: 0,
    requestsPerMinute: 0,
    pastDays: 120,
    spelling: 'snake',
    audioBytes: 4000,
  });
  try {
    await speech(driver, adapter, server);
    await figures(driver, adapter, server);
    await refusals(driver, adapter, server);
    await directly(driver, http, server);
  } finally {
    await server.close();
  }
  return { origins: new Set([new URL(server.baseUrl).origin]), complaints: driver.complaints };
};
