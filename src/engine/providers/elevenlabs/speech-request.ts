/** The bytes of a speech request, and what an earlier one says about itself when its answer is asked after. */
import type { SettingValue, SpeechRecipe } from '#contract/entities.ts';
import type { RequestContext, VendorRequest } from '../provider.ts';
import { familyOf, flowTakes, modelOf } from './models.ts';
import type { Connection } from './settings.ts';

type Settings = SpeechRecipe['settings'];

/** Sheets and front matter may bring numbers and flags as text. What is neither goes as it is: the vendor will name it. */
const asNumber = (value: SettingValue | undefined): SettingValue | undefined => {
  if (typeof value !== 'string' || value.trim() === '') return value;
  const number = Number(value);
  return Number.isFinite(number) ? number : value;
};
const asFlag = (value: SettingValue | undefined): SettingValue | undefined => {
  const word = typeof value === 'string' ? value.trim().toLowerCase() : value;
  return word === 'true' ? true : word === 'false' ? false : value;
};
const asText = (value: SettingValue | undefined): string | undefined =>
  value === undefined || String(value).trim() === '' ? undefined : String(value);

/** `id:version,id2`. */
const locatorsOf = (value: SettingValue | undefined) => {
  const list = (asText(value) ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')
    .map((one) => {
      const [id = '', version = ''] = one.split(':', 2).map((part) => part.trim());
      return { pronunciation_dictionary_id: id, ...(version === '' ? {} : { version_id: version }) };
    });
  return list.length === 0 ? undefined : list;
};
const voiceSettingsOf = (settings: Settings) => {
  const set = Object.entries({
    stability: asNumber(settings['stability']),
    similarity_boost: asNumber(settings['similarity_boost']),
    style: asNumber(settings['style']),
    use_speaker_boost: asFlag(settings['use_speaker_boost']),
    speed: asNumber(settings['speed']),
  }).filter(([, value]) => value !== undefined);
  return set.length === 0 ? undefined : Object.fromEntries(set);
};
/** ISO 639-1, as the vendor wants it; regions are told by voices. */
const languageOf = (language: string | null): string | undefined => language?.split(/[-_]/)[0]?.toLowerCase();

/** Undefined fields are left out by JSON itself; the order of the keys is fixed. */
const encode = (fields: Readonly<Record<string, unknown>>): Uint8Array =>
  new TextEncoder().encode(JSON.stringify(fields));

const flowRequest = (connection: Connection, recipe: SpeechRecipe, modelId: string): VendorRequest => ({
  method: 'POST',
  url: `${connection.baseUrl}/v1/flows/text-to-speech`,
  contentType: 'application/json',
  body: encode({
    text: recipe.text,
    voice: recipe.voice,
    model_id: modelId,
    output_format: recipe.format,
    language_code: languageOf(recipe.language),
    voice_settings: voiceSettingsOf(recipe.settings),
    pronunciation_dictionary_locators: locatorsOf(recipe.settings['pronunciation_dictionary_locators']),
  }),
});

const directRequest = (
  connection: Connection,
  recipe: SpeechRecipe,
  modelId: string,
  context: RequestContext | undefined,
): VendorRequest => {
  const { timestamps, zeroRetention } = connection.settings;
  const { settings } = recipe;
  const mayName = familyOf(modelId).stitches && !zeroRetention;
  const idsOf = (ids: readonly string[] | undefined) =>
    mayName && ids !== undefined && ids.length > 0 ? ids : undefined;
  const previous = idsOf(context?.previousRequestIds.slice(-3));
  const next = idsOf(context?.nextRequestIds.slice(0, 3));
  const query = new URLSearchParams({ output_format: recipe.format });
  if (zeroRetention) query.set('enable_logging', 'false');
  const voice = encodeURIComponent(recipe.voice);
  return {
    method: 'POST',
    url: `${connection.baseUrl}/v1/text-to-speech/${voice}${timestamps ? '/with-timestamps' : ''}?${query.toString()}`,
    contentType: 'application/json',
    body: encode({
      text: recipe.text,
      model_id: modelId,
      language_code: languageOf(recipe.language),
      voice_settings: voiceSettingsOf(settings),
      pronunciation_dictionary_locators: locatorsOf(settings['pronunciation_dictionary_locators']),
      seed: asNumber(settings['seed']),
      // Request ids beat the texts (VENDORS C.4): only one of the two is sent.
      previous_text: previous === undefined ? asText(settings['previous_text']) : undefined,
      next_text: next === undefined ? asText(settings['next_text']) : undefined,
      previous_request_ids: previous,
      next_request_ids: next,
      apply_text_normalization: asText(settings['apply_text_normalization']),
      apply_language_text_normalization: asFlag(settings['apply_language_text_normalization']),
    }),
  };
};

/** A recipe with something that the flows route does not take was ordered for the direct one, and goes there. */
export const requestOf = (
  connection: Connection,
  recipe: SpeechRecipe,
  context: RequestContext | undefined,
): VendorRequest => {
  const modelId = modelOf(connection, recipe.model);
  const takes = recipe.format.startsWith('mp3_') ? flowTakes(modelId) : null;
  const fitsFlows = takes !== null && Object.keys(recipe.settings).every((name) => takes.includes(name));
  return connection.settings.route === 'flows' && fitsFlows
    ? flowRequest(connection, recipe, modelId)
    : directRequest(connection, recipe, modelId, context);
};

/** A request that was written down, read back. */
export interface Sent {
  readonly route: 'direct' | 'flows';
  readonly hasTimestamps: boolean;
  readonly voice: string;
  readonly format: string;
  readonly text: string;
  readonly model: string | null;
  readonly voiceSettings: Readonly<Record<string, unknown>>;
  readonly namesCalls: boolean;
}

const isFields = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Never throws: what cannot be read is empty. */
export const readSent = ({ url, body }: Pick<VendorRequest, 'url' | 'body'>): Sent => {
  const address = URL.parse(url);
  const path = address?.pathname ?? '';
  const isFlow = path.endsWith('/v1/flows/text-to-speech');
  const [, voice = '', stamped = ''] = /\/v1\/text-to-speech\/([^/]+)(\/with-timestamps)?$/.exec(path) ?? [];
  let fields: Readonly<Record<string, unknown>> = {};
  try {
    const parsed: unknown = JSON.parse(new TextDecoder().decode(body));
    if (isFields(parsed)) fields = parsed;
  } catch {
    // Never ours then; what can be told from the address is told.
  }
  const text = (name: string): string | null => (typeof fields[name] === 'string' ? fields[name] : null);
  return {
    route: isFlow ? 'flows' : 'direct',
    hasTimestamps: stamped !== '',
    voice: isFlow ? (text('voice') ?? '') : decodeURIComponent(voice),
    format: (isFlow ? text('output_format') : address?.searchParams.get('output_format')) ?? 'mp3_44100_128',
    text: text('text') ?? '',
    model: text('model_id'),
    voiceSettings: isFields(fields['voice_settings']) ? fields['voice_settings'] : {},
    namesCalls: fields['previous_request_ids'] !== undefined || fields['next_request_ids'] !== undefined,
  };
};
