/** Speech over both routes: every model, format and setting, joins, request ids, lost calls and what is asked after. */
import type { SpeechRecipe } from '#contract/entities.ts';
import { formats } from '#engine/providers/elevenlabs/settings.ts';
import type {
  CallContext,
  KnownRates,
  ProviderModel,
  RequestContext,
  SpeechProvider,
} from '#engine/providers/provider.ts';
import { contextOf, speak } from './drive.ts';
import type { Driver } from './drive.ts';
import type { StartFake } from './elevenlabs.ts';

/** Both ends of every setting, and the way in which a sheet writes them. */
const low: SpeechRecipe['settings'] = {
  stability: 0,
  similarity_boost: 0,
  style: 0,
  use_speaker_boost: false,
  speed: 0.7,
  seed: 0,
  apply_text_normalization: 'off',
  apply_language_text_normalization: false,
  pronunciation_dictionary_locators: 'dictionary-one',
  language: 'en',
};
const high: SpeechRecipe['settings'] = {
  stability: 1,
  similarity_boost: 1,
  style: 1,
  use_speaker_boost: true,
  speed: 1.2,
  seed: 4_294_967_295,
  apply_text_normalization: 'auto',
  apply_language_text_normalization: true,
  pronunciation_dictionary_locators: 'dictionary-one:v1, dictionary-two,dictionary-three:v3',
  language: 'en-US',
};
const written: SpeechRecipe['settings'] = {
  ...Object.fromEntries(Object.entries(low).map(([name, value]) => [name, String(value)])),
  apply_text_normalization: 'on',
  use_speaker_boost: 'true',
};
const sets = { none: {}, low, high, written } as const;

/** As the engine makes it: only what the rules of model and route let through. */
export const recipeOf = (
  adapter: SpeechProvider,
  { workspace }: CallContext,
  voice: string,
  text: string,
  more: {
    readonly model?: string | null;
    readonly settings?: SpeechRecipe['settings'];
    readonly before?: string;
    readonly after?: string;
    readonly rates?: KnownRates;
  } = {},
): SpeechRecipe => {
  const rates = more.rates ?? { models: [], voice: null, secondsPerCharacter: null };
  const rules = adapter.textRules(workspace, voice, more.model ?? null, rates);
  const { language, ...settings } = more.settings ?? {};
  const taken = Object.entries(settings).filter(([name]) => rules.settings.includes(name));
  return {
    kind: 'speech',
    provider: 'elevenlabs',
    account: adapter.account(workspace),
    voice,
    model: rules.model,
    language: language !== undefined && rules.settings.includes('language') ? String(language) : null,
    text,
    settings: {
      ...Object.fromEntries(taken),
      ...(rules.neighbours === true && more.before !== undefined ? { previous_text: more.before } : {}),
      ...(rules.neighbours === true && more.after !== undefined ? { next_text: more.after } : {}),
    },
    format: rules.format,
  };
};

/** A line that is spoken, asked after by its id and fetched again, as after a lost answer. */
const speakAndFind = async (adapter: SpeechProvider, context: CallContext, recipe: SpeechRecipe): Promise<void> => {
  const request = adapter.request(context.workspace, recipe);
  const status = await adapter.submit(context, request, null);
  if (status.kind === 'audio') for await (const _ of status.body);
  const vendorId = status.vendorId;
  if (vendorId === null) throw new Error('The vendor named no id.');
  const later = await adapter.poll?.(context, vendorId, request);
  if (later?.kind === 'completed') for await (const _ of (await adapter.download?.(context, later.audioUrl)) ?? []);
  for (const requestId of [null, (status.kind === 'audio' ? status.requestId : null) ?? null]) {
    const lost = {
      request,
      recipe,
      submittedAt: Date.now(),
      requestId,
      estimateCredits: 9,
      balanceBefore: 0,
      twinIds: [],
    };
    await adapter.find?.(context, { ...lost, isTaken: () => false, twinIds: [] });
    await adapter.find?.(context, { ...lost, isTaken: () => true, twinIds: [] });
  }
};

