/** Voices, models and what people note about them. A voice is known by `(workspace, providerVoiceId)`. */
import { z } from 'zod';
import { ProviderId, ScriptId, WorkspaceId } from './entities.ts';

/** `notice`: the vendor or its owner will withdraw it; `gone`: it was in the list once and is not any more. */
export const VoiceAvailability = z.enum(['available', 'notice', 'gone']);
export type VoiceAvailability = z.infer<typeof VoiceAvailability>;

/** A ready-made sound of a voice, cached and played without spending. */
export const VoicePreview = z.object({
  previewId: z.string(),
  language: z.string().nullable(),
  style: z.string().nullable(),
  model: z.string().nullable(),
});
export type VoicePreview = z.infer<typeof VoicePreview>;

export const Voice = z.object({
  workspaceId: WorkspaceId,
  workspaceName: z.string(),
  provider: ProviderId,
  /** The provider's id. */
  voiceId: z.string(),
  name: z.string(),
  /** What to write in a script's cast: `workspaceName/voiceId`. */
  reference: z.string(),
  /** The first of `languages`, or what the vendor calls the voice's own. */
  language: z.string().nullable(),
  languages: z.array(z.string()).default([]),
  gender: z.enum(['female', 'male', 'neutral']).nullable(),
  age: z.string().nullable().default(null),
  accent: z.string().nullable().default(null),
  /** As the vendor names it: premade, cloned, professional, generated ... */
  category: z.string().nullable().default(null),
  useCases: z.array(z.string()).default([]),
  styles: z.array(z.string()).default([]),
  models: z.array(z.string()).default([]),
  description: z.string().nullable(),
  previews: z.array(VoicePreview).default([]),
  free: z.boolean(),
  /** How many times the model's own rate it costs; null: not told. */
  priceMultiplier: z.number().nullable().default(null),
  noticePeriodDays: z.number().nullable().default(null),
  /** Epoch ms at which it is withdrawn, where that is known. */
  noticeEndsAt: z.number().nullable().default(null),
  availability: VoiceAvailability.default('available'),
  /** Made from somebody's own recordings in this account. */
  isOwn: z.boolean().default(false),
  favourite: z.boolean().default(false),
  /** What our users call it. */
  alias: z.string().nullable().default(null),
  lastUsedAt: z.number().nullable().default(null),
});
export type Voice = z.infer<typeof Voice>;

/** A setting of a model with its real range, for sliders and for checking scripts. */
export const SettingRange = z.object({
  name: z.string(),
  label: z.string(),
  kind: z.enum(['number', 'boolean', 'choice', 'text']),
  min: z.number().nullable(),
  max: z.number().nullable(),
  step: z.number().nullable(),
  choices: z.array(z.string()).nullable(),
  /** What the vendor does when it is not set. */
  defaultValue: z.union([z.string(), z.number(), z.boolean()]).nullable(),
  hint: z.string(),
});
export type SettingRange = z.infer<typeof SettingRange>;

export const Model = z.object({
  modelId: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  /** Longest text of one call in Unicode code points; null: not known. */
  textLimit: z.number().int().nullable(),
  /** BCP 47 or the vendor's own codes; empty: not told. */
  languages: z.array(z.string()),
  /** Credits per character before the voice's multiplier; null: not told, or not charged by characters. */
  creditsPerCharacter: z.number().nullable(),
  concurrencyGroup: z.string().nullable(),
  settings: z.array(SettingRange),
  /** Speaks where a cast names no model. */
  isDefault: z.boolean().optional(),
});
export type Model = z.infer<typeof Model>;

/** How old a workspace's list is, and why it could not be read anew. */
export const CatalogueState = z.object({
  workspaceId: WorkspaceId,
  workspaceName: z.string(),
  voices: z.number().int(),
  /** Epoch ms of the last complete reading; null: never. */
  readAt: z.number().nullable(),
  message: z.string().nullable(),
});
export type CatalogueState = z.infer<typeof CatalogueState>;

/** A voice that scripts use and that is gone or will go. */
export const VoiceImpact = z.object({
  voice: Voice,
  scripts: z.array(z.object({ scriptId: ScriptId, title: z.string(), characters: z.array(z.string()) })),
});
export type VoiceImpact = z.infer<typeof VoiceImpact>;

/** A voice of a vendor's public library, not in the workspace yet. */
export const LibraryVoice = z.object({
  /** Hand it back to add the voice. */
  libraryId: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  language: z.string().nullable(),
  accent: z.string().nullable(),
  gender: z.string().nullable(),
  age: z.string().nullable(),
  category: z.string().nullable(),
  useCase: z.string().nullable(),
  priceMultiplier: z.number().nullable(),
  noticePeriodDays: z.number().nullable(),
  hasPreview: z.boolean(),
});
export type LibraryVoice = z.infer<typeof LibraryVoice>;
