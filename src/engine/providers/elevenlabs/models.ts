/**
 * The vendor's models: limits, rates, languages and groups as its list says, never from code. What the list does not say
 * (which settings a model honours, its markup) is documented by family; a family nobody described gets the plain set.
 */
import type { SettingRange } from '#contract/voices.ts';
import type { KnownRates, Phonemes, ProviderModel, TextRules } from '../provider.ts';
import type { Model } from './schema.ts';
import type { Connection } from './settings.ts';

/** What the vendor takes when a request names no model (OpenAPI file, `model_id`). */
export const vendorDefaultModel = 'eleven_multilingual_v2';
/** Credits of a character where no list was read: the vendor's base rate (VENDORS C.2), so that budgets hold. */
const baseRate = 1;

interface Family {
  /** Takes `previous_text`, `next_text` and request ids. */
  readonly stitches: boolean;
  /** Takes `<break time="1.5s" />`, at most 3 s each: all but v3 by the help centre; v4 is not described. */
  readonly breaks: boolean;
  /** Takes audio tags such as `[whispers]` (the vendor's prompting guide for v3). */
  readonly tags: boolean;
  readonly voiceSettings: readonly string[] | 'all';
}
/**
 * Models that take `<phoneme alphabet="ipa|cmu-arpabet" ph="...">`, one word a tag, by the help centre ("Do pauses and SSML
 * phoneme tags work with the API?": English v1, Flash v2, Turbo v2) and the guide to best practices. Others skip the tag or
 * read it out. Eleven v3 has a notation of its own for IPA; its syntax is not in the API's reference, so it gets the alias.
 */
const phonemeModels: readonly string[] = ['eleven_monolingual_v1', 'eleven_flash_v2', 'eleven_turbo_v2'];
const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
const phonemeTag = (word: string, { alphabet, symbols }: Phonemes): string | null =>
  /\s/u.test(word)
    ? null
    : `<phoneme alphabet="${alphabet === 'cmu' ? 'cmu-arpabet' : 'ipa'}" ph="${escapeXml(symbols)}">${escapeXml(word)}</phoneme>`;
const five = ['stability', 'similarity_boost', 'style', 'use_speaker_boost', 'speed'] as const;
const plain: Family = { stitches: false, breaks: false, tags: false, voiceSettings: 'all' };
const families: readonly (readonly [RegExp, Family])[] = [
  [/^eleven_v3/, { ...plain, tags: true, voiceSettings: ['stability'] }],
  // Seen by third parties to honour these two only.
  [/^eleven_v4/, { ...plain, voiceSettings: ['stability', 'similarity_boost'] }],
  [/^eleven_(?:flash|turbo|multilingual|monolingual)_v/, { ...plain, stitches: true, breaks: true }],
];
/** What is documented of a model beside the vendor's list. */
export const familyOf = (modelId: string): Family => families.find(([pattern]) => pattern.test(modelId))?.[1] ?? plain;

/** `language_code` is refused by the multilingual ones (VENDORS C.4) and pointless where there is one language. */
const takesLanguage = (modelId: string, languages: readonly string[]): boolean =>
  !/^eleven_(?:multilingual|monolingual)_/.test(modelId) &&
  !/^eleven_(?:flash|turbo)_v2$/.test(modelId) &&
  languages.length !== 1;

const blank = { min: null, max: null, step: null, choices: null } as const;
const unit = { ...blank, kind: 'number', min: 0, max: 1, step: 0.01 } as const;
const ranges: readonly SettingRange[] = [
  {
    ...unit,
    name: 'stability',
    label: 'Stability',
    defaultValue: 0.5,
    hint: 'Lower is livelier and varies more from take to take. Eleven v3 is reported to take 0, 0.5 and 1 only.',
  },
  {
    ...unit,
    name: 'similarity_boost',
    label: 'Similarity',
    defaultValue: 0.75,
    hint: 'How closely it keeps to the original voice.',
  },
  {
    ...unit,
    name: 'style',
    label: 'Style exaggeration',
    defaultValue: 0,
    hint: 'More than 0 makes speech less stable and slower to come.',
  },
  {
    ...blank,
    name: 'use_speaker_boost',
    label: 'Speaker boost',
    kind: 'boolean',
    defaultValue: true,
    hint: 'A little closer to the original speaker.',
  },
  {
    ...blank,
    name: 'speed',
    label: 'Speed',
    kind: 'number',
    min: 0.7,
    max: 1.2,
    step: 0.01,
    defaultValue: 1,
    hint: '1 is the pace of the voice itself.',
  },
  {
    ...blank,
    name: 'seed',
    label: 'Seed',
    kind: 'number',
    min: 0,
    max: 4_294_967_295,
    step: 1,
    defaultValue: null,
    hint: 'The same seed gives nearly the same audio; the vendor does not promise it.',
  },
  {
    ...blank,
    name: 'apply_text_normalization',
    label: 'Spell out numbers',
    kind: 'choice',
    choices: ['auto', 'on', 'off'],
    defaultValue: 'auto',
    hint: 'How numbers and dates are read. "on" needs an enterprise plan with the flash models.',
  },
  {
    ...blank,
    name: 'apply_language_text_normalization',
    label: 'Language normalization',
    kind: 'boolean',
    defaultValue: false,
    hint: 'Japanese only; slow.',
  },
  {
    ...blank,
    name: 'pronunciation_dictionary_locators',
    label: 'Pronunciation dictionaries',
    kind: 'text',
    defaultValue: null,
    hint: 'Up to three ids from the vendor, applied in order, with or without a version: id:version,id2.',
  },
];

