import { z } from 'zod';
import { RecipeHash, RenderId, ScriptId, Take, TakeId } from '../entities.ts';
import { ReviewComment, ReviewItem, Verdict } from '../review.ts';
import { TextSource } from './text-source.ts';
import type { MethodShape } from './method.ts';

const scope = {
  scriptId: ScriptId,
  /** Only what this order holds; absent: what the script's variants say now. */
  renderId: RenderId.optional(),
};
const name = z.string().trim().min(1).max(120);

export const reviewMethods = {
  'review.list': {
    kind: 'query',
    input: z.object({
      ...scope,
      verdict: Verdict.optional(),
      assignee: name.optional(),
      character: z.string().optional(),
      variant: z.string().optional(),
      /** Only what this person has not heard. */
      unheardBy: name.optional(),
      order: z.enum(['risk', 'script', 'newest']).default('risk'),
      offset: z.number().int().min(0).default(0),
      limit: z.number().int().min(1).max(2000).default(500),
    }),
    output: z.object({
      items: z.array(ReviewItem),
      /** Within the filter. */
      total: z.number().int(),
      /** Of the whole scope. */
      counts: z.object({
        open: z.number().int(),
        approved: z.number().int(),
        rejected: z.number().int(),
        missing: z.number().int(),
      }),
      /** Everybody who speaks in the scope, in the order of the script. */
      characters: z.array(z.string()),
      slotSeconds: z.number().nullable(),
    }),
  },
  /** What was decided about each take of a recipe, and by whom it was heard; the lowest number first. */
  'review.takes': {
    kind: 'query',
    input: z.object({ recipeHash: RecipeHash }),
    output: z.array(
      z.object({ take: Take, verdict: Verdict, verdictPerson: z.string().nullable(), heardBy: z.array(z.string()) }),
    ),
  },
  /** `before` is what undo puts back. */
  'review.setVerdict': {
    kind: 'command',
    input: z.object({
      verdicts: z
        .array(z.object({ takeId: TakeId, verdict: Verdict }))
        .min(1)
        .max(10_000),
    }),
    output: z.object({ before: z.array(z.object({ takeId: TakeId, verdict: Verdict })) }),
  },
  /** Null takes the assignment away. */
  'review.assign': {
    kind: 'command',
    input: z.object({
      assignments: z
        .array(z.object({ recipeHash: RecipeHash, person: name.nullable() }))
        .min(1)
        .max(10_000),
    }),
    output: z.object({ before: z.array(z.object({ recipeHash: RecipeHash, person: z.string().nullable() })) }),
  },
  /** Notes that this library's person has listened to the take to its end. */
  'review.markHeard': { kind: 'command', input: z.object({ takeId: TakeId }), output: z.object({}) },
  /** Of every take of a recipe, or of one take; by place, then by time. */
  'review.comments': {
    kind: 'query',
    input: z.object({ recipeHash: RecipeHash.optional(), takeId: TakeId.optional() }),
    output: z.array(ReviewComment),
  },
  'review.comment': {
    kind: 'command',
    input: z.object({ takeId: TakeId, atMs: z.number().min(0).nullable(), text: z.string().trim().min(1).max(4000) }),
    output: ReviewComment,
  },
  'review.resolveComment': {
    kind: 'command',
    input: z.object({ id: z.string(), resolved: z.boolean() }),
    output: ReviewComment,
  },
  /** `removed: false` brings it back. */
  'review.removeComment': {
    kind: 'command',
    input: z.object({ id: z.string(), removed: z.boolean().default(true) }),
    output: z.object({}),
  },
  /** Writes a zip for a client: a page that plays offline, the takes, and a small file that comes back filled in. */
  'review.package': {
    kind: 'command',
    input: z.object({
      ...scope,
      variants: z.array(z.string()).optional(),
      /** Shown on the page. */
      title: name.optional(),
      note: z.string().max(4000).default(''),
      /** Leaves out what is approved already. */
      openOnly: z.boolean().default(false),
    }),
    output: z.object({
      exportId: z.string(),
      fileName: z.string(),
      bytes: z.number(),
      takes: z.number().int(),
      variants: z.number().int(),
    }),
  },
  /** Takes a client's answers in. Verdicts of the house stay: what the client rejects is opened again and marked. */
  'review.readBack': {
    kind: 'command',
    input: z.object({ source: TextSource }),
    output: z.object({
      person: z.string(),
      approved: z.number().int(),
      rejected: z.number().int(),
      comments: z.number().int(),
      /** Answers about takes that are not in this library. */
      unknown: z.number().int(),
      /** Answers that were read before. */
      repeated: z.number().int(),
    }),
  },
  'person.list': {
    kind: 'query',
    input: z.object({}),
    output: z.array(
      z.object({ name: z.string(), isMe: z.boolean(), heard: z.number().int(), assigned: z.number().int() }),
    ),
  },
  'person.add': { kind: 'command', input: z.object({ name }), output: z.object({}) },
  /** Takes the name from the list; what it approved and heard stays. */
  'person.remove': { kind: 'command', input: z.object({ name }), output: z.object({}) },
} as const satisfies Record<string, MethodShape>;
