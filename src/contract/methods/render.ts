import { z } from 'zod';
import { Estimate, JobState, Render, RenderId, RenderItem, RenderVariant, ScriptId, WorkspaceId } from '../entities.ts';
import type { MethodShape } from './method.ts';

/** What to render: shared by the estimate and the order, so that the price shown is the price of the click. */
export const RenderOrder = z.object({
  scriptId: ScriptId,
  /** Names of variants; absent: all. A script without variants has one, named `default`. */
  only: z.array(z.string()).optional(),
  /** Character to `workspaceName/voice`, over the script's cast. */
  voices: z.record(z.string(), z.string()).default({}),
  /** Whose voice counts where a variant has one of its own: the variant's, or `voices` (a timing draft needs that). */
  voicesFrom: z.enum(['variants', 'order']).default('variants'),
  /** How many takes of each line are to be owned in all. */
  takes: z.number().int().min(1).max(50).default(1),
  /** Ask for the next take of every line instead. */
  retake: z.boolean().default(false),
  /** Only these lines; absent: all. */
  lineIds: z.array(z.string()).optional(),
});
export type RenderOrder = z.infer<typeof RenderOrder>;
/** Higher goes first. Auditions have 100. */
const Priority = z.number().int().min(-100).max(100);
const byRender = z.object({ renderId: RenderId });

const price = z.object({
  workspaceId: WorkspaceId,
  workspaceName: z.string(),
  calls: z.number().int(),
  /** In the workspace's cost unit; null: not known. A line that turns out to be charged already costs nothing more. */
  credits: z.number().nullable(),
});

export const renderMethods = {
  'render.estimate': { kind: 'query', input: RenderOrder, output: Estimate },
  'render.enqueue': {
    kind: 'command',
    spends: true,
    input: RenderOrder.extend({
      /** This render's cap. May be passed by at most what is in flight when the vendor's price is not known. */
      budgetCredits: z.number().min(0).nullable().default(null),
      priority: Priority.default(0),
    }),
    output: Render,
  },
  'render.list': {
    kind: 'query',
    input: z.object({
      limit: z.number().int().min(1).max(500).default(50),
      before: z.number().optional(),
      includeAuditions: z.boolean().default(false),
    }),
    output: z.array(Render),
  },
  'render.get': { kind: 'query', input: byRender, output: Render },
  'render.items': {
    kind: 'query',
    input: z.object({
      renderId: RenderId,
      /** Only items in these states. Default: all. */
      states: z.array(JobState).optional(),
      /** Only items of this variant. Default: all. */
      variant: z.string().optional(),
      after: z.number().int().default(-1),
      limit: z.number().int().min(1).max(1000).default(200),
    }),
    output: z.array(RenderItem),
  },
  /** Its variants in the order of the items, each in counts. */
  'render.variants': { kind: 'query', input: byRender, output: z.array(RenderVariant) },
  'render.pause': { kind: 'command', input: byRender, output: Render },
  /** Also lifts `over_budget` when a new budget is given. */
  'render.resume': {
    kind: 'command',
    spends: true,
    input: z.object({ renderId: RenderId, budgetCredits: z.number().min(0).nullable().optional() }),
    output: Render,
  },
  /** What was claimed for others and has not left steps back behind it. */
  'render.prioritise': {
    kind: 'command',
    input: z.object({ renderId: RenderId, priority: Priority }),
    output: Render,
  },
  'render.cancel': { kind: 'command', input: byRender, output: Render },
  /** What a retry of its failed and cancelled lines, or of those with one cause, is expected to cost. Free. */
  'render.quoteRetry': {
    kind: 'query',
    input: byRender.extend({ errorCode: z.string().optional() }),
    output: z.object({ calls: z.number().int(), byWorkspace: z.array(price) }),
  },
  /** Queues the failed and cancelled lines again, after a free look at what was charged. */
  'render.retry': { kind: 'command', spends: true, input: byRender, output: Render },
} as const satisfies Record<string, MethodShape>;
