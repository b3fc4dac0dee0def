/** One list over our takes and the vendors' own histories. */
import { z } from 'zod';
import { GenerationId, ProjectId, ProviderId, ScriptId, TakeId, VoiceSettings, WorkspaceId } from './entities.ts';

export const HistoryEntry = z.object({
  /** Grows with time; hand the last one of a page back to get the next. */
  id: z.string(),
  /** `cuebooth`: rendered here; `vendor`: made in its web app, by another program or another person. */
  origin: z.enum(['cuebooth', 'vendor']),
  at: z.number(),
  workspaceId: WorkspaceId,
  workspaceName: z.string(),
  provider: ProviderId,
  voiceId: z.string(),
  voiceName: z.string(),
  model: z.string().nullable(),
  text: z.string(),
  /** Of our renders their project, of others the one that they were filed under. */
  projectId: ProjectId.nullable(),
  project: z.string().nullable(),
  scriptId: ScriptId.nullable(),
  script: z.string().nullable(),
  person: z.string().nullable(),
  note: z.string(),
  /** `stored`: we have a take; `remote`: the vendor has the audio; `failed`, `lost`: no audio; others as the vendor says. */
  status: z.string(),
  /** The vendor's product, such as TTS or Flows. */
  vendorSource: z.string().nullable(),
  credits: z.number().nullable(),
  /** Why a person should listen to its take first; null when nothing is odd or there is no take. */
  suspect: z.string().nullable(),
  durationMs: z.number().nullable(),
  takeId: TakeId.nullable(),
  generationId: GenerationId.nullable(),
  vendorItemId: z.string().nullable(),
});
export type HistoryEntry = z.infer<typeof HistoryEntry>;

export const Timings = z.object({
  unit: z.enum(['characters', 'phonemes']),
  symbols: z.array(z.string()),
  startSeconds: z.array(z.number()),
  endSeconds: z.array(z.number()),
});
export type Timings = z.infer<typeof Timings>;

/** What is only fetched for one entry. */
export const HistoryDetails = HistoryEntry.extend({
  settings: VoiceSettings,
  format: z.string().nullable(),
  requestId: z.string().nullable(),
  timings: Timings.nullable(),
});
export type HistoryDetails = z.infer<typeof HistoryDetails>;

export const HistorySync = z.object({
  workspaceId: WorkspaceId,
  workspaceName: z.string(),
  added: z.number().int(),
  /** Vendor items that turned out to be ours. */
  linked: z.number().int(),
  /** Everything the vendor has is here. */
  complete: z.boolean(),
  /** Epoch ms of the oldest item read so far. */
  oldestAt: z.number().nullable(),
  /** Why it stopped early, in words. */
  message: z.string().nullable(),
});
export type HistorySync = z.infer<typeof HistorySync>;

/** How far a workspace's history was read, without asking the vendor. */
export const HistoryState = z.object({
  workspaceId: WorkspaceId,
  workspaceName: z.string(),
  /** `closed`: the vendor refused, and is asked again later; `never`: not read so far. */
  state: z.enum(['reading', 'idle', 'closed', 'never']),
  /** Everything the vendor has is here. */
  complete: z.boolean(),
  oldestAt: z.number().nullable(),
  readAt: z.number().nullable(),
  /** Why it is closed, in words. */
  message: z.string().nullable(),
});
export type HistoryState = z.infer<typeof HistoryState>;

/** What the filters of the history can be set to, as far as it is known. */
export const HistoryChoices = z.object({
  voices: z.array(z.object({ id: z.string(), name: z.string(), provider: ProviderId })),
  models: z.array(z.string()),
  statuses: z.array(z.string()),
  vendorSources: z.array(z.string()),
  people: z.array(z.string()),
});
export type HistoryChoices = z.infer<typeof HistoryChoices>;

export const SavedSearch = z.object({
  id: z.string(),
  name: z.string().trim().min(1).max(80),
  /** The filter's fields as the screen has them. */
  query: z.record(z.string(), z.string()),
});
export type SavedSearch = z.infer<typeof SavedSearch>;
