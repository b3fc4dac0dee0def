/**
 * What a workspace on the generations API may set. The vendor documents one path, two fields and one header;
 * everything it leaves open has a default here and can be changed without a new version of Cuebooth.
 */
import { z } from 'zod';
import { AppError } from '#contract/errors.ts';
import type { WorkspaceView } from '../provider.ts';

const headerName = z
  .string()
  .regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/, 'must be the name of one HTTP header, such as Authorization');
const path = z
  .string()
  .regex(/^\/(?!\/)[^\s#]*$/, 'must be a path on the base URL that starts with one slash, such as /api/generations');
const optionalPath = z
  .union([z.literal(''), path], 'must be a path on the base URL that starts with one slash, or empty')
  .default('');
const fieldName = z.string().min(1, 'must name a JSON field, such as text');
const optionalField = z.string().default('');
const number = (options: { min: number; max: number; whole: boolean; unit: string }) => {
  const range = `must be a ${options.whole ? 'whole ' : ''}number of ${options.unit} from ${options.min} to ${options.max}`;
  const base = options.whole ? z.coerce.number(range).int(range) : z.coerce.number(range);
  return base.min(options.min, range).max(options.max, range);
};

/** The vendor's plans; `unknown` until the user says which. */
export const plans = ['unknown', 'free', 'starter', 'creator', 'pro', 'scale', 'business', 'enterprise'] as const;

/** Flat keys, as `--set key=value` gives them. Keys that are not named here belong to others and are left alone. */
export const ChosenSettings = z.object({
  /** Header that carries the API key. Default `Authorization`. */
  authHeader: headerName.default('Authorization'),
  /** Word before the key in that header; empty: the bare key. Default `Bearer`. */
  authScheme: z
    .string()
    .regex(/^[A-Za-z0-9._~+/-]*$/, 'must be one word, such as Bearer, or empty')
    .default('Bearer'),
  /** Header that carries the idempotency key. Default `Idempotency-Key` (documented). */
  idempotencyHeader: headerName.default('Idempotency-Key'),
  /** Where a generation is created. Default `/api/generations` (documented). */
  createPath: path.default('/api/generations'),
  /** Where a generation is read; `{id}` stands for its id. Default `/api/generations/{id}`. */
  statusPath: path
    .refine((value) => value.includes('{id}'), 'must contain {id}, the place of the generation id')
    .default('/api/generations/{id}'),
  /**
   * Where the vendor lists generations, newest first; `{cursor}` stands for where a page begins, `{limit}` for its length.
   * Empty: it has no list, and the ledger here is the history. Default empty (none is documented).
   */
  listPath: optionalPath,
  /** Where balance and plan are read; empty: the vendor has no such place. Default empty (none is documented). */
  accountPath: optionalPath,
  /** JSON field of the text. Default `text`. */
  textField: fieldName.default('text'),
  /** JSON field of the voice name. Default `voice`. */
  voiceField: fieldName.default('voice'),
  /** JSON field of the model; empty: not sent. Default empty. */
  modelField: optionalField,
  /** JSON field of the language; empty: not sent. Default empty. */
  languageField: optionalField,
  /** JSON field of the audio format; empty: not sent. Default empty. */
  formatField: optionalField,
  /** The account's plan, which decides the longest text of one call. Default `unknown`. */
  plan: z
    .preprocess(
      (value) => (typeof value === 'string' ? value.toLowerCase() : value),
      z.enum(plans, `must be one of ${plans.join(', ')}`),
    )
    .default('unknown'),
  /** Longest text of one call in Unicode code points, over the plan's; 0: the plan decides. Default 0. */
  textLimit: number({ min: 0, max: 10_000_000, whole: true, unit: 'characters' }).default(0),
  /** Label of whoever owns the API key; two accounts on one base URL must differ in it. Default empty. */
  keyOwner: z.coerce.string().max(200, 'must be at most 200 characters long').default(''),
  /** Requests at a time. Default 2: the vendor names no number. */
  concurrency: number({ min: 1, max: 100, whole: true, unit: 'requests' }).default(2),
  /** Hours for which the vendor remembers an idempotency key (assumed; undocumented). Default 24. */
  keyLifetimeHours: number({ min: 0, max: 8760, whole: false, unit: 'hours' }).default(24),
  /** Seconds until the first byte of an answer to a new generation; after that the outcome is unknown. Default 60. */
  answerTimeoutSeconds: number({ min: 0.05, max: 3600, whole: false, unit: 'seconds' }).default(60),
  /** Seconds until the first byte of an answer to a free request (status, audio). Default 20. */
  readTimeoutSeconds: number({ min: 0.05, max: 3600, whole: false, unit: 'seconds' }).default(20),
  /**
   * Whether audio on the base URL's own origin is asked for with the key: `when-asked` (first without, with it after
   * a 401), `always` or `never`. Another origin never gets it. Default `when-asked`: signed URLs need no key.
   */
  audioKey: z.enum(['when-asked', 'always', 'never'], 'must be when-asked, always or never').default('when-asked'),
  /** Names of voices to offer, separated by commas; the vendor has no list. Default empty. */
  voices: z.coerce.string().default(''),
});
export type ChosenSettings = z.infer<typeof ChosenSettings>;

/** Where one workspace's requests go and how. `baseUrl` has no trailing slash, query or fragment. */
export interface Connection {
  readonly baseUrl: string;
  /** Scheme, host and port of the base URL: the only place that ever sees the key. */
  readonly origin: string;
  readonly settings: ChosenSettings;
}

const invalid = (workspace: WorkspaceView, problem: string): AppError =>
  new AppError(
    'invalid_input',
    `The settings of workspace "${workspace.name}" cannot be used: ${problem}. Nothing was sent and everything queued is kept. Correct the workspace's settings.`,
    { action: { type: 'open-workspace-settings', workspaceId: workspace.id } },
  );

const normaliseBaseUrl = (workspace: WorkspaceView): URL => {
  const url = URL.parse(workspace.baseUrl);
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:'))
    throw invalid(workspace, `the base URL "${workspace.baseUrl}" is not an http or https address`);
  if (url.username !== '' || url.password !== '')
    throw invalid(workspace, 'the base URL carries a name or password; the key belongs in the vault');
  url.search = '';
  url.hash = '';
  url.pathname = url.pathname.replace(/\/+$/, '');
  return url;
};

/** Throws AppError `invalid_input` that names the setting, what it must be and what it is. */
export const readConnection = (workspace: WorkspaceView): Connection => {
  const url = normaliseBaseUrl(workspace);
  const parsed = ChosenSettings.safeParse(workspace.settings);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const name = String(issue?.path[0] ?? 'settings');
    throw invalid(
      workspace,
      `"${name}" ${issue?.message ?? 'is not valid'} (now: ${JSON.stringify(workspace.settings[name])})`,
    );
  }
  const { textField, voiceField, modelField, languageField, formatField } = parsed.data;
  const fields = [textField, voiceField, modelField, languageField, formatField].filter((field) => field !== '');
  if (new Set(fields).size !== fields.length) throw invalid(workspace, 'two of the field settings have the same name');
  return { baseUrl: url.href.replace(/\/$/, ''), origin: url.origin, settings: parsed.data };
};

/** Names in the settings that only differ in case or dashes from a known one, with the name that was meant. */
export const misspelledSettings = (
  settings: WorkspaceView['settings'],
): readonly { readonly found: string; readonly meant: string }[] => {
  const plain = (name: string) => name.toLowerCase().replace(/[^a-z]/g, '');
  const known = new Map(Object.keys(ChosenSettings.shape).map((name) => [plain(name), name]));
  return Object.keys(settings).flatMap((found) => {
    const meant = known.get(plain(found));
    return meant === undefined || meant === found ? [] : [{ found, meant }];
  });
};

const limits = {
  unknown: null,
  free: null,
  starter: null,
  creator: null,
  pro: 10_000,
  scale: null,
  business: 50_000,
  enterprise: 100_000,
} as const;

/** Longest text of one call in Unicode code points; null where the vendor states none. */
export const textLimitOf = (settings: ChosenSettings): number | null =>
  settings.textLimit > 0 ? settings.textLimit : limits[settings.plan];

/** The vendor states that these plans have no API. */
export const planHasNoApi = (plan: ChosenSettings['plan']): boolean =>
  plan === 'free' || plan === 'starter' || plan === 'creator';

export const voiceNames = (settings: ChosenSettings): readonly string[] => [
  ...new Set(
    settings.voices
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== ''),
  ),
];
