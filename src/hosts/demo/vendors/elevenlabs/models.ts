/** The models that the fake offers; names and rates as on VENDORS' lists, descriptions made up. */
export interface FakeModel {
  readonly modelId: string;
  readonly name: string;
  /** Longest text of a request in code points. */
  readonly textLimit: number;
  /** Credits per character. */
  readonly rate: number;
  readonly group: string;
  readonly isFast: boolean;
  readonly languages: readonly string[];
  /** Whether `language_code` is taken, and request stitching. */
  readonly takesLanguage: boolean;
  readonly stitches: boolean;
  readonly useStyle: boolean;
}

const names: Readonly<Record<string, string>> = {
  en: 'English',
  de: 'German',
  fr: 'French',
  es: 'Spanish',
  it: 'Italian',
  pt: 'Portuguese',
  pl: 'Polish',
  nl: 'Dutch',
  sv: 'Swedish',
  ja: 'Japanese',
  ko: 'Korean',
  hi: 'Hindi',
};
const many = Object.keys(names);
const model = (
  modelId: string,
  name: string,
  textLimit: number,
  rate: number,
  more: Partial<FakeModel> = {},
): FakeModel => ({
  modelId,
  name,
  textLimit,
  rate,
  group: rate < 1 ? 'turbo' : 'standard',
  isFast: rate < 1,
  languages: many,
  takesLanguage: true,
  stitches: true,
  useStyle: rate === 1,
  ...more,
});

export const models: readonly FakeModel[] = [
  model('eleven_v4', 'Eleven v4', 10_000, 1, { group: 'standard_v4', stitches: false }),
  model('eleven_v3', 'Eleven v3', 5_000, 1, { group: 'standard_v3', stitches: false, useStyle: false }),
  model('eleven_multilingual_v2', 'Eleven Multilingual v2', 10_000, 1, {
    group: 'standard_eleven_multilingual_v2',
    takesLanguage: false,
  }),
  model('eleven_flash_v2_5', 'Eleven Flash v2.5', 40_000, 0.5),
  model('eleven_flash_v2', 'Eleven Flash v2', 30_000, 0.5, { languages: ['en'] }),
];
export const findModel = (modelId: string): FakeModel | undefined => models.find((one) => one.modelId === modelId);

/** As `GET /v1/models` answers it. */
export const viewModel = (one: FakeModel) => ({
  model_id: one.modelId,
  name: one.name,
  can_be_finetuned: one.modelId === 'eleven_multilingual_v2',
  can_do_text_to_speech: true,
  can_do_voice_conversion: false,
  can_use_style: one.useStyle,
  can_use_speaker_boost: one.useStyle,
  serves_pro_voices: true,
  token_cost_factor: one.rate,
  description: `Made-up model of the demo: ${one.name}.`,
  requires_alpha_access: false,
  max_characters_request_free_user: 2500,
  max_characters_request_subscribed_user: 5000,
  maximum_text_length_per_request: one.textLimit,
  languages: one.languages.map((id) => ({ language_id: id, name: names[id] ?? id })),
  model_rates: { character_cost_multiplier: one.rate, cost_discount_multiplier: 1 },
  concurrency_group: one.group,
});
