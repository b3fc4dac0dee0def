/**
 * What each model takes. The API has no list of models: their names come from the voices, and what they honour stands in
 * the vendor's documentation alone (VENDORS B.2); what a model does not take it ignores without a word. Models that the
 * table does not know are offered every voice setting, since nobody can say which of them they ignore.
 */
import type { SettingRange } from '#contract/voices.ts';
import type { ProviderModel, ProviderVoice } from '../provider.ts';

/** Longest text of one raw call, in Unicode code points (API specification 0.9.6). */
export const textLimit = 300;
/** What the vendor takes when no model is named (API specification 0.9.6). */
export const defaultModel = 'sona_speech_1';

const range = (
  name: string,
  label: string,
  [min, max, step]: readonly [number, number, number],
  defaultValue: number,
  hint: string,
): SettingRange => ({ name, label, kind: 'number', min, max, step, choices: null, defaultValue, hint });

/** Ranges and defaults of the API specification 0.9.6. */
const ranges = {
  pitch_shift: range('pitch_shift', 'Pitch', [-24, 24, 1], 0, 'Semitones up or down.'),
  pitch_variance: range('pitch_variance', 'Pitch variance', [0, 2, 0.1], 1, 'How lively the melody is; 1 as recorded.'),
  speed: range('speed', 'Speed', [0.5, 2, 0.05], 1, '2 is twice as fast. Charged is the length that comes out.'),
  duration: range('duration', 'Length', [0, 60, 0.1], 0, 'Seconds that the text should take; 0: as it comes.'),
  similarity: range('similarity', 'Similarity', [1, 5, 0.1], 3, 'How close to the recorded voice.'),
  text_guidance: range('text_guidance', 'Text guidance', [0, 4, 0.1], 1, 'How closely the delivery follows the text.'),
  subharmonic_amplitude_control: range(
    'subharmonic_amplitude_control',
    'Subharmonics',
    [0, 2, 0.1],
    1,
    'How rough the voice sounds.',
  ),
} as const satisfies Record<string, SettingRange>;
type VoiceSetting = keyof typeof ranges;

/** In the order in which they are sent, so that the same recipe gives the same bytes. */
export const voiceSettings = Object.keys(ranges) as readonly VoiceSetting[];

const all: readonly VoiceSetting[] = voiceSettings;
const honoured: ReadonlyMap<string, readonly VoiceSetting[]> = new Map<string, readonly VoiceSetting[]>([
  ['sona_speech_1', all],
  ['sona_speech_2', all.filter((name) => name !== 'subharmonic_amplitude_control')],
  ['sona_speech_2_flash', ['pitch_shift', 'pitch_variance', 'speed', 'duration']],
  ['supertonic_api_1', ['speed']],
  ['supertonic_api_3', ['speed']],
]);
/** The specification names these two for `normalized_text`. */
const takesNormalizedText: ReadonlySet<string> = new Set(['sona_speech_2', 'sona_speech_2_flash']);

/** Names of the settings that reach the vendor for a model, language and style among them. */
export const settingNames = (model: string | null): readonly string[] => {
  const name = model ?? defaultModel;
  return [
    'language',
    'style',
    ...(honoured.get(name) ?? all),
    ...(takesNormalizedText.has(name) ? ['normalized_text'] : []),
  ];
};
export const honours = (model: string | null, setting: VoiceSetting): boolean =>
  (honoured.get(model ?? defaultModel) ?? all).includes(setting);

/** The vendor's default where the voice has it or is not known, else the voice's first model. */
export const modelFor = (asked: string | null, voice: Pick<ProviderVoice, 'models'> | null): string | null => {
  const offered = voice?.models ?? [];
  if (asked !== null || offered.length === 0 || offered.includes(defaultModel)) return asked;
  return offered[0] ?? null;
};

const settingsOf = (modelId: string, languages: readonly string[]): readonly SettingRange[] => {
  const blank = { min: null, max: null, step: null, choices: null, defaultValue: null } as const;
  return [
    {
      ...blank,
      name: 'language',
      label: 'Language',
      kind: languages.length === 0 ? 'text' : 'choice',
      choices: languages.length === 0 ? null : [...languages],
      hint: "Two letters such as en. Default: the script's language, else en.",
    },
    {
      ...blank,
      name: 'style',
      label: 'Style',
      kind: 'text',
      hint: "One of the voice's styles. Default: the first of them.",
    },
    ...(honoured.get(modelId) ?? all).map((name) => ranges[name]),
    ...(takesNormalizedText.has(modelId)
      ? [
          {
            ...blank,
            name: 'normalized_text',
            label: 'Text as read',
            kind: 'text',
            hint: 'The text with numbers and signs written out, where the model reads them wrongly.',
          } as const,
        ]
      : []),
  ];
};

/**
 * Every model that a voice offers. Its languages are those of the voices' samples with it: a voice lists its languages
 * for all of its models together, and only a combination that has a sample is valid. Empty where there are no samples.
 */
export const modelsOf = (voices: readonly ProviderVoice[]): readonly ProviderModel[] => {
  const languages = new Map<string, Set<string>>();
  for (const voice of voices) {
    for (const model of voice.models ?? []) if (!languages.has(model)) languages.set(model, new Set());
    for (const { model, language } of voice.previews ?? [])
      if (model !== null && language !== null) languages.get(model)?.add(language);
  }
  return [...languages]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([modelId, spoken]) => {
      const list = [...spoken].toSorted();
      return {
        modelId,
        name: modelId,
        description: honoured.has(modelId) ? null : 'Not described by the vendor: it may ignore some settings.',
        textLimit,
        languages: list,
        creditsPerCharacter: null,
        concurrencyGroup: null,
        settings: settingsOf(modelId, list),
      };
    });
};
