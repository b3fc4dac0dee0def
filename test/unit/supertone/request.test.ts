import { describe, expect, it } from 'vitest';
import type { SpeechRecipe } from '#contract/entities.ts';
import { createSupertone } from '#engine/providers/supertone/adapter.ts';
import { SupertoneSettings } from '#engine/providers/supertone/settings.ts';
import type { KnownRates, ProviderPorts, ProviderVoice, WorkspaceView } from '#engine/providers/provider.ts';
import { unknownRates } from '#engine/providers/unknown-rates.ts';

const unreachable = (): never => {
  throw new Error('A pure function reached for a port.');
};
const ports: ProviderPorts = {
  http: { request: unreachable, close: unreachable },
  compute: { analyse: unreachable, join: unreachable, flite: unreachable, match: unreachable, close: unreachable },
  programs: { voices: unreachable, speak: unreachable },
  now: unreachable,
};
const supertone = createSupertone(ports);
const workspace = (settings: WorkspaceView['settings'] = {}, baseUrl = 'https://supertoneapi.com'): WorkspaceView => ({
  id: 'w1',
  name: 'Agency',
  provider: 'supertone',
  baseUrl,
  settings,
});
const recipe: SpeechRecipe = {
  kind: 'speech',
  provider: 'supertone',
  account: 'https://supertoneapi.com#',
  voice: 'abc/1',
  model: null,
  language: null,
  text: 'Spring is here — at 3 €.',
  settings: {},
  format: 'wav',
};
const bodyOf = (value: SpeechRecipe, view = workspace()) =>
  new TextDecoder().decode(supertone.request(view, value).body);

describe('the request of Supertone', () => {
  it('carries the text and the language, and leaves the rest to the vendor', () => {
    const request = supertone.request(workspace(), recipe);
    expect(request).toMatchObject({
      method: 'POST',
      url: 'https://supertoneapi.com/v1/text-to-speech/abc%2F1',
      contentType: 'application/json',
    });
    expect(bodyOf(recipe)).toBe('{"text":"Spring is here — at 3 €.","language":"en","output_format":"wav"}');
  });

  it("carries everything a studio sets, under the vendor's names", () => {
    const settings = {
      speed: 1.2,
      pitch_shift: '-2',
      pitch_variance: 0.5,
      duration: 0,
      similarity: 4,
      text_guidance: 2,
      subharmonic_amplitude_control: 1.5,
      style: 'sad',
      normalized_text: 'three euro',
    };
    const full = { ...recipe, model: 'sona_speech_2', language: 'de-AT', format: 'mp3', settings };
    expect(JSON.parse(bodyOf(full, workspace({ timestamps: true })))).toEqual({
      text: recipe.text,
      language: 'de',
      style: 'sad',
      model: 'sona_speech_2',
      output_format: 'mp3',
      voice_settings: {
        pitch_shift: -2,
        pitch_variance: 0.5,
        speed: 1.2,
        duration: 0,
        similarity: 4,
        text_guidance: 2,
        subharmonic_amplitude_control: 1.5,
      },
      include_phonemes: true,
      normalized_text: 'three euro',
    });
  });

  it('has the same bytes whatever the order of the settings', () => {
    const one = { ...recipe, settings: { speed: 1.1, pitch_shift: 3 } };
    const other = { ...recipe, settings: { pitch_shift: 3, speed: 1.1 } };
    expect(bodyOf(other)).toBe(bodyOf(one));
  });
});

