/** The free connection test: which scopes the key has, and what each missing one costs the user. */
import { z } from 'zod';
import { ProviderError } from '../provider.ts';
import type { CallContext, CheckResult } from '../provider.ts';
import type { ElevenLabsClient } from './client.ts';
import type { CallKind } from './errors.ts';
import { scopeCosts } from './messages.ts';
import { misspelledSettings } from './settings.ts';
import type { Connection } from './settings.ts';

type Check = CheckResult['checks'][number];

const settingsCheck = (context: CallContext): Check => {
  const wrong = misspelledSettings(context.workspace.settings);
  if (wrong.length === 0) return { name: 'Settings', ok: true, message: 'All settings can be used.' };
  const list = wrong.map(({ found, meant }) => `"${found}" (did you mean "${meant}"?)`).join(', ');
  return { name: 'Settings', ok: false, message: `Not used because of the spelling: ${list}.` };
};
const transportCheck = ({ baseUrl }: Connection): Check | null => {
  const url = new URL(baseUrl);
  const near = url.hostname === 'localhost' || url.hostname === '[::1]' || url.hostname.startsWith('127.');
  if (url.protocol === 'https:' || near) return null;
  return {
    name: 'Encryption',
    ok: false,
    message: 'The base URL is http: the API key travels in the clear. Use https.',
  };
};
const retentionCheck = ({ settings }: Connection): Check | null =>
  settings.zeroRetention
    ? {
        name: 'Zero retention',
        ok: null,
        message: 'The vendor keeps no history of these lines: every lost answer will become a question.',
      }
    : null;

interface Scope {
  readonly scope: string;
  readonly name: string;
  readonly call: CallKind;
  readonly path: string;
  readonly ok: string;
}
/** One cheap read each. */
const scopes: readonly Scope[] = [
  {
    scope: 'voices_read',
    name: 'Voices',
    call: 'read',
    path: '/v2/voices?page_size=1&include_total_count=false',
    ok: 'Voices can be listed.',
  },
  {
    scope: 'models_read',
    name: 'Models',
    call: 'read',
    path: '/v1/models',
    ok: 'Models, limits and rates can be read.',
  },
  {
    scope: 'user_read',
    name: 'Credits and plan',
    call: 'read',
    path: '/v1/user/subscription',
    ok: 'Credits, plan and invoices can be read.',
  },
  {
    scope: 'speech_history_read',
    name: 'History',
    call: 'history',
    path: '/v1/history?page_size=1',
    ok: 'Lost answers can be looked for in the history, free.',
  },
];
const speechCheck: Check = {
  name: 'Speech',
  ok: null,
  message: 'Whether the key may make speech (text_to_speech) cannot be known without paying for a line.',
};

const lacking = ({ name, scope }: Scope): Check => ({
  name,
  ok: false,
  message: `The key lacks ${scope}: ${scopeCosts[scope] ?? 'some of the studio will not work'}. Allow it for the key at the vendor.`,
  missing: scope,
});

interface Finding {
  readonly check: Check;
  readonly isKeyGood: boolean | null;
  readonly isAnswered: boolean;
}
const look = async (
  client: ElevenLabsClient,
  context: CallContext,
  connection: Connection,
  scope: Scope,
): Promise<Finding> => {
  try {
    await client.read(scope.call, context, connection, scope.path, z.unknown());
    return { check: { name: scope.name, ok: true, message: scope.ok }, isKeyGood: true, isAnswered: true };
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    if (error.code === 'missing_permission' || error.code === 'history_unavailable')
      return { check: lacking(scope), isKeyGood: true, isAnswered: true };
    const isKey = error.code === 'key_refused' || error.code === 'key_missing';
    return {
      check: { name: scope.name, ok: isKey ? false : null, message: error.message },
      isKeyGood: isKey ? false : null,
      isAnswered: error.code !== 'provider_offline' && error.code !== 'provider_timeout',
    };
  }
};

/** `ok` is false as soon as one check is; null stands for "cannot be known from here". */
export const runChecks = async (
  client: ElevenLabsClient,
  context: CallContext,
  connection: Connection,
): Promise<CheckResult> => {
  const found: Finding[] = [];
  for (const scope of scopes) {
    const finding = await look(client, context, connection, scope);
    found.push(finding);
    // A refused key is refused everywhere, and the rest would only repeat it.
    if (finding.isKeyGood === false) break;
  }
  const refused = found.find(({ isKeyGood }) => isKeyGood === false);
  const accepted = found.some(({ isKeyGood }) => isKeyGood === true);
  const isReached = found.some(({ isAnswered }) => isAnswered);
  const keyCheck = (): Check => {
    if (refused !== undefined) return { name: 'Key', ok: false, message: refused.check.message };
    if (accepted) return { name: 'Key', ok: true, message: 'The vendor accepts the key.' };
    return isReached
      ? { name: 'Key', ok: null, message: 'The vendor gave no answer that speaks for the key.' }
      : {
          name: 'Key',
          ok: false,
          message:
            'The vendor could not be reached, so nothing is known of the key. Check the network and the base URL, then test again.',
        };
  };
  const checks = [
    settingsCheck(context),
    transportCheck(connection),
    keyCheck(),
    ...(refused === undefined && isReached
      ? [...found.map(({ check }) => check), speechCheck, retentionCheck(connection)]
      : []),
  ].filter((check) => check !== null);
  return { ok: checks.every((check) => check.ok !== false), checks };
};
