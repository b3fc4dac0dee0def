/** Vendors in memory that list what the test says and speak tones: one with a key, a list and a library, one free, one without a list. */
import {
  type ProviderLibraryVoice,
  type ProviderModel,
  type ProviderVoice,
  ProviderError,
  type SpeechProvider,
} from '#engine/providers/provider.ts';
import { type ProviderRegistry, registryOf } from '#engine/providers/registry.ts';
import { toneFor } from '#test/integration/queue/gated-vendor.ts';

export interface ListingVendor {
  readonly providers: ProviderRegistry;
  voices: readonly ProviderVoice[];
  models: readonly ProviderModel[];
  library: readonly ProviderLibraryVoice[];
  /** Instead of the list of voices. */
  failure: string | null;
  modelsFailure: string | null;
  /** Awaited before each list is told. */
  gate: Promise<void>;
  /** Keys with which the list was asked for, one for each time. */
  readonly asked: (string | null)[];
  /** Voices that lines were sent for. */
  readonly spoken: string[];
}

export const voiceOf = (voiceId: string, name: string, more: Partial<ProviderVoice> = {}): ProviderVoice => ({
  voiceId,
  name,
  language: 'en-US',
  gender: 'female',
  description: null,
  ...more,
});
export const modelOf = (modelId: string, more: Partial<ProviderModel> = {}): ProviderModel => ({
  modelId,
  name: modelId,
  description: null,
  textLimit: 100,
  languages: ['en'],
  creditsPerCharacter: 2,
  concurrencyGroup: null,
  settings: [],
  ...more,
});

const failed = (message: string): ProviderError =>
  new ProviderError('provider_offline', message, { phase: 'connect', charged: 'no', disposition: 'again' });
async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

export const createListingVendor = (): ListingVendor => {
  const world: Omit<ListingVendor, 'providers'> = {
    voices: [],
    models: [],
    library: [],
    failure: null,
    modelsFailure: null,
    gate: Promise.resolve(),
    asked: [],
    spoken: [],
  };
  const free: SpeechProvider = {
    id: 'scratch',
    title: 'Free Vendor',
    abilities: {
      idempotencyKey: false,
      jobPolling: false,
      remoteHistory: false,
      balance: false,
      subscription: false,
      usage: false,
      durationPrediction: false,
      costUnit: 'free',
      voiceList: true,
      needsKey: false,
    },
    defaultBaseUrl: null,
    defaultConcurrency: 2,
    account: ({ name }) => name,
    textRules: (_workspace, _voice, model, { models }) => ({
      limit: models[0]?.textLimit ?? null,
      pauseMarkup: null,
      directionMarkup: null,
      settings: [],
      model,
      format: 'wav',
    }),
    estimateCredits: () => 0,
    request: (_workspace, recipe) => ({
      method: 'POST',
      url: 'listing:speak',
      contentType: 'application/json',
      body: new TextEncoder().encode(JSON.stringify({ voice: recipe.voice, text: recipe.text })),
    }),
    submit: async (_context, { body }) => {
      const { voice, text } = JSON.parse(new TextDecoder().decode(body)) as { voice: string; text: string };
      world.spoken.push(voice);
      return { kind: 'audio', vendorId: null, chargedCredits: text.length, body: once(toneFor(text)) };
    },
    probe: async () => undefined,
    test: async () => ({ ok: true, checks: [] }),
    voices: async () => [voiceOf('free-voice', 'Free', { accent: 'american' })],
  };
  const listing: SpeechProvider = {
    ...free,
    id: 'elevenlabs',
    title: 'Listing Vendor',
    abilities: { ...free.abilities, costUnit: 'credits', needsKey: true },
    defaultBaseUrl: 'https://vendor.invalid',
    estimateCredits: ({ text }, { models, voice }) => {
      const rate = models[0]?.creditsPerCharacter ?? null;
      return rate === null ? null : text.length * rate * (voice?.priceMultiplier ?? 1);
    },
    voices: async ({ key, signal }) => {
      world.asked.push(key);
      await world.gate;
      if (signal.aborted) throw failed('Called off.');
      if (world.failure !== null) throw failed(world.failure);
      return world.voices;
    },
    models: async () => {
      if (world.modelsFailure !== null) throw failed(world.modelsFailure);
      return world.models;
    },
    library: async (_context, { search = '', page }) => {
      const found = world.library.filter(({ name }) => name.includes(search));
      return { voices: found.slice(page, page + 1), hasMore: page + 1 < found.length };
    },
    addFromLibrary: async (_context, libraryId, name) => {
      if (!world.library.some((voice) => voice.libraryId === libraryId)) throw failed('There is no such voice.');
      world.voices = [...world.voices, voiceOf(`added-${libraryId}`, name)];
      return `added-${libraryId}`;
    },
  };
  const silent: SpeechProvider = {
    ...free,
    id: 'chosen',
    title: 'Silent Vendor',
    abilities: { ...free.abilities, costUnit: 'credits', voiceList: false },
    estimateCredits: () => null,
    voices: async () => [],
  };
  return Object.assign(world, { providers: registryOf([free, listing, silent]) });
};
