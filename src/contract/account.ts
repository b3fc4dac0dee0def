/**
 * What a vendor account is worth: subscription, credit meter, reconciliation, usage, budgets, alerts.
 * Credits are the vendor's billing unit and are never added up over vendors or turned into money. Money is what the
 * vendor writes: cents as integers, overage as a decimal string.
 */
import { z } from 'zod';
import { GenerationId, ProjectId, ProviderId, TakeId, WorkspaceId } from './entities.ts';

export const Invoice = z.object({
  amountDueCents: z.number().nullable(),
  subtotalCents: z.number().nullable(),
  taxCents: z.number().nullable(),
  discounts: z.array(z.object({ percentOff: z.number().nullable(), amountOff: z.number().nullable() })),
  /** Null: no further attempt is planned. */
  nextPaymentAttemptAt: z.number().nullable(),
  /** As the vendor words them, such as `processing`. */
  paymentStatuses: z.array(z.string()),
});
export type Invoice = z.infer<typeof Invoice>;

export const PendingChange = z.object({
  /** `change` or `cancellation`; a kind this build does not know is kept as it is. */
  kind: z.string(),
  nextTier: z.string().nullable(),
  nextBillingPeriod: z.string().nullable(),
  at: z.number().nullable(),
});
export type PendingChange = z.infer<typeof PendingChange>;

const slots = z.object({ used: z.number().nullable(), limit: z.number().nullable() });

export const Subscription = z.object({
  tier: z.string().nullable(),
  status: z.string().nullable(),
  currency: z.string().nullable(),
  billingPeriod: z.string().nullable(),
  refreshPeriod: z.string().nullable(),
  usedCredits: z.number().nullable(),
  limitCredits: z.number().nullable(),
  resetAt: z.number().nullable(),
  overage: z.object({
    /** Whether the plan may go over its limit at all. */
    entitled: z.boolean().nullable(),
    /** 0: switched off; `unlimited`: no cap; null: not told. */
    limitCredits: z.union([z.number(), z.literal('unlimited')]).nullable(),
    current: z.object({ amount: z.string(), currency: z.string() }).nullable(),
  }),
  voiceSlots: slots,
  professionalVoiceSlots: slots.extend({ usedInWorkspace: z.number().nullable() }),
  voiceEdits: slots,
  canExtendVoiceLimit: z.boolean().nullable(),
  canCloneInstantly: z.boolean().nullable(),
  canCloneProfessionally: z.boolean().nullable(),
  openInvoices: z.array(Invoice),
  hasOpenInvoices: z.boolean().nullable(),
  nextInvoice: Invoice.nullable(),
  pendingChange: PendingChange.nullable(),
  coupons: z.object({
    usedStarter: z.boolean().nullable(),
    usedCreator: z.boolean().nullable(),
    starterPromoEligible: z.boolean().nullable(),
  }),
  /** Fields this build does not know, as the vendor sent them. */
  other: z.record(z.string(), z.json()),
});
export type Subscription = z.infer<typeof Subscription>;

/** When the credits will be used up at the pace of the last days. Times are epoch ms, paces credits a day. */
export const RunOutForecast = z.object({
  perDay: z.number(),
  perDayLow: z.number(),
  perDayHigh: z.number(),
  /** Days of spending that the pace is made of. */
  days: z.number().int(),
  runsOutAt: z.number().nullable(),
  /** At the high and at the low pace; null: not within a year. */
  earliestAt: z.number().nullable(),
  latestAt: z.number().nullable(),
  /** Null where no reset is known. `may`: at the high pace they do not. */
  lastsUntilReset: z.enum(['yes', 'may', 'no']).nullable(),
});
export type RunOutForecast = z.infer<typeof RunOutForecast>;

export const CreditMeter = z.object({
  workspaceId: WorkspaceId,
  workspaceName: z.string(),
  provider: ProviderId,
  costUnit: z.enum(['free', 'credits', 'characters', 'seconds']),
  /** `vendor`: read from its account; `seen`: the vendor tells nothing, so only what this app saw debited. */
  source: z.enum(['vendor', 'seen']),
  /** `stale`: older than its refresh interval; `unread`: never read; `refused`: the key may not read it. */
  state: z.enum(['current', 'stale', 'offline', 'locked', 'refused', 'retired', 'unread', 'free']),
  /** Why it is not current, in words. */
  message: z.string().nullable(),
  plan: z.string().nullable(),
  usedCredits: z.number().nullable(),
  limitCredits: z.number().nullable(),
  remainingCredits: z.number().nullable(),
  heldCredits: z.number(),
  /** `remaining` less holds; may be below zero. */
  freeCredits: z.number().nullable(),
  /** Charged by this app since the period began (or in all, where no period is known). */
  seenCredits: z.number(),
  overage: z.object({
    state: z.enum(['off', 'available', 'in_use', 'unknown']),
    limitCredits: z.union([z.number(), z.literal('unlimited')]).nullable(),
    current: z.object({ amount: z.string(), currency: z.string() }).nullable(),
  }),
  resetAt: z.number().nullable(),
  /** When the running billing period began, epoch ms; null: not known. */
  periodStartAt: z.number().nullable(),
  openInvoices: z.number().int(),
  forecast: RunOutForecast.nullable(),
  /** Epoch ms of the vendor's last word; null: never. */
  readAt: z.number().nullable(),
});
export type CreditMeter = z.infer<typeof CreditMeter>;