export const speakElevenLabs = async (driver: Driver, adapter: SpeechProvider, start: StartFake): Promise<void> => {
  const server = await start({ tier: 'enterprise', serviceTimeMs: 8 });
  const voice = server.voices()[0]?.voiceId ?? '';
  const plain = contextOf('elevenlabs', server);
  const models: readonly ProviderModel[] = (await driver.works('models', async () => adapter.models?.(plain))) ?? [];
  if (models.length === 0) driver.complain('the adapter found no models');
  const rates: KnownRates = { models, voice: null, secondsPerCharacter: null };

  const ways = [
    ['direct', { timestamps: false }],
    ['direct with times', { timestamps: true }],
    ['zero retention', { zeroRetention: true }],
    ['flows', { route: 'flows' }],
  ] as const;
  for (const [way, settings] of ways) {
    const context = contextOf('elevenlabs', server, settings);
    for (const model of [null, ...models.map(({ modelId }) => modelId)])
      for (const [name, set] of Object.entries(sets)) {
        const words = `${way}, ${model ?? 'default model'}, settings ${name}`;
        const recipe = recipeOf(adapter, context, voice, `One line: ${words}.`, { model, settings: set, rates });
        await driver.works(words, () => speak(adapter, context, recipe));
      }
    for (const format of formats) {
      if (way === 'flows' && !format.startsWith('mp3_')) continue;
      const asked = contextOf('elevenlabs', server, { ...settings, format });
      const recipe = recipeOf(adapter, asked, voice, `In ${format}, ${way}.`);
      await driver.works(`${way}, ${format}`, () => speak(adapter, asked, recipe));
    }
    for (const [before, after] of [
      ['What came before.', 'What comes after.'],
      ['What came before.', undefined],
      [undefined, 'What comes after.'],
    ] as const)
      for (const model of ['eleven_multilingual_v2', 'eleven_flash_v2_5', 'eleven_v3']) {
        const joined = {
          ...(before === undefined ? {} : { before }),
          ...(after === undefined ? {} : { after }),
          model,
          rates,
        };
        const recipe = recipeOf(adapter, context, voice, `Joined, ${way}.`, joined);
        await driver.works(`${way}, joined, ${model}`, () => speak(adapter, context, recipe));
      }
  }

  // Neighbours by their request ids, for a retake in place; more than the vendor takes are offered.
  const ids = server
    .ledger()
    .filter(({ model, source }) => model === 'eleven_multilingual_v2' && source === 'TTS')
    .map(({ requestId }) => requestId)
    .slice(0, 5);
  const neighbours: readonly RequestContext[] = [
    { previousRequestIds: ids.slice(0, 1), nextRequestIds: [] },
    { previousRequestIds: [], nextRequestIds: ids.slice(1, 3) },
    { previousRequestIds: ids, nextRequestIds: ids },
  ];
  for (const near of neighbours)
    for (const model of ['eleven_multilingual_v2', 'eleven_v3']) {
      const recipe = recipeOf(adapter, plain, voice, 'A retake in place.', { model, before: 'Before.', rates });
      const words = `retake between ${near.previousRequestIds.length} and ${near.nextRequestIds.length} ids, ${model}`;
      await driver.works(words, () => speak(adapter, plain, recipe, near));
    }

  for (const settings of [
    {},
    { timestamps: false, format: 'pcm_16000' },
    { route: 'flows' },
    { zeroRetention: true },
  ]) {
    const context = contextOf('elevenlabs', server, settings);
    const recipe = recipeOf(adapter, context, voice, 'A line whose answer is lost.');
    const words = `asked after, ${JSON.stringify(settings)}`;
    if ('zeroRetention' in settings)
      await driver.works(words, async () =>
        adapter.find?.(context, {
          request: adapter.request(context.workspace, recipe),
          recipe,
          submittedAt: Date.now(),
          requestId: null,
          estimateCredits: null,
          balanceBefore: null,
          twinIds: [],
          isTaken: () => false,
        }),
      );
    else await driver.works(words, () => speakAndFind(adapter, context, recipe));
  }

  const failing = await start({ faults: { flowFailed: 1 } });
  const flows = contextOf('elevenlabs', failing, { route: 'flows' });
  await driver.works('a flow that fails', async () => {
    const recipe = recipeOf(adapter, flows, failing.voices()[0]?.voiceId ?? '', 'This flow fails.');
    const request = adapter.request(flows.workspace, recipe);
    const status = await adapter.submit(flows, request, null);
    let later = status;
    for (let polls = 0; later.kind === 'processing' && polls < 50; polls += 1)
      later = (await adapter.poll?.(flows, status.vendorId ?? '', request)) ?? later;
    if (later.kind !== 'failed') throw new Error(`It ended as ${later.kind}.`);
  });

  const sent = new Set([...Object.keys(low), 'previous_text', 'next_text']);
  for (const { settings } of models)
    for (const { name } of settings)
      if (!sent.has(name)) driver.complain(`the setting ${name} reaches the vendor and was not driven`);
};
