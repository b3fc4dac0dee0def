import { z } from 'zod';
import { Job, JobId, JobState, Lane, LedgerRow, RenderId, WorkspaceId } from '../entities.ts';
import type { MethodShape } from './method.ts';

const changed = z.object({ changed: z.number().int() });
const which = z.object({
  jobIds: z.array(JobId).optional(),
  renderId: RenderId.optional(),
  workspaceId: WorkspaceId.optional(),
  /** Only jobs that ended with this error. */
  errorCode: z.string().optional(),
});

/** The plain choices for a call whose outcome nobody knows. */
export const Decision = z.enum(['look_again', 'resend', 'pay_again', 'give_up']);
export type Decision = z.infer<typeof Decision>;

export const queueMethods = {
  'queue.lanes': {
    kind: 'query',
    input: z.object({}),
    output: z.object({
      lanes: z.array(Lane),
      tally: z.object({ queued: z.number(), running: z.number(), asking: z.number() }),
    }),
  },
  'queue.list': {
    kind: 'query',
    input: z.object({
      states: z.array(JobState).optional(),
      renderId: RenderId.optional(),
      workspaceId: WorkspaceId.optional(),
      /** Keyset: the last job's `seq` of the page before. */
      after: z.number().int().optional(),
      limit: z.number().int().min(1).max(1000).default(100),
    }),
    output: z.array(Job.extend({ seq: z.number().int() })),
  },
  'queue.pause': { kind: 'command', input: z.object({ workspaceId: WorkspaceId.optional() }), output: changed },
  'queue.resume': { kind: 'command', input: z.object({ workspaceId: WorkspaceId.optional() }), output: changed },
  'queue.cancel': { kind: 'command', input: which, output: changed },
  'queue.retry': { kind: 'command', spends: true, input: which, output: changed },
  /** `look_again`: a free look into the vendor's history. `resend`: same body, same key, where the vendor takes keys. `pay_again`: a new call that may be charged. `give_up`: fail the line; watching goes on. */
  'queue.resolve': {
    kind: 'command',
    spends: true,
    input: z.object({ jobIds: z.array(JobId).min(1), decision: Decision }),
    output: changed,
  },
  /** A person recognised the lost call in the vendor's history: its audio is fetched, free, and it is charged. */
  'queue.adopt': {
    kind: 'command',
    input: z.object({ jobId: JobId, vendorItemId: z.string().min(1) }),
    output: changed,
  },
  'ledger.list': {
    kind: 'query',
    input: z.object({
      renderId: RenderId.optional(),
      after: z.string().optional(),
      limit: z.number().int().min(1).max(100_000).default(100_000),
    }),
    output: z.array(LedgerRow),
  },
} as const satisfies Record<string, MethodShape>;
