import { describe, expect, it } from 'vitest';
import { readSent } from '#engine/providers/elevenlabs/speech-request.ts';
import { unknownRates } from '#engine/providers/unknown-rates.ts';
import type { KnownRates, ProviderModel } from '#engine/providers/provider.ts';
import { setUp } from './setup.ts';

const silent = () => ({ body: {} });
const bodyOf = (body: Uint8Array) => new TextDecoder().decode(body);

const model = (modelId: string, rest: Partial<ProviderModel> = {}): ProviderModel => ({
  modelId,
  name: modelId,
  description: null,
  textLimit: 10_000,
  languages: [],
  creditsPerCharacter: 1,
  concurrencyGroup: 'standard',
  settings: [],
  ...rest,
});
const rates = (models: readonly ProviderModel[], priceMultiplier: number | null = null): KnownRates => ({
  models,
  voice: {
    voiceId: 'voice1',
    name: 'One',
    language: null,
    gender: null,
    description: null,
    priceMultiplier,
  },
  secondsPerCharacter: null,
});

describe('a direct request', () => {
  it('has these very bytes, whatever the order of the settings', () => {
    const { elevenlabs, workspace, recipe } = setUp(silent);
    const settings = {
      seed: '7',
      apply_text_normalization: 'off',
      speed: '1.1',
      use_speaker_boost: 'false',
      previous_text: 'Before.',
      stability: 0.4,
      pronunciation_dictionary_locators: 'd1:v1, d2',
    };
    const sent = elevenlabs.request(workspace, recipe({ settings, language: null }));
    expect(sent.url).toBe(
      'https://api.elevenlabs.io/v1/text-to-speech/voice1/with-timestamps?output_format=mp3_44100_128',
    );
    expect(sent.contentType).toBe('application/json');
    expect(bodyOf(sent.body)).toBe(
      '{"text":"Hello there.","model_id":"eleven_multilingual_v2","voice_settings":{"stability":0.4,"use_speaker_boost":false,"speed":1.1},"pronunciation_dictionary_locators":[{"pronunciation_dictionary_id":"d1","version_id":"v1"},{"pronunciation_dictionary_id":"d2"}],"seed":7,"previous_text":"Before.","apply_text_normalization":"off"}',
    );
    const turned = Object.fromEntries(Object.entries(settings).toReversed());
    expect(bodyOf(elevenlabs.request(workspace, recipe({ settings: turned })).body)).toBe(bodyOf(sent.body));
  });

  it('sends only what is set', () => {
    const { elevenlabs, workspace, recipe } = setUp(silent, { timestamps: false });
    const sent = elevenlabs.request(workspace, recipe({ voice: 'a/b?c' }));
    expect(sent.url).toBe('https://api.elevenlabs.io/v1/text-to-speech/a%2Fb%3Fc?output_format=mp3_44100_128');
    expect(bodyOf(sent.body)).toBe('{"text":"Hello there.","model_id":"eleven_multilingual_v2"}');
  });

  it('keeps nothing at the vendor only where the workspace says so', () => {
    const { elevenlabs, workspace, recipe } = setUp(silent, { zeroRetention: true });
    expect(elevenlabs.request(workspace, recipe()).url).toMatch(/\?output_format=mp3_44100_128&enable_logging=false$/);
  });

  it('sends a language without its region', () => {
    const { elevenlabs, workspace, recipe } = setUp(silent);
    const sent = elevenlabs.request(workspace, recipe({ model: 'eleven_flash_v2_5', language: 'pt-BR' }));
    expect(JSON.parse(bodyOf(sent.body))).toMatchObject({ language_code: 'pt' });
  });

  it('names earlier calls in place of the texts that they beat, and never to v3', () => {
    const { elevenlabs, workspace, recipe } = setUp(silent);
    const settings = { previous_text: 'Before.', next_text: 'After.' };
    const context = { previousRequestIds: ['p0', 'p1', 'p2', 'p3'], nextRequestIds: [] };
    const body: unknown = JSON.parse(bodyOf(elevenlabs.request(workspace, recipe({ settings }), context).body));
    expect(body).toMatchObject({ previous_request_ids: ['p1', 'p2', 'p3'], next_text: 'After.' });
    expect(body).not.toHaveProperty('previous_text');
    expect(body).not.toHaveProperty('next_request_ids');
    const v3 = elevenlabs.request(workspace, recipe({ model: 'eleven_v3' }), context);
    expect(bodyOf(v3.body)).toBe('{"text":"Hello there.","model_id":"eleven_v3"}');
  });

  it('tells again what was sent', () => {
    const { elevenlabs, workspace, recipe } = setUp(silent);
    const sent = readSent(elevenlabs.request(workspace, recipe({ voice: 'ä/1', settings: { stability: 0.4 } })));
    expect(sent).toEqual({
      route: 'direct',
      hasTimestamps: true,
      voice: 'ä/1',
      format: 'mp3_44100_128',
      text: 'Hello there.',
      model: 'eleven_multilingual_v2',
      voiceSettings: { stability: 0.4 },
      namesCalls: false,
    });
  });
});