/** One thing that explains why the vendor's figure is not ours. */
export const ReconciliationLine = z.object({
  kind: z.enum(['vendor_only', 'ours_only', 'amount_differs', 'open_call', 'estimated']),
  at: z.number().nullable(),
  text: z.string().nullable(),
  voice: z.string().nullable(),
  vendorItemId: z.string().nullable(),
  generationId: GenerationId.nullable(),
  takeId: TakeId.nullable(),
  vendorCredits: z.number().nullable(),
  ourCredits: z.number().nullable(),
  /** In plain words: "made in the web app or by a colleague". */
  note: z.string(),
});
export type ReconciliationLine = z.infer<typeof ReconciliationLine>;
export const Reconciliation = z.object({
  workspaceId: WorkspaceId,
  workspaceName: z.string(),
  from: z.number(),
  to: z.number(),
  vendorCredits: z.number().nullable(),
  ourCredits: z.number(),
  /** Vendor less ours. */
  difference: z.number().nullable(),
  /** What the lines add up to, and what is left unexplained. */
  explained: z.number(),
  unexplained: z.number().nullable(),
  /** Where the vendor's figure comes from, and what could not be read. */
  sources: z.array(z.string()),
  lines: z.array(ReconciliationLine),
  moreLines: z.number().int(),
});
export type Reconciliation = z.infer<typeof Reconciliation>;

/** A day as `YYYY-MM-DD`, UTC. */
export const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'Write a day as 2026-03-31.');
export const UsageDimension = z.enum([
  'day',
  'month',
  'workspace',
  'voice',
  'style',
  'language',
  'model',
  'project',
  'person',
  'machine',
  'product',
]);
export type UsageDimension = z.infer<typeof UsageDimension>;
export const UsageRow = z.object({
  /** One value for each dimension asked for, in that order, to show. */
  labels: z.array(z.string()),
  /** The same as ids, where they differ from what is shown. */
  ids: z.array(z.string()),
  workspaceId: WorkspaceId.nullable(),
  provider: ProviderId.nullable(),
  source: z.enum(['ledger', 'vendor']),
  credits: z.number().nullable(),
  characters: z.number().nullable(),
  seconds: z.number().nullable(),
  /** As the vendor writes them, to all its decimals; null where it counts otherwise. */
  minutes: z.number().nullable(),
  takes: z.number().int().nullable(),
});
export type UsageRow = z.infer<typeof UsageRow>;

export const Budget = z.object({
  id: z.string(),
  name: z.string(),
  /** Null: any. */
  projectId: ProjectId.nullable(),
  person: z.string().nullable(),
  workspaceId: WorkspaceId.nullable(),
  /** `month`: starts anew each calendar month, UTC. */
  period: z.enum(['month', 'all']),
  warnCredits: z.number().min(0).nullable(),
  /** Nothing more is sent when it is reached; what is in flight is finished. */
  stopCredits: z.number().min(0).nullable(),
  spentCredits: z.number(),
  heldCredits: z.number(),
  state: z.enum(['ok', 'warn', 'stop']),
  createdAt: z.number(),
});
export type Budget = z.infer<typeof Budget>;

export const Alert = z.object({
  id: z.string(),
  kind: z.enum([
    'low_credits',
    'forecast_before_reset',
    'invoice_open',
    'voice_notice',
    'voice_gone',
    'budget_warn',
    'budget_stop',
    'workspace_retired',
    'key_without_history',
    'plan_change',
  ]),
  level: z.enum(['notice', 'warning', 'error']),
  workspaceId: WorkspaceId.nullable(),
  /** What it is about within its kind: a voice's id, a budget's id, else the workspace. */
  subject: z.string(),
  message: z.string(),
  createdAt: z.number(),
  /** No longer true; kept to look back. */
  endedAt: z.number().nullable(),
  dismissedAt: z.number().nullable(),
});
export type Alert = z.infer<typeof Alert>;
