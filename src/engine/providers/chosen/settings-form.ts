/** The settings of a workspace on the generations API, for a form; what they mean stands in settings.ts. */
import type { SettingRange } from '#contract/voices.ts';
import { plans } from './settings.ts';

const blank = { min: null, max: null, step: null, choices: null } as const;
const text = (name: string, label: string, defaultValue: string, hint: string): SettingRange => ({
  ...blank,
  name,
  label,
  kind: 'text',
  defaultValue,
  hint,
});
const number = (
  name: string,
  label: string,
  [min, max, step]: readonly [number, number, number],
  defaultValue: number,
  hint: string,
): SettingRange => ({ ...blank, name, label, kind: 'number', min, max, step, defaultValue, hint });
const choice = (
  name: string,
  label: string,
  choices: readonly string[],
  defaultValue: string,
  hint: string,
): SettingRange => ({
  ...blank,
  name,
  label,
  kind: 'choice',
  choices: [...choices],
  defaultValue,
  hint,
});

/** What most need first, then what only a vendor with other names and paths needs. */
export const settingsForm: readonly SettingRange[] = [
  choice(
    'plan',
    'Plan',
    plans,
    'unknown',
    'Decides the longest text of one call: Pro 10,000, Business 50,000, Enterprise 100,000 characters. Free, Starter and Creator have no API.',
  ),
  text(
    'voices',
    'Voices',
    '',
    'Names to offer, separated by commas: the vendor has no list. Write them as in its voice library.',
  ),
  number(
    'concurrency',
    'Requests at a time',
    [1, 100, 1],
    2,
    'The vendor names no number; your organisation may have set one.',
  ),
  number(
    'textLimit',
    'Longest text',
    [0, 10_000_000, 1],
    0,
    'Characters of one call; longer texts are sent in parts. 0: the plan decides.',
  ),
  text('keyOwner', 'Owner of the key', '', 'Only needed for two accounts on one base URL: tells their takes apart.'),
  text(
    'listPath',
    'Path of the history',
    '',
    'Such as /api/generations?cursor={cursor}, where the vendor has a list. Empty: the history is what was rendered here.',
  ),
  text(
    'accountPath',
    'Path of the balance',
    '',
    'Such as /api/account, where the vendor tells balance and plan. Empty: what this app saw debited is shown.',
  ),
  number(
    'keyLifetimeHours',
    'Memory for sent requests',
    [0, 8760, 1],
    24,
    'Hours for which the vendor knows a request again by its idempotency key. Not documented; after that you are asked before anything is sent twice.',
  ),
  number(
    'answerTimeoutSeconds',
    'Wait for new lines',
    [0.05, 3600, 1],
    60,
    'Seconds until the first byte of the answer to a new line; the same request is then sent again, which the vendor does not charge twice.',
  ),
  number(
    'readTimeoutSeconds',
    'Wait for free answers',
    [0.05, 3600, 1],
    20,
    'Seconds until the first byte of status and audio.',
  ),
  choice(
    'audioKey',
    'Key for audio',
    ['when-asked', 'always', 'never'],
    'when-asked',
    "Whether audio on the vendor's own address is asked for with the key. Other addresses never get it.",
  ),
  text('authHeader', 'Header of the key', 'Authorization', 'Name of the HTTP header that carries the key.'),
  text('authScheme', 'Word before the key', 'Bearer', 'Empty: the bare key.'),
  text(
    'idempotencyHeader',
    'Header of the request key',
    'Idempotency-Key',
    'What keeps a repeated request from being charged twice.',
  ),
  text('createPath', 'Path of new lines', '/api/generations', 'Where a generation is made.'),
  text(
    'statusPath',
    'Path of one line',
    '/api/generations/{id}',
    'Where a generation is read; {id} stands for its id.',
  ),
  text('textField', 'Field of the text', 'text', 'Name in the JSON that is sent.'),
  text('voiceField', 'Field of the voice', 'voice', 'Name in the JSON that is sent.'),
  text('modelField', 'Field of the model', '', 'Empty: no model is sent.'),
  text('languageField', 'Field of the language', '', 'Empty: no language is sent.'),
  text('formatField', 'Field of the format', '', 'Empty: no format is sent.'),
];
