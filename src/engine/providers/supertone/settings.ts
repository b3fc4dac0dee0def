/** What a workspace on Supertone may set, and where its requests go. */
import { z } from 'zod';
import { AppError } from '#contract/errors.ts';
import type { SettingRange } from '#contract/voices.ts';
import type { WorkspaceView } from '../provider.ts';

const number = (options: { min: number; max: number; whole: boolean; unit: string }) => {
  const range = `must be a ${options.whole ? 'whole ' : ''}number of ${options.unit} from ${options.min} to ${options.max}`;
  const base = options.whole ? z.coerce.number(range).int(range) : z.coerce.number(range);
  return base.min(options.min, range).max(options.max, range);
};
const lower = (value: unknown): unknown => (typeof value === 'string' ? value.trim().toLowerCase() : value);

/** The vendor's plans; `unknown` until the user says which. No endpoint tells it. */
export const plans = ['unknown', 'free', 'starter', 'creator', 'pro', 'enterprise'] as const;
const formats = ['wav', 'mp3'] as const;

/** Flat keys, as `--set key=value` gives them. Keys that are not named here belong to others and are left alone. */
export const SupertoneSettings = z.object({
  /** Audio asked for, `wav` or `mp3`. Default `wav`. */
  format: z.preprocess(lower, z.enum(formats, 'must be wav or mp3')).default('wav'),
  /** The account's plan, which decides the calls of a minute. Default `unknown`. */
  plan: z.preprocess(lower, z.enum(plans, `must be one of ${plans.join(', ')}`)).default('unknown'),
  /** Speech calls of a minute, over the plan's; 0: the plan decides. Default 0. */
  requestsPerMinute: number({ min: 0, max: 10_000, whole: true, unit: 'calls' }).default(0),
  /** Asks for the times of phonemes: the answer then is JSON with the audio in it. The audio is the same. Default false. */
  timestamps: z
    .preprocess((value) => {
      const word = lower(value);
      return word === 'true' ? true : word === 'false' ? false : word;
    }, z.boolean('must be true or false'))
    .default(false),
  /** Label of whoever owns the API key; two accounts on one base URL must differ in it. Default empty. */
  keyOwner: z.coerce.string().max(200, 'must be at most 200 characters long').default(''),
  /** Requests at a time. Default 2: the vendor names a rate, not a number at a time. */
  concurrency: number({ min: 1, max: 100, whole: true, unit: 'requests' }).default(2),
  /** Seconds until the first byte of speech; after that the outcome is unknown. Default 60. */
  answerTimeoutSeconds: number({ min: 0.05, max: 3600, whole: false, unit: 'seconds' }).default(60),
  /** Seconds until the first byte of an answer to a free request. Default 35: the vendor's own limit there is 30. */
  readTimeoutSeconds: number({ min: 0.05, max: 3600, whole: false, unit: 'seconds' }).default(35),
});
export type SupertoneSettings = z.infer<typeof SupertoneSettings>;

const blank = { min: null, max: null, step: null, choices: null } as const;
/** The same for a form. */
export const settingsForm: readonly SettingRange[] = [
  {
    ...blank,
    name: 'format',
    label: 'Audio format',
    kind: 'choice',
    choices: [...formats],
    defaultValue: 'wav',
    hint: 'What the vendor is asked for. Changing it makes new takes: what was paid for in the other format is not asked for again by itself.',
  },
  {
    ...blank,
    name: 'plan',
    label: 'Plan',
    kind: 'choice',
    choices: [...plans],
    defaultValue: 'unknown',
    hint: 'Decides how many calls a minute are made: Free and Starter 20, Creator 30, Pro 60. The vendor does not tell it.',
  },
  {
    ...blank,
    name: 'requestsPerMinute',
    label: 'Calls of a minute',
    kind: 'number',
    min: 0,
    max: 10_000,
    step: 1,
    defaultValue: 0,
    hint: '0: as the plan says. Enterprise plans have a number of their own; write it here.',
  },
  {
    ...blank,
    name: 'concurrency',
    label: 'Requests at a time',
    kind: 'number',
    min: 1,
    max: 100,
    step: 1,
    defaultValue: 2,
    hint: 'How many lines are sent at once.',
  },
  {
    ...blank,
    name: 'timestamps',
    label: 'Times of phonemes',
    kind: 'boolean',
    defaultValue: false,
    hint: 'Asks for the times of phonemes with each line. Costs nothing; answers get a third larger.',
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
    defaultValue: 60,
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
    defaultValue: 35,
    hint: 'Seconds until the first byte of voices, balance and usage.',
  },
];

/** Where one workspace's requests go and how. `baseUrl` has no trailing slash, query or fragment. */
export interface Connection {
  readonly baseUrl: string;
  /** The only place that ever sees the key. */
  readonly origin: string;
  readonly settings: SupertoneSettings;
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
  const parsed = SupertoneSettings.safeParse(workspace.settings);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const name = String(issue?.path[0] ?? 'settings');
    throw invalid(`"${name}" ${issue?.message ?? 'is not valid'} (now: ${JSON.stringify(workspace.settings[name])})`);
  }
  url.search = '';
  url.hash = '';
  url.pathname = url.pathname.replace(/\/+$/, '');
  return { baseUrl: url.href.replace(/\/$/, ''), origin: url.origin, settings: parsed.data };
};

const byPlan = { unknown: 20, free: 20, starter: 20, creator: 30, pro: 60, enterprise: 20 } as const;

/** Speech calls of a minute (VENDORS B.3). Enterprise has its own number, unknown here: the smallest until it is set. */
export const callsOfAMinute = ({ requestsPerMinute, plan }: SupertoneSettings): number =>
  requestsPerMinute > 0 ? requestsPerMinute : byPlan[plan];

/** Names in the settings that only differ in case or dashes from a known one, with the name that was meant. */
export const misspelledSettings = (
  settings: WorkspaceView['settings'],
): readonly { readonly found: string; readonly meant: string }[] => {
  const plain = (name: string) => name.toLowerCase().replace(/[^a-z]/g, '');
  const known = new Map(Object.keys(SupertoneSettings.shape).map((name) => [plain(name), name]));
  return Object.keys(settings).flatMap((found) => {
    const meant = known.get(plain(found));
    return meant === undefined || meant === found ? [] : [{ found, meant }];
  });
};