interface Flags {
  readonly style: boolean | null;
  readonly boost: boolean | null;
  readonly languages: readonly string[];
}
const settingsOf = (modelId: string, { style, boost, languages }: Flags): readonly SettingRange[] => {
  const { voiceSettings } = familyOf(modelId);
  const voice: readonly string[] = voiceSettings === 'all' ? five : voiceSettings;
  const isTaken = (name: string): boolean => {
    if (name === 'style' && style === false) return false;
    if (name === 'use_speaker_boost' && boost === false) return false;
    return !five.some((one) => one === name) || voice.includes(name);
  };
  const language: SettingRange = {
    ...blank,
    name: 'language',
    label: 'Language',
    kind: languages.length === 0 ? 'text' : 'choice',
    choices: languages.length === 0 ? null : [...languages],
    defaultValue: null,
    hint: 'Not set: told from the text.',
  };
  const taken = ranges.filter(({ name }) => isTaken(name));
  return takesLanguage(modelId, languages) ? [...taken, language] : taken;
};

/** Null where the list does not say, or says something that is no rate. */
const rateOf = (model: Model): number | null => {
  const multiplier = model.model_rates?.character_cost_multiplier ?? model.token_cost_factor ?? null;
  if (multiplier === null || multiplier < 0) return null;
  return multiplier * (model.model_rates?.cost_discount_multiplier ?? 1);
};

/** Those that speak. */
export const modelsOf = (list: readonly Model[]): readonly ProviderModel[] =>
  list
    .filter((model) => model.can_do_text_to_speech !== false)
    .map((model) => {
      const languages = (model.languages ?? []).flatMap(({ language_id: id }) => id ?? []);
      const limit = model.maximum_text_length_per_request ?? null;
      return {
        modelId: model.model_id,
        name: model.name ?? model.model_id,
        description: model.description ?? null,
        textLimit: limit !== null && limit >= 1 ? Math.floor(limit) : null,
        languages,
        creditsPerCharacter: rateOf(model),
        concurrencyGroup: model.concurrency_group ?? null,
        settings: settingsOf(model.model_id, {
          style: model.can_use_style ?? null,
          boost: model.can_use_speaker_boost ?? null,
          languages,
        }),
      };
    });

const longestBreakMs = 3000;
const breakMarkup = (pauseMs: number): string => {
  const pieces: string[] = [];
  for (let left = pauseMs; left > 0; left -= longestBreakMs) {
    const seconds = Math.max(0.01, Math.round(Math.min(left, longestBreakMs) / 10) / 100);
    pieces.push(`<break time="${Number.isInteger(seconds) ? seconds.toFixed(1) : seconds}s" />`);
  }
  return pieces.join(' ');
};
const tagMarkup = (direction: string): string => {
  const words = direction.replaceAll(/[[\]]/g, ' ').replaceAll(/\s+/g, ' ').trim();
  return words === '' ? '' : `[${words}]`;
};

/**
 * The flows route has a schema of its own for each model and refuses every other model and field (OpenAPI file,
 * `TextToSpeechGenerationRequest`); lines with those go the direct way.
 */
const flows: Readonly<Record<string, readonly string[]>> = {
  eleven_v3: ['stability', 'language'],
  eleven_multilingual_v2: five,
  eleven_flash_v2_5: ['stability', 'similarity_boost', 'speed', 'language'],
};
/** Settings of a line that the flows route takes for this model; null: it does not take the model. */
export const flowTakes = (modelId: string): readonly string[] | null => {
  const taken = Object.hasOwn(flows, modelId) ? flows[modelId] : undefined;
  return taken === undefined ? null : [...taken, 'pronunciation_dictionary_locators'];
};

/** The model of a line: its own, the workspace's, or the vendor's default. */
export const modelOf = ({ settings }: Connection, model: string | null): string =>
  model ?? (settings.model.trim() === '' ? vendorDefaultModel : settings.model.trim());

/** What expansion may put into a text for this model. */
export const textRulesOf = (connection: Connection, model: string | null, rates: KnownRates): TextRules => {
  const { settings } = connection;
  const modelId = modelOf(connection, model);
  const row = rates.models.find((one) => one.modelId === modelId) ?? null;
  const known = row?.settings ?? settingsOf(modelId, { style: null, boost: null, languages: [] });
  const names = known.map(({ name }) => name);
  const family = familyOf(modelId);
  const flow = settings.route === 'flows' ? flowTakes(modelId) : null;
  const neighbours = family.stitches && flow === null && !settings.zeroRetention;
  const taken = flow === null ? names : names.filter((name) => flow.includes(name));
  return {
    limit: row?.textLimit ?? null,
    pauseMarkup: family.breaks ? breakMarkup : null,
    directionMarkup: family.tags ? tagMarkup : null,
    ...(phonemeModels.includes(modelId) ? { phonemeMarkup: phonemeTag } : {}),
    settings: neighbours ? [...taken, 'previous_text', 'next_text'] : taken,
    model: modelId,
    format: settings.format,
    neighbours,
  };
};

const codePoints = (text: string): number => {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
};

/** Characters by the model's rate and the voice's own, rounded up. */
export const creditsOf = (text: string, modelId: string | null, rates: KnownRates): number => {
  const row = rates.models.find((one) => one.modelId === (modelId ?? vendorDefaultModel));
  const rate = (row?.creditsPerCharacter ?? baseRate) * (rates.voice?.priceMultiplier ?? 1);
  // A product such as 10 x 0.1 x 3 is a hair over the whole number.
  return Math.ceil(Math.round(codePoints(text) * rate * 1e6) / 1e6);
};
