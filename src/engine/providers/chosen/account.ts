/** Balance and plan, where a vendor on this API tells them: nothing is documented, so every plausible name is taken. */
import { ProviderError } from '../provider.ts';
import type { AccountReading, CallContext } from '../provider.ts';
import type { ChosenClient } from './client.ts';
import { failUnreadable } from './map.ts';
import { asFields, asText, first, parseFields } from './schema.ts';
import type { Fields } from './schema.ts';
import type { Connection } from './settings.ts';

const layerNames = ['data', 'account', 'organization', 'organisation', 'workspace', 'subscription', 'credits', 'usage'];
const remainingNames = [
  'balance',
  'remaining',
  'creditsRemaining',
  'credits_remaining',
  'remainingCredits',
  'remaining_credits',
  'creditBalance',
  'credit_balance',
  'creditsLeft',
  'credits_left',
  'available',
  'credits',
];
const usedNames = ['used', 'creditsUsed', 'credits_used', 'usedCredits', 'used_credits'];
const limitNames = [
  'limit',
  'creditLimit',
  'credit_limit',
  'creditsLimit',
  'credits_limit',
  'monthlyCredits',
  'allowance',
];
const planNames = ['plan', 'tier', 'planName', 'plan_name'];
const resetNames = ['resetAt', 'reset_at', 'resetsAt', 'resets_at', 'renewsAt', 'renews_at', 'periodEnd', 'period_end'];
/** Epoch numbers below this are seconds: as ms they would lie in 1973. */
const smallestMs = 1e11;

// A balance may be below zero; a debit's spelling as a negative amount has no place here.
const asAmount = (value: unknown): number | null => {
  const amount = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof amount === 'number' && Number.isFinite(amount) ? amount : null;
};
const asTime = (value: unknown): number | null => {
  const number = asAmount(value);
  if (number !== null) return Math.round(number < smallestMs ? number * 1000 : number);
  const at = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(at) ? null : at;
};
const asPlan = (value: unknown): string | null => {
  const inner = asFields(value);
  return inner === null ? asText(value) : first([inner], ['name', 'id', 'tier'], asText);
};

/**
 * The plan is the one that the vendor tells, else the one that the user chose. Throws `not_found` where the workspace
 * names no place to read: the balance then is what this app has seen debited.
 */
export const readAccount = async (
  client: ChosenClient,
  context: CallContext,
  connection: Connection,
): Promise<AccountReading> => {
  const { baseUrl, settings } = connection;
  const workspaceName = context.workspace.name;
  if (settings.accountPath === '')
    throw new ProviderError(
      'not_found',
      `"${workspaceName}" has no balance that can be read: the vendor documents no place for it. What is shown is what was seen by this app: the credits that it saw debited. If your vendor has such a place, name it in the setting accountPath.`,
      { phase: 'connect', charged: 'no', disposition: 'permanent' },
    );
  const { text } = await client.exchange('account', context, connection, {
    method: 'GET',
    url: `${baseUrl}${settings.accountPath}`,
    headers: {},
    timeoutSeconds: settings.readTimeoutSeconds,
  });
  const root = parseFields(text);
  if (root === null) throw failUnreadable({ call: 'account', workspaceName, vendorSays: null });
  const within = (layer: Fields): readonly Fields[] =>
    layerNames.map((name) => asFields(layer[name])).filter((inner) => inner !== null);
  const below = within(root);
  const layers = [root, ...below, ...below.flatMap(within)];
  const reading = {
    usedCredits: first(layers, usedNames, asAmount),
    limitCredits: first(layers, limitNames, asAmount),
    remainingCredits: first(layers, remainingNames, asAmount),
    resetAt: first(layers, resetNames, asTime),
  };
  const plan = first(layers, planNames, asPlan)?.toLowerCase() ?? null;
  if (plan === null && Object.values(reading).every((value) => value === null))
    throw failUnreadable({ call: 'account', workspaceName, vendorSays: null, missing: 'a balance or a plan' });
  return { ...reading, plan: plan ?? (settings.plan === 'unknown' ? null : settings.plan), subscription: null };
};
