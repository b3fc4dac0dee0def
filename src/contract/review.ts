/** Listening to what was rendered: what to hear first, who approved what, and remarks at a place in the sound. */
import { z } from 'zod';
import { LineId, RecipeHash, TakeId } from './entities.ts';

/** Of a take. `open`: nobody has decided yet. */
export const Verdict = z.enum(['open', 'approved', 'rejected']);
export type Verdict = z.infer<typeof Verdict>;

/** Why a take is heard before others, worst first. */
export const Risk = z.enum([
  'suspect',
  'over_slot',
  'longest',
  'shortest',
  'new_voice',
  'new_word',
  'loudness',
  'length',
  'client_rejected',
]);
export type Risk = z.infer<typeof Risk>;

export const ReviewComment = z.object({
  id: z.string(),
  takeId: TakeId,
  /** Place in the take; null: about the whole of it. */
  atMs: z.number().min(0).nullable(),
  text: z.string(),
  person: z.string(),
  createdAt: z.number(),
  resolvedAt: z.number().nullable(),
  /** It came back with a review package. */
  fromClient: z.boolean(),
});
export type ReviewComment = z.infer<typeof ReviewComment>;

/** One sound to judge, however many variants it is part of. */
export const ReviewItem = z.object({
  recipeHash: RecipeHash,
  lineId: LineId.nullable(),
  linePosition: z.number().int(),
  character: z.string(),
  text: z.string(),
  voice: z.string(),
  voiceName: z.string(),
  /** The first few that say it, in the table's order. */
  variants: z.array(z.string()),
  variantCount: z.number().int(),
  /** The selected take, else the newest; null: nothing was rendered yet. */
  takeId: TakeId.nullable(),
  takeNo: z.number().int().nullable(),
  /** How many takes there are to choose from. */
  takes: z.number().int(),
  durationMs: z.number().nullable(),
  loudnessLufs: z.number().nullable(),
  /** A take of it is queued or being rendered. */
  rendering: z.boolean(),
  /** Worst first. `words` say it in English; a screen says it by itself from the `facts`. */
  risks: z.array(
    z.object({ risk: Risk, words: z.string(), facts: z.record(z.string(), z.union([z.string(), z.number()])) }),
  ),
  verdict: Verdict,
  verdictPerson: z.string().nullable(),
  verdictAt: z.number().nullable(),
  assignee: z.string().nullable(),
  heardBy: z.array(z.string()),
  comments: z.number().int(),
  openComments: z.number().int(),
  /** What clients answered to review packages about this take. */
  answers: z.array(z.object({ person: z.string(), verdict: Verdict, at: z.number() })),
});
export type ReviewItem = z.infer<typeof ReviewItem>;
