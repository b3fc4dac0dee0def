import { z } from 'zod';
import { Alert, Budget, CreditMeter, Day, Reconciliation, Subscription, UsageDimension, UsageRow } from '../account.ts';
import { ProjectId, WorkspaceId } from '../entities.ts';
import type { MethodShape } from './method.ts';

const usageQuery = z.object({
  /** First and last day, both within. */
  from: Day,
  to: Day,
  /** One or two; a single one is answered from roll-ups. */
  by: z.array(UsageDimension).min(1).max(3),
  workspaceId: WorkspaceId.optional(),
  projectId: ProjectId.optional(),
  person: z.string().optional(),
  source: z.enum(['ledger', 'vendor', 'both']).default('both'),
});

export const accountMethods = {
  /** From the cache, at once; never asks a vendor. */
  'account.meters': { kind: 'query', input: z.object({}), output: z.array(CreditMeter) },
  /** Reads the vendor's figures now. Free. */
  'account.refresh': {
    kind: 'command',
    input: z.object({ workspaceId: WorkspaceId.optional() }),
    output: z.array(CreditMeter),
  },
  'account.subscription': {
    kind: 'query',
    input: z.object({ workspaceId: WorkspaceId }),
    output: z.object({
      workspaceId: WorkspaceId,
      subscription: Subscription.nullable(),
      readAt: z.number().nullable(),
      message: z.string().nullable(),
    }),
  },
  /** What the vendor's account said over time, oldest first, thinned to 500 points. */
  'account.readings': {
    kind: 'query',
    input: z.object({ workspaceId: WorkspaceId, from: z.number(), to: z.number() }),
    output: z.array(
      z.object({
        at: z.number(),
        usedCredits: z.number().nullable(),
        limitCredits: z.number().nullable(),
        remainingCredits: z.number().nullable(),
        resetAt: z.number().nullable(),
      }),
    ),
  },
  /** Compares the vendor's figures with our ledger, call by call where the vendor has a history. Free. */
  'account.reconcile': {
    kind: 'command',
    input: z.object({
      workspaceId: WorkspaceId,
      /** Epoch ms; default: the running billing period, else 30 days. */
      from: z.number().optional(),
      to: z.number().optional(),
      limit: z.number().int().min(1).max(10_000).default(500),
    }),
    output: Reconciliation,
  },
  'usage.query': { kind: 'query', input: usageQuery, output: z.object({ rows: z.array(UsageRow) }) },
  'usage.export': {
    kind: 'query',
    input: usageQuery.extend({ format: z.enum(['csv', 'json']) }),
    output: z.object({ fileName: z.string(), text: z.string() }),
  },
  /** Fetches the vendors' usage days that are missing or may still change. Free. */
  'usage.sync': {
    kind: 'command',
    input: z.object({ workspaceId: WorkspaceId.optional(), from: Day.optional(), to: Day.optional() }),
    output: z.array(
      z.object({
        workspaceId: WorkspaceId,
        workspaceName: z.string(),
        days: z.number().int(),
        rows: z.number().int(),
        message: z.string().nullable(),
      }),
    ),
  },
  'budget.list': { kind: 'query', input: z.object({}), output: z.array(Budget) },
  /** Without an id a new one is made. */
  'budget.set': {
    kind: 'command',
    input: z.object({
      id: z.string().optional(),
      name: z.string().min(1).max(120),
      projectId: ProjectId.nullable().default(null),
      person: z.string().nullable().default(null),
      workspaceId: WorkspaceId.nullable().default(null),
      period: z.enum(['month', 'all']).default('month'),
      warnCredits: z.number().min(0).nullable().default(null),
      stopCredits: z.number().min(0).nullable().default(null),
    }),
    output: Budget,
  },
  'budget.remove': { kind: 'command', input: z.object({ id: z.string() }), output: z.object({}) },
  'alert.list': {
    kind: 'query',
    input: z.object({ all: z.boolean().default(false), limit: z.number().int().min(1).max(1000).default(200) }),
    output: z.array(Alert),
  },
  'alert.dismiss': { kind: 'command', input: z.object({ id: z.string() }), output: z.object({}) },
  /** Takes a dismissal back. */
  'alert.restore': { kind: 'command', input: z.object({ id: z.string() }), output: z.object({}) },
} as const satisfies Record<string, MethodShape>;
