/** Every event by name. An event says what changed; the snapshot is fetched by a query. */
import { z } from 'zod';
import { CreditMeter } from './account.ts';
import { Lane, ProjectId, Render, ScriptId, TakeId, RecipeHash, WorkspaceId } from './entities.ts';

export const events = {
  'render.changed': z.object({ render: Render }),
  'queue.changed': z.object({
    lanes: z.array(Lane),
    tally: z.object({ queued: z.number(), running: z.number(), asking: z.number() }),
  }),
  'take.added': z.object({ takeId: TakeId, recipeHash: RecipeHash, takeNo: z.number().int() }),
  'take.selected': z.object({ takeId: TakeId, recipeHash: RecipeHash }),
  'script.changed': z.object({ scriptId: ScriptId, projectId: ProjectId, revision: z.number().int() }),
  'variant.changed': z.object({ scriptId: ScriptId, revision: z.number().int().default(0) }),
  'lexicon.changed': z.object({ projectId: ProjectId }),
  'project.changed': z.object({ projectId: ProjectId }),
  'workspace.changed': z.object({ workspaceId: WorkspaceId }),
  /** A workspace's credit meter was read, or its holds changed. */
  'account.changed': z.object({ meter: CreditMeter }),
  /** A list of voices was read anew, or somebody marked a voice. */
  'voice.changed': z.object({ workspaceId: WorkspaceId.nullable() }),
  'palette.changed': z.object({ projectId: ProjectId }),
  'history.changed': z.object({ workspaceId: WorkspaceId.nullable(), added: z.number().int() }),
  'usage.changed': z.object({ workspaceId: WorkspaceId.nullable() }),
  'budget.changed': z.object({}),
  'alert.changed': z.object({ open: z.number().int() }),
  /** Verdicts, remarks, assignments or hearings of these takes. Empty: of many. */
  'review.changed': z.object({ takeIds: z.array(TakeId) }),
  'person.changed': z.object({}),
  'savedSearch.changed': z.object({}),
  'preference.changed': z.object({ name: z.string() }),
  /** How far a long piece of work on the whole library is. */
  'library.progress': z.object({
    task: z.enum(['export', 'restore']),
    doneBytes: z.number(),
    totalBytes: z.number(),
  }),
  'library.notice': z.object({
    level: z.enum(['notice', 'warning', 'error']),
    code: z.string(),
    message: z.string(),
  }),
} as const;
export type Events = typeof events;
export type EventName = keyof Events;
export type EventPayload<N extends EventName> = z.infer<Events[N]>;