describe('a flow request', () => {
  it('has these very bytes', () => {
    const { elevenlabs, workspace, recipe } = setUp(silent, { route: 'flows' });
    const sent = elevenlabs.request(
      workspace,
      recipe({ model: 'eleven_flash_v2_5', language: 'de', settings: { speed: 0.9 } }),
    );
    expect(sent.url).toBe('https://api.elevenlabs.io/v1/flows/text-to-speech');
    expect(bodyOf(sent.body)).toBe(
      '{"text":"Hello there.","voice":"voice1","model_id":"eleven_flash_v2_5","output_format":"mp3_44100_128","language_code":"de","voice_settings":{"speed":0.9}}',
    );
    expect(readSent(sent)).toMatchObject({ route: 'flows', voice: 'voice1', format: 'mp3_44100_128' });
  });

  it('goes the direct way when its recipe has what flows do not take', () => {
    const { elevenlabs, workspace, recipe } = setUp(silent, { route: 'flows' });
    expect(elevenlabs.request(workspace, recipe({ settings: { seed: 1 } })).url).toContain('/v1/text-to-speech/');
    expect(elevenlabs.request(workspace, recipe({ format: 'wav_24000' })).url).toContain('/v1/text-to-speech/');
    expect(elevenlabs.request(workspace, recipe({ model: 'eleven_v4' })).url).toContain('/v1/text-to-speech/');
  });
});

describe('what a model takes', () => {
  const rulesOf = (modelId: string | null, settings = {}, known: KnownRates = unknownRates) => {
    const { elevenlabs, workspace } = setUp(silent, settings);
    return elevenlabs.textRules(workspace, 'voice1', modelId, known);
  };

  it('is the vendor default model only where neither the cast nor the workspace names one', () => {
    expect(rulesOf(null).model).toBe('eleven_multilingual_v2');
    expect(rulesOf(null, { model: 'eleven_flash_v2_5' }).model).toBe('eleven_flash_v2_5');
    expect(rulesOf('eleven_v3', { model: 'eleven_flash_v2_5' }).model).toBe('eleven_v3');
  });

  it('has its limit from the list, and none before it was read', () => {
    expect(rulesOf('eleven_v3').limit).toBeNull();
    expect(rulesOf('eleven_v3', {}, rates([model('eleven_v3', { textLimit: 5000 })])).limit).toBe(5000);
  });

  it('is a language only where it can be chosen', () => {
    expect(rulesOf('eleven_multilingual_v2').settings).not.toContain('language');
    expect(rulesOf('eleven_flash_v2').settings).not.toContain('language');
    expect(rulesOf('eleven_flash_v2_5').settings).toContain('language');
    expect(rulesOf('eleven_v3').settings).toContain('language');
  });

  it('is stability alone, no neighbours, tags and no breaks for v3', () => {
    const rules = rulesOf('eleven_v3');
    expect(rules.settings).toEqual([
      'stability',
      'seed',
      'apply_text_normalization',
      'apply_language_text_normalization',
      'pronunciation_dictionary_locators',
      'language',
    ]);
    expect(rules.neighbours).toBe(false);
    expect(rules.pauseMarkup).toBeNull();
    expect(rules.directionMarkup?.('whispers')).toBe('[whispers]');
    expect(rules.directionMarkup?.('[sighs]  deeply')).toBe('[sighs deeply]');
  });

  it('is everything, neighbours and breaks but no tags for multilingual v2', () => {
    const rules = rulesOf('eleven_multilingual_v2');
    expect(rules.settings).toEqual(
      expect.arrayContaining(['stability', 'similarity_boost', 'style', 'use_speaker_boost', 'speed', 'previous_text']),
    );
    expect(rules.neighbours).toBe(true);
    expect(rules.directionMarkup).toBeNull();
    expect([350, 1500, 3000, 7000].map((ms) => rules.pauseMarkup?.(ms))).toEqual([
      '<break time="0.35s" />',
      '<break time="1.5s" />',
      '<break time="3.0s" />',
      '<break time="3.0s" /> <break time="3.0s" /> <break time="1.0s" />',
    ]);
  });

  it('is less on the flows route, and no neighbours there or with zero retention', () => {
    const flows = rulesOf('eleven_flash_v2_5', { route: 'flows' });
    expect(flows.settings).toEqual([
      'stability',
      'similarity_boost',
      'speed',
      'pronunciation_dictionary_locators',
      'language',
    ]);
    expect(flows.neighbours).toBe(false);
    expect(rulesOf('eleven_flash_v2', { route: 'flows' }).neighbours).toBe(true);
    expect(rulesOf('eleven_multilingual_v2', { zeroRetention: true }).neighbours).toBe(false);
  });
});

