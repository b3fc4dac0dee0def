/** The free connection test: says what works without starting any work. */
import type { HttpAnswer } from '../../ports.ts';
import { ProviderError } from '../provider.ts';
import type { CallContext, CheckResult } from '../provider.ts';
import { readAccount } from './account.ts';
import type { ChosenClient } from './client.ts';
import { readList } from './list.ts';
import { misspelledSettings, planHasNoApi, textLimitOf, voiceNames } from './settings.ts';
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

const planCheck = ({ settings }: Connection): Check => {
  if (planHasNoApi(settings.plan))
    return {
      name: 'Plan',
      ok: false,
      message: `The ${settings.plan} plan has no API; Pro, Scale, Business and Enterprise do.`,
    };
  const limit = textLimitOf(settings);
  if (limit === null)
    return {
      name: 'Plan',
      ok: null,
      message:
        'The longest text of one call is not known; the vendor decides. Set plan or textLimit to have long texts split.',
    };
  return { name: 'Plan', ok: true, message: `Texts of up to ${limit.toLocaleString('en')} characters go in one call.` };
};

const voicesCheck = ({ settings }: Connection): Check => {
  const count = voiceNames(settings).length;
  return count === 0
    ? {
        name: 'Voices',
        ok: null,
        message: 'The vendor lists no voices. Write names as in its voice library; set voices to offer them here.',
      }
    : {
        name: 'Voices',
        ok: true,
        message: `${count} voice ${count === 1 ? 'name' : 'names'} offered from the settings.`,
      };
};

/** A place that the vendor does not document: told as absent unless the settings name it. */
const optionalCheck = async (
  name: string,
  path: string,
  absent: string,
  read: () => Promise<string>,
): Promise<Check> => {
  if (path === '') return { name, ok: null, message: absent };
  try {
    return { name, ok: true, message: await read() };
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    return { name, ok: false, message: error.message };
  }
};

const balanceCheck = (client: ChosenClient, context: CallContext, connection: Connection): Promise<Check> =>
  optionalCheck(
    'Balance',
    connection.settings.accountPath,
    'The vendor tells no balance: what is shown is what this app has seen debited.',
    async () => {
      const { remainingCredits, plan } = await readAccount(client, context, connection);
      const left = remainingCredits === null ? 'no balance' : `${remainingCredits.toLocaleString('en')} credits left`;
      return `The account tells ${left}${plan === null ? '' : ` on the ${plan} plan`}.`;
    },
  );

const historyCheck = (client: ChosenClient, context: CallContext, connection: Connection): Promise<Check> =>
  optionalCheck(
    'History',
    connection.settings.listPath,
    'The vendor has no list that can be read: the history is what was rendered here.',
    async () => {
      await readList(client, context, connection, { cursor: null, limit: 1 });
      return "The vendor's list of generations can be read.";
    },
  );

const isPage = (answer: HttpAnswer) => (answer.headers['content-type'] ?? '').toLowerCase().includes('text/html');

/** Which answers to a status request for an id that cannot exist speak for the key. */
const keyCheck = async (
  client: ChosenClient,
  context: CallContext,
  connection: Connection,
  url: string,
): Promise<Check> => {
  const name = 'Key';
  try {
    const answer = await client.keyed('status', context, connection, {
      method: 'GET',
      url,
      headers: {},
      timeoutSeconds: connection.settings.readTimeoutSeconds,
    });
    const { status } = answer;
    if (status === 404 || status === 400 || status === 422) {
      const page = isPage(answer);
      await answer.dump().catch(() => undefined);
      return page
        ? {
            name,
            ok: null,
            message: `The address answers with a web page (HTTP ${status}); the base URL or statusPath may be wrong.`,
          }
        : { name, ok: true, message: 'The vendor accepts the key.' };
    }
    if (status >= 200 && status < 300) {
      await answer.dump().catch(() => undefined);
      return {
        name,
        ok: null,
        message: `HTTP ${status} for a generation that does not exist: the base URL or statusPath may be wrong.`,
      };
    }
    const error = await client.explain('status', context, answer);
    const certain = status === 401 || status === 402 || status === 403 || (status >= 300 && status < 400);
    return { name, ok: certain ? false : null, message: error.message };
  } catch (error) {
    if (error instanceof ProviderError) return { name, ok: false, message: error.message };
    throw error;
  }
};

/** `ok` is false as soon as one check is; null stands for "cannot be known from here". */
export const runChecks = async (
  client: ChosenClient,
  context: CallContext,
  connection: Connection,
  statusUrl: string,
): Promise<CheckResult> => {
  const checks = [
    settingsCheck(context),
    transportCheck(connection),
    await keyCheck(client, context, connection, statusUrl),
    planCheck(connection),
    voicesCheck(connection),
    await balanceCheck(client, context, connection),
    await historyCheck(client, context, connection),
  ].filter((check) => check !== null);
  return { ok: checks.every((check) => check.ok !== false), checks };
};
