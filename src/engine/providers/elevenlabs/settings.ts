/** What a workspace on ElevenLabs may set, where its requests go, and the same as a form. */
import { z } from 'zod';
import { AppError } from '#contract/errors.ts';
import type { SettingRange } from '#contract/voices.ts';
import type { WorkspaceView } from '../provider.ts';

/**
 * Audio formats that can be decoded here, by the vendor's names (OpenAPI file, `output_format`). Opus, u-law and A-law are
 * left out: nothing here decodes them.
 */
export const formats = [
  'mp3_44100_128',
  'mp3_44100_192',
  'mp3_44100_96',
  'mp3_44100_64',
  'mp3_44100_32',
  'mp3_24000_48',
  'mp3_22050_32',
  'pcm_48000',
  'pcm_44100',
  'pcm_32000',
  'pcm_24000',
  'pcm_22050',
  'pcm_16000',
  'pcm_8000',
  'wav_48000',
  'wav_44100',
  'wav_32000',
  'wav_24000',
  'wav_22050',
  'wav_16000',
  'wav_8000',
] as const;
const routes = ['direct', 'flows'] as const;

const lower = (value: unknown): unknown => (typeof value === 'string' ? value.trim().toLowerCase() : value);
const number = (options: { min: number; max: number; whole: boolean; unit: string }) => {
  const range = `must be a ${options.whole ? 'whole ' : ''}number of ${options.unit} from ${options.min} to ${options.max}`;
  const base = options.whole ? z.coerce.number(range).int(range) : z.coerce.number(range);
  return base.min(options.min, range).max(options.max, range);
};
const flag = z.preprocess((value) => {
  const word = lower(value);
  return word === 'true' ? true : word === 'false' ? false : word;
}, z.boolean('must be true or false'));

/** Flat keys, as `--set key=value` gives them. Keys that are not named here belong to others and are left alone. */
export const ElevenLabsSettings = z.object({
  /** Model for lines whose cast names none; empty: the vendor's own default. Default empty. */
  model: z.coerce.string().max(200, 'must be at most 200 characters long').default(''),
  /** Audio asked for. Default `mp3_44100_128` (the vendor's own). */
  format: z
    .preprocess(
      lower,
      z.enum(formats, `must be one of ${formats.join(', ')}; opus, ulaw and alaw cannot be decoded here`),
    )
    .default('mp3_44100_128'),
  /** Asks for the times of characters: the answer then is JSON with the same audio in it. Default true. */
  timestamps: flag.default(true),
  /** `direct`: the audio comes as the answer. `flows`: the vendor works in the background, and failed calls are not charged. */
  route: z.preprocess(lower, z.enum(routes, 'must be direct or flows')).default('direct'),
  /** The vendor keeps neither text nor audio (enterprise only). Default false: lost answers are found in the history. */
  zeroRetention: flag.default(false),
  /** Label of whoever owns the API key; two accounts on one base URL must differ in it. Default empty. */
  keyOwner: z.coerce.string().max(200, 'must be at most 200 characters long').default(''),
  /** Requests at a time. Not set: as the vendor's headers say. */
  concurrency: number({ min: 1, max: 200, whole: true, unit: 'requests' }).optional(),
  /** Seconds until the first byte of speech; after that the outcome is unknown. Default 240: long texts take minutes. */
  answerTimeoutSeconds: number({ min: 0.05, max: 3600, whole: false, unit: 'seconds' }).default(240),
  /** Seconds until the first byte of an answer to a free request. Default 30. */
  readTimeoutSeconds: number({ min: 0.05, max: 3600, whole: false, unit: 'seconds' }).default(30),
});
export type ElevenLabsSettings = z.infer<typeof ElevenLabsSettings>;