describe('an estimate', () => {
  it('is characters by the rates of model and voice, rounded up', () => {
    const { elevenlabs, recipe } = setUp(silent);
    const known = rates([model('eleven_flash_v2_5', { creditsPerCharacter: 0.5 })], 3);
    expect(elevenlabs.estimateCredits(recipe({ model: 'eleven_flash_v2_5', text: 'abcde' }), known)).toBe(8);
    expect(elevenlabs.estimateCredits(recipe({ text: '👍🏽é' }), unknownRates)).toBe(3);
    const discounted = rates([model('m', { creditsPerCharacter: 0.1 })], 3);
    expect(elevenlabs.estimateCredits(recipe({ model: 'm', text: 'abcdefghij' }), discounted)).toBe(3);
  });

  it('is one credit a character where no rate is known, so that budgets hold', () => {
    const { elevenlabs, recipe } = setUp(silent);
    expect(elevenlabs.estimateCredits(recipe({ text: 'abcde' }), unknownRates)).toBe(5);
  });
});

describe('a workspace', () => {
  it('is known by its base URL and the owner of its key', () => {
    const { elevenlabs, workspace } = setUp(silent, { keyOwner: ' Anna ' });
    expect(elevenlabs.account({ ...workspace, baseUrl: 'HTTPS://API.ElevenLabs.io:443//?a#b' })).toBe(
      'https://api.elevenlabs.io#Anna',
    );
  });

  it.each([
    [{ format: 'opus_48000_64' }, /"format" must be one of .*opus, ulaw and alaw cannot be decoded here/],
    [{ route: 'flows', format: 'wav_44100' }, /"route" flows gives MP3 only/],
    [{ route: 'flows', zeroRetention: true }, /"zeroRetention" cannot be had with "route" flows/],
    [{ timestamps: 'perhaps' }, /"timestamps" must be true or false/],
    [{ answerTimeoutSeconds: 0 }, /"answerTimeoutSeconds" must be a number of seconds/],
  ] as const)('with %j is refused in words', (settings, words) => {
    const { elevenlabs, workspace } = setUp(silent);
    expect(() => elevenlabs.account({ ...workspace, settings })).toThrow(words);
  });

  it('shares requests at a time with its models of the same group', () => {
    const { elevenlabs, recipe } = setUp(silent);
    const known = rates([model('a', { concurrencyGroup: 'turbo' })]);
    expect(elevenlabs.concurrencyGroup?.(recipe({ model: 'a' }), known)).toBe('turbo');
    expect(elevenlabs.concurrencyGroup?.(recipe({ model: 'b' }), known)).toBe('');
  });
});
