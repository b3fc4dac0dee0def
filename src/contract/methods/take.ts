import { z } from 'zod';
import { LineId, RecipeHash, ScriptId, SpotStep, Take, TakeId } from '../entities.ts';
import type { MethodShape } from './method.ts';

export const takeMethods = {
  'take.list': {
    kind: 'query',
    input: z.object({
      scriptId: ScriptId.optional(),
      lineId: LineId.optional(),
      variant: z.string().optional(),
      recipeHash: RecipeHash.optional(),
      /** Substring of the text, voice or character. */
      search: z.string().optional(),
      suspectOnly: z.boolean().default(false),
      /** Keyset, newest first: `cursor` of the last row of the page before. */
      after: z.string().optional(),
      limit: z.number().int().min(1).max(1000).default(100),
    }),
    output: z.object({ takes: z.array(Take), cursor: z.string().nullable() }),
  },
  'take.get': { kind: 'query', input: z.object({ takeId: TakeId }), output: Take },
  /** Highest and lowest sample of equal stretches, -1..1, flattened as [min, max, min, max ...]. */
  'take.peaks': {
    kind: 'query',
    input: z.object({ takeId: TakeId }),
    output: z.object({
      takeId: TakeId,
      durationMs: z.number(),
      samplesPerPeak: z.number(),
      peaks: z.array(z.number()),
    }),
  },
  'take.select': { kind: 'command', input: z.object({ takeId: TakeId }), output: Take },
  /** All of a variant's lines in order, each with its selected take and the silence around it. */
  'take.spot': {
    kind: 'query',
    input: z.object({ scriptId: ScriptId, variant: z.string() }),
    output: z.object({ steps: z.array(SpotStep), durationMs: z.number(), slotSeconds: z.number().nullable() }),
  },
  /** Lines that say its words as scripts are now, and in how many of their variants: there its recipe's selected take is heard. */
  'take.places': {
    kind: 'query',
    input: z.object({ takeId: TakeId }),
    output: z.array(
      z.object({
        scriptId: ScriptId,
        title: z.string(),
        lineId: LineId.nullable(),
        linePosition: z.number().int(),
        firstVariant: z.string(),
        variants: z.number().int(),
      }),
    ),
  },
  /** The audio file on this machine, and a name to save it under. Errors: `media_missing`. */
  'take.file': {
    kind: 'query',
    input: z.object({ takeId: TakeId }),
    output: z.object({ path: z.string(), fileName: z.string() }),
  },
} as const satisfies Record<string, MethodShape>;