describe('text rules', () => {
  const rules = (model: string | null, rates: KnownRates = unknownRates) =>
    supertone.textRules(workspace(), 'v', model, rates);

  it('limit a text to 300 characters and take neither pauses nor directions', () => {
    expect(rules(null)).toMatchObject({ limit: 300, pauseMarkup: null, directionMarkup: null, format: 'wav' });
  });

  it.each([
    [null, 9, ['subharmonic_amplitude_control', 'similarity'], ['normalized_text']],
    ['sona_speech_1', 9, ['subharmonic_amplitude_control'], ['normalized_text']],
    ['sona_speech_2', 9, ['text_guidance', 'normalized_text'], ['subharmonic_amplitude_control']],
    ['sona_speech_2_flash', 7, ['duration', 'normalized_text'], ['similarity', 'text_guidance']],
    ['supertonic_api_1', 3, ['speed'], ['pitch_shift']],
    ['supertonic_api_3', 3, ['speed'], ['pitch_shift']],
    ['a_model_of_tomorrow', 9, ['pitch_shift', 'subharmonic_amplitude_control'], ['normalized_text']],
  ] as const)('of model %s let %i settings through', (model, count, taken, ignored) => {
    const { settings } = rules(model);
    expect(settings).toHaveLength(count);
    expect(settings).toEqual(expect.arrayContaining(['language', 'style', ...taken]));
    for (const name of ignored) expect(settings).not.toContain(name);
  });

  it("name the voice's first model where it does not have the vendor's default, and never overrule the script", () => {
    const voice = (models: readonly string[]): KnownRates => ({
      ...unknownRates,
      voice: {
        voiceId: 'v',
        name: 'V',
        language: 'en',
        gender: null,
        description: null,
        models,
      } satisfies ProviderVoice,
    });
    expect(rules(null, voice(['sona_speech_2', 'supertonic_api_3'])).model).toBe('sona_speech_2');
    expect(rules(null, voice(['sona_speech_2', 'sona_speech_1'])).model).toBeNull();
    expect(rules(null, voice([])).model).toBeNull();
    expect(rules('supertonic_api_3', voice(['sona_speech_2'])).model).toBe('supertonic_api_3');
  });
});

describe('the estimate', () => {
  const of = (value: Partial<SpeechRecipe>, rates = unknownRates) =>
    supertone.estimateCredits({ ...recipe, ...value }, rates);

  it("is seconds: by a reader's pace until takes of the voice tell better, shorter when spoken faster", () => {
    const text = 'x'.repeat(140);
    expect(of({ text })).toBeCloseTo(10, 9);
    expect(of({ text, settings: { speed: 2 } })).toBeCloseTo(5, 9);
    expect(of({ text }, { ...unknownRates, secondsPerCharacter: 0.05 })).toBeCloseTo(7, 9);
    expect(of({ text: '😀'.repeat(14) })).toBeCloseTo(1, 9);
  });

  it('is the length that was set, where the model keeps to it', () => {
    expect(of({ settings: { duration: 15 } })).toBe(15);
    expect(of({ model: 'supertonic_api_3', settings: { duration: 15 } })).toBeCloseTo(24 / 14, 9);
  });
});

describe('settings of a workspace', () => {
  it.each([
    [{}, 20],
    [{ plan: 'free' }, 20],
    [{ plan: 'Creator' }, 30],
    [{ plan: 'pro' }, 60],
    [{ plan: 'enterprise' }, 20],
    [{ plan: 'free', requestsPerMinute: '200' }, 200],
  ])('%o allow %i calls a minute', (settings, calls) => {
    expect(supertone.requestsPerMinute?.(workspace(settings))).toBe(calls);
  });

  it.each([
    [{ plan: 'gold' }, /"plan" must be one of/],
    [{ format: 'flac' }, /"format" must be wav or mp3/],
    [{ timestamps: 'maybe' }, /"timestamps" must be true or false/],
    [{ requestsPerMinute: -1 }, /"requestsPerMinute" must be a whole number of calls from 0 to 10000/],
  ])('that cannot be used are named with what they must be: %o', (settings, message) => {
    expect(() => supertone.account(workspace(settings))).toThrow(message);
  });

  it('tell two owners of keys on one base URL apart, and one base URL in all its spellings as one', () => {
    expect(supertone.account(workspace({ keyOwner: 'ada' }))).not.toBe(supertone.account(workspace()));
    expect(supertone.account(workspace({}, 'HTTPS://SupertoneAPI.com:443/?x=1#y'))).toBe('https://supertoneapi.com#');
    expect(() => supertone.account(workspace({}, 'ftp://supertoneapi.com'))).toThrow(/base URL/);
  });

  it('have a form that names each of them, and a notice of the announced end', () => {
    const defaults = SupertoneSettings.parse({});
    expect(
      Object.fromEntries((supertone.settings ?? []).map(({ name, defaultValue }) => [name, defaultValue])),
    ).toEqual(defaults);
    for (const { name, choices, min, max } of supertone.settings ?? [])
      for (const value of [...(choices ?? []), ...(min === null ? [] : [min]), ...(max === null ? [] : [max])])
        expect(() => supertone.account(workspace({ [name]: value }))).not.toThrow();
    expect(supertone.notice).toContain('31 August 2026');
    expect(supertone.hosts).toEqual([{ label: 'Supertone', baseUrl: supertone.defaultBaseUrl }]);
  });
});
