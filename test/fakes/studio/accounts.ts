/** Made-up vendors and accounts in every condition that the credit meter and the workspace form must show. */
import type { CreditMeter } from '#contract/account.ts';
import type { Workspace } from '#contract/entities.ts';
import type { MethodOutput } from '#contract/methods/index.ts';
import type { SettingRange } from '#contract/voices.ts';
import { free, workspace } from './entities.ts';

const dayMs = 86_400_000;
const billed = { ...free, costUnit: 'credits', needsKey: true } as const;
const told = { ...billed, balance: true, subscription: true, usage: true, remoteHistory: true } as const;

const range = (name: string, part: Partial<SettingRange>): SettingRange => ({
  name,
  label: name,
  kind: 'text',
  min: null,
  max: null,
  step: null,
  choices: null,
  defaultValue: null,
  hint: '',
  ...part,
});

export const offers: MethodOutput<'workspace.providers'> = [
  { provider: 'scratch', title: 'Scratch', abilities: free, hosts: [], settings: [], notice: null },
  {
    provider: 'elevenlabs',
    title: 'ElevenLabs',
    abilities: told,
    hosts: [
      { label: 'Worldwide', baseUrl: 'https://api.vendor.example' },
      { label: 'United States', baseUrl: 'https://api.us.vendor.example' },
      { label: 'EU residency', baseUrl: 'https://api.eu.residency.vendor.example' },
      { label: 'India residency', baseUrl: 'https://api.in.residency.vendor.example' },
    ],
    settings: [
      range('route', {
        label: 'How speech is asked for',
        kind: 'choice',
        choices: ['direct', 'flows'],
        defaultValue: 'direct',
        hint: 'Flows: a failed call is never charged, but each takes a little longer.',
      }),
      range('concurrency', {
        label: 'Requests at a time',
        kind: 'number',
        min: 1,
        max: 200,
        step: 1,
        hint: 'Learned from the vendor unless it is set.',
      }),
      range('format', {
        label: 'Audio format',
        kind: 'choice',
        choices: ['mp3_44100_128', 'pcm_44100'],
        defaultValue: 'mp3_44100_128',
      }),
      range('timings', { label: 'Times of words', kind: 'boolean', defaultValue: true }),
    ],
    notice: null,
  },
  {
    provider: 'supertone',
    title: 'Supertone',
    abilities: { ...told, subscription: false, remoteHistory: false, durationPrediction: true },
    hosts: [],
    settings: [],
    notice:
      'This vendor has announced that it ends its service on 31 August 2026. Takes, usage and history that are here stay; new speech needs another voice then.',
  },
  {
    provider: 'chosen',
    title: 'Chosen Voice AI',
    abilities: { ...billed, idempotencyKey: true, jobPolling: true },
    hosts: [],
    settings: [range('plan', { label: 'Plan', kind: 'choice', choices: ['pro', 'scale', 'business'] })],
    notice: null,
  },
];

export const accountWorkspaces = (): Workspace[] => [
  workspace('agency', {
    provider: 'chosen',
    baseUrl: 'https://voices.example',
    textLimit: 10_000,
    key: { configured: true, hint: '...a1b2', locked: false },
    settings: { concurrency: 2, plan: 'pro' },
    abilities: { ...billed, idempotencyKey: true, jobPolling: true },
  }),
  workspace('main', {
    provider: 'elevenlabs',
    baseUrl: 'https://api.eu.residency.vendor.example',
    key: { configured: true, hint: '...77e0', locked: false },
    settings: { route: 'flows' },
    abilities: told,
  }),
  workspace('night shift', {
    provider: 'supertone',
    baseUrl: 'https://super.example',
    key: { configured: false, hint: null, locked: false },
    abilities: { ...told, subscription: false, remoteHistory: false },
  }),
];

const meter = (of: Workspace, part: Partial<CreditMeter>): CreditMeter => ({
  workspaceId: of.id,
  workspaceName: of.name,
  provider: of.provider,
  costUnit: of.abilities.costUnit,
  source: 'vendor',
  state: 'current',
  message: null,
  plan: null,
  usedCredits: null,
  limitCredits: null,
  remainingCredits: null,
  heldCredits: 0,
  freeCredits: null,
  seenCredits: 0,
  overage: { state: 'unknown', limitCredits: null, current: null },
  resetAt: null,
  periodStartAt: null,
  openInvoices: 0,
  forecast: null,
  readAt: null,
  ...part,
});

/** A meter as its vendor tells it, by the workspace's provider. */
const conditions: Readonly<Record<Workspace['provider'], () => Partial<CreditMeter>>> = {
  scratch: () => ({ state: 'free' }),
  chosen: () => ({ source: 'seen', plan: 'pro', seenCredits: 8412.5, heldCredits: 240 }),
  elevenlabs: () => ({
    plan: 'creator',
    usedCredits: 78_340,
    limitCredits: 100_000,
    remainingCredits: 21_660,
    heldCredits: 6200,
    freeCredits: 15_460,
    seenCredits: 77_100,
    overage: { state: 'available', limitCredits: 50_000, current: null },
    resetAt: Date.now() + 11.4 * dayMs,
    periodStartAt: null,
    openInvoices: 0,
    forecast: {
      perDay: 2650,
      perDayLow: 1900,
      perDayHigh: 4100,
      days: 14,
      runsOutAt: Date.now() + 5.8 * dayMs,
      earliestAt: Date.now() + 3.7 * dayMs,
      latestAt: Date.now() + 8.1 * dayMs,
      lastsUntilReset: 'no',
    },
    readAt: Date.now() - 130_000,
  }),
  supertone: () => ({
    state: 'retired',
    costUnit: 'seconds',
    message:
      'The vendor has ended its service. Takes, usage and history that are here stay; cast another voice for new lines.',
    usedCredits: 3110,
    limitCredits: 3600,
    heldCredits: 0,
    freeCredits: 490,
    readAt: Date.now() - 9 * dayMs,
  }),
};

export const meterOf = (of: Workspace): CreditMeter => meter(of, conditions[of.provider]());

/** What a test of a vendor's key finds. */
export const testOf = (of: Workspace): MethodOutput<'workspace.test'> => {
  if (of.abilities.needsKey && !of.key.configured)
    return {
      ok: false,
      checks: [
        {
          name: 'Key',
          ok: false,
          message: `No API key is set for "${of.name}". Set one, then test again.`,
          missing: null,
        },
      ],
    };
  return {
    ok: true,
    checks: [
      { name: 'Connection', ok: true, message: 'Answers in 84 ms.', missing: null },
      { name: 'Key', ok: true, message: 'Accepted.', missing: null },
      ...(of.provider === 'elevenlabs'
        ? [
            {
              name: 'History',
              ok: false,
              message: 'The key may not read the history: every lost answer will become a question.',
              missing: 'speech_history_read',
            },
          ]
        : [{ name: 'Balance', ok: null, message: 'This vendor does not say.', missing: null }]),
    ],
  };
};
