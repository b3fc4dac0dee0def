/** The free connection test: key, balance, voices, usage, and whether the vendor still serves at all. */
import { ProviderError } from '../provider.ts';
import type { CallContext, CheckResult, ProviderPorts } from '../provider.ts';
import type { SupertoneClient } from './client.ts';
import { callsOfAMinute, misspelledSettings } from './settings.ts';
import type { Connection } from './settings.ts';
import { readBalance, readVoiceUsage } from './usage.ts';
import { readVoices } from './voices.ts';

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

const planCheck = ({ settings }: Connection): Check => {
  const calls = callsOfAMinute(settings);
  const isKnown = settings.requestsPerMinute > 0 || (settings.plan !== 'unknown' && settings.plan !== 'enterprise');
  return isKnown
    ? { name: 'Rate', ok: true, message: `${calls} lines a minute are sent at most.` }
    : {
        name: 'Rate',
        ok: null,
        message: `The vendor does not tell the plan: ${calls} lines a minute are sent at most, as on the smallest. Set plan or requestsPerMinute if yours allows more.`,
      };
};

/** A check over one reading; a failure other than the end of the service is told and does not end the test. */
const reading = async (name: string, read: () => Promise<string>): Promise<Check> => {
  try {
    return { name, ok: true, message: await read() };
  } catch (error) {
    if (!(error instanceof ProviderError) || error.code === 'provider_retired') throw error;
    return { name, ok: false, message: error.message };
  }
};

/** `ok` is false as soon as one check is; null stands for "cannot be known from here". */
export const runChecks = async (
  client: SupertoneClient,
  context: CallContext,
  connection: Connection,
  now: ProviderPorts['now'],
): Promise<CheckResult> => {
  const checks: Check[] = [settingsCheck(context)];
  const transport = transportCheck(connection);
  if (transport !== null) checks.push(transport);
  try {
    const key = await reading('Key', async () => {
      const balance = await readBalance(client, context, connection);
      return balance === null
        ? 'The vendor accepts the key; it tells no balance.'
        : `The vendor accepts the key; ${balance.toLocaleString('en')} seconds of speech are left.`;
    });
    checks.push(key);
    if (key.ok === true) {
      const voices = () => readVoices(client, context, connection);
      checks.push(await reading('Voices', async () => `${(await voices()).length} voices can be used.`));
      const today = new Date(now()).toISOString().slice(0, 10);
      checks.push(
        await reading('Usage', async () => {
          await readVoiceUsage(client, context, connection, { from: today, to: today });
          return 'Usage can be read.';
        }),
      );
    }
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    return { ok: false, checks: [...checks, { name: 'Service', ok: false, message: error.message }] };
  }
  checks.push(planCheck(connection));
  return { ok: checks.every((check) => check.ok !== false), checks };
};