const blank = { min: null, max: null, step: null, choices: null } as const;
/** The same for a form. */
export const settingsForm: readonly SettingRange[] = [
  {
    ...blank,
    name: 'model',
    label: 'Model',
    kind: 'text',
    defaultValue: '',
    hint: 'For lines whose cast names none. Empty: eleven_multilingual_v2, the default of the vendor.',
  },
  {
    ...blank,
    name: 'format',
    label: 'Audio format',
    kind: 'choice',
    choices: [...formats],
    defaultValue: 'mp3_44100_128',
    hint: 'mp3_44100_192 needs the Creator plan or higher; PCM and WAV at 44.1 kHz and above need Pro or higher. PCM is stored as WAV. Opus, u-law and A-law are not offered: they cannot be decoded here.',
  },
  {
    ...blank,
    name: 'route',
    label: 'Way of sending',
    kind: 'choice',
    choices: [...routes],
    defaultValue: 'direct',
    hint: 'direct: the audio comes as the answer. flows: the vendor works in the background, what fails is not charged; MP3 only, fewer settings, no joined lines. Models that flows do not take go directly.',
  },
  {
    ...blank,
    name: 'timestamps',
    label: 'Times of characters',
    kind: 'boolean',
    defaultValue: true,
    hint: 'Asks for the time of each character with each line. Costs nothing; answers get a third larger. Not with flows.',
  },
  {
    ...blank,
    name: 'zeroRetention',
    label: 'Zero retention',
    kind: 'boolean',
    defaultValue: false,
    hint: 'Enterprise only. The vendor keeps nothing, so it has no history of these lines: every lost answer will become a question, and lines cannot be joined.',
  },
  {
    ...blank,
    name: 'concurrency',
    label: 'Requests at a time',
    kind: 'number',
    min: 1,
    max: 200,
    step: 1,
    defaultValue: null,
    hint: "Empty: as the vendor's answers say for the plan.",
  },
  {
    ...blank,
    name: 'keyOwner',
    label: 'Owner of the key',
    kind: 'text',
    defaultValue: '',
    hint: 'Only needed for two accounts on one base URL: tells their takes apart.',
  },
  {
    ...blank,
    name: 'answerTimeoutSeconds',
    label: 'Wait for speech',
    kind: 'number',
    min: 0.05,
    max: 3600,
    step: 1,
    defaultValue: 240,
    hint: 'Seconds until the first byte of a new line. After that nobody knows whether it was charged.',
  },
  {
    ...blank,
    name: 'readTimeoutSeconds',
    label: 'Wait for free answers',
    kind: 'number',
    min: 0.05,
    max: 3600,
    step: 1,
    defaultValue: 30,
    hint: 'Seconds until the first byte of voices, credits, usage and history.',
  },
];

/** By region and residency (VENDORS C). */
export const hosts = [
  { label: 'Global', baseUrl: 'https://api.elevenlabs.io' },
  { label: 'United States', baseUrl: 'https://api.us.elevenlabs.io' },
  { label: 'European Union (data residency, enterprise)', baseUrl: 'https://api.eu.residency.elevenlabs.io' },
  { label: 'India (data residency, enterprise)', baseUrl: 'https://api.in.residency.elevenlabs.io' },
  { label: 'Singapore (data residency, enterprise)', baseUrl: 'https://api.sg.residency.elevenlabs.io' },
] as const;

/** Where one workspace's requests go and how. `baseUrl` has no trailing slash, query or fragment. */
export interface Connection {
  readonly baseUrl: string;
  /** Scheme, host and port of the base URL: the only place that ever sees the key. */
  readonly origin: string;
  readonly settings: ElevenLabsSettings;
}

/** Throws AppError `invalid_input` that names the setting, what it must be and what it is. */
export const readConnection = (workspace: WorkspaceView): Connection => {
  const invalid = (problem: string): AppError =>
    new AppError(
      'invalid_input',
      `The settings of workspace "${workspace.name}" cannot be used: ${problem}. Nothing was sent and everything queued is kept. Correct the workspace's settings.`,
      { action: { type: 'open-workspace-settings', workspaceId: workspace.id } },
    );
  const url = URL.parse(workspace.baseUrl);
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:'))
    throw invalid(`the base URL "${workspace.baseUrl}" is not an http or https address`);
  if (url.username !== '' || url.password !== '')
    throw invalid('the base URL carries a name or password; the key belongs in the vault');
  const parsed = ElevenLabsSettings.safeParse(workspace.settings);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const name = String(issue?.path[0] ?? 'settings');
    throw invalid(`"${name}" ${issue?.message ?? 'is not valid'} (now: ${JSON.stringify(workspace.settings[name])})`);
  }
  const settings = parsed.data;
  if (settings.route === 'flows' && !settings.format.startsWith('mp3_'))
    throw invalid(`"route" flows gives MP3 only, and "format" is ${settings.format}`);
  if (settings.route === 'flows' && settings.zeroRetention)
    throw invalid('"zeroRetention" cannot be had with "route" flows; use direct');
  url.search = '';
  url.hash = '';
  url.pathname = url.pathname.replace(/\/+$/, '');
  return { baseUrl: url.href.replace(/\/$/, ''), origin: url.origin, settings };
};

/** Names in the settings that only differ in case or dashes from a known one, with the name that was meant. */
export const misspelledSettings = (
  settings: WorkspaceView['settings'],
): readonly { readonly found: string; readonly meant: string }[] => {
  const plain = (name: string) => name.toLowerCase().replace(/[^a-z]/g, '');
  const known = new Map(Object.keys(ElevenLabsSettings.shape).map((name) => [plain(name), name]));
  return Object.keys(settings).flatMap((found) => {
    const meant = known.get(plain(found));
    return meant === undefined || meant === found ? [] : [{ found, meant }];
  });
};
