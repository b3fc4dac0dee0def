import { unknownRates } from '#engine/providers/unknown-rates.ts';
import { describe, expect, it } from 'vitest';
import { AppError } from '#contract/errors.ts';
import type { SpeechRecipe } from '#contract/entities.ts';
import { createChosen } from '#engine/providers/chosen/adapter.ts';
import type { ProviderPorts, WorkspaceView } from '#engine/providers/provider.ts';

const unreachable = (): never => {
  throw new Error('A pure function reached for a port.');
};
const ports: ProviderPorts = {
  http: { request: unreachable, close: unreachable },
  compute: { analyse: unreachable, join: unreachable, flite: unreachable, match: unreachable, close: unreachable },
  programs: { voices: unreachable, speak: unreachable },
  now: unreachable,
};
const chosen = createChosen(ports);
const workspace = (settings: WorkspaceView['settings'] = {}, baseUrl = 'https://api.example.com'): WorkspaceView => ({
  id: 'w1',
  name: 'Agency',
  provider: 'chosen',
  baseUrl,
  settings,
});
const recipe: SpeechRecipe = {
  kind: 'speech',
  provider: 'chosen',
  account: 'https://api.example.com#',
  voice: 'Nova "N"',
  model: 'm1',
  language: 'en-US',
  text: 'Spring is here — at 3 €.',
  settings: {},
  format: 'wav',
};
const bodyOf = (view: WorkspaceView, value = recipe) => new TextDecoder().decode(chosen.request(view, value).body);

describe('the request of the generations API', () => {
  it('carries exactly the two documented fields by default', () => {
    const request = chosen.request(workspace(), recipe);
    expect(request).toMatchObject({
      method: 'POST',
      url: 'https://api.example.com/api/generations',
      contentType: 'application/json',
    });
    expect(JSON.parse(bodyOf(workspace()))).toEqual({ text: recipe.text, voice: recipe.voice });
  });

  it('has the same bytes for the same recipe, whatever the order of the recipe object', () => {
    const shuffled: SpeechRecipe = {
      format: 'wav',
      text: recipe.text,
      settings: {},
      voice: recipe.voice,
      language: 'en-US',
      model: 'm1',
      account: recipe.account,
      provider: 'chosen',
      kind: 'speech',
    };
    expect(bodyOf(workspace(), shuffled)).toBe(bodyOf(workspace()));
    expect(bodyOf(workspace())).toBe('{"text":"Spring is here — at 3 €.","voice":"Nova \\"N\\""}');
  });

  it('takes other paths and field names from the settings and sends no field without a value', () => {
    const view = workspace(
      {
        createPath: '/v2/speak',
        textField: 'script',
        voiceField: 'voiceName',
        modelField: 'model',
        languageField: 'lang',
      },
      'https://api.example.com/eu/',
    );
    expect(chosen.request(view, recipe).url).toBe('https://api.example.com/eu/v2/speak');
    expect(JSON.parse(bodyOf(view, { ...recipe, language: null }))).toEqual({
      script: recipe.text,
      voiceName: recipe.voice,
      model: 'm1',
    });
  });
});

describe('the account of a workspace', () => {
  it.each([
    ['https://api.example.com', 'https://api.example.com#'],
    ['HTTPS://API.Example.com:443/', 'https://api.example.com#'],
    ['https://api.example.com/eu//?x=1#top', 'https://api.example.com/eu#'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080#'],
  ])('is the same for every spelling of the base URL: %s', (baseUrl, account) => {
    expect(chosen.account(workspace({}, baseUrl))).toBe(account);
  });

  it('tells two owners of keys on one base URL apart', () => {
    expect(chosen.account(workspace({ keyOwner: 'ada' }))).not.toBe(chosen.account(workspace({ keyOwner: 'bob' })));
  });
});

describe('text rules', () => {
  it.each([
    ['pro', 10_000],
    ['Business', 50_000],
    ['enterprise', 100_000],
    ['scale', null],
    ['unknown', null],
  ])('limits a text on the %s plan to %s characters', (plan, limit) => {
    const rules = chosen.textRules(workspace({ plan }), 'Nova', null, unknownRates);
    expect(rules).toMatchObject({ limit, pauseMarkup: null, directionMarkup: null, settings: [], format: 'wav' });
  });

  it('lets a stated limit win over the plan, also as text from a command line', () => {
    expect(chosen.textRules(workspace({ plan: 'pro', textLimit: '2500' }), 'Nova', null, unknownRates).limit).toBe(
      2500,
    );
  });
});

describe('settings that cannot be used', () => {
  it.each([
    [{ statusPath: '/api/generations' }, /"statusPath" must contain \{id\}/],
    [{ createPath: 'https://evil.example/x' }, /"createPath" must be a path/],
    [{ createPath: '//evil.example/x' }, /"createPath" must be a path/],
    [{ plan: 'gold' }, /"plan" must be one of .*enterprise.*now: "gold"/],
    [{ concurrency: 0 }, /"concurrency" must be a whole number of requests from 1 to 100/],
    [{ concurrency: 'many' }, /"concurrency" must be a whole number of requests from 1 to 100/],
    [{ authHeader: 'X Key' }, /"authHeader" must be the name of one HTTP header/],
    [{ voiceField: 'text' }, /two of the field settings have the same name/],
  ])('are named with what they must be: %o', (settings, message) => {
    expect(() => chosen.account(workspace(settings))).toThrow(message);
    expect(() => chosen.account(workspace(settings))).toThrow(AppError);
  });

  it.each([['ftp://api.example.com'], ['https://key@api.example.com'], ['']])('include the base URL %s', (baseUrl) => {
    expect(() => chosen.account(workspace({}, baseUrl))).toThrow(/base URL/);
  });

  it('leave settings alone that belong to others', () => {
    expect(chosen.account(workspace({ spacingMs: 100 }))).toBe('https://api.example.com#');
  });
});

it('offers the voice names of the settings once each', async () => {
  const context = {
    workspace: workspace({ voices: ' Nova, Brass ,,Nova' }),
    key: null,
    signal: new AbortController().signal,
  };
  expect((await chosen.voices(context)).map((voice) => voice.voiceId)).toEqual(['Nova', 'Brass']);
});
