import { z } from 'zod';
import { Take, TakeId, WorkspaceId } from '../entities.ts';
import { HistoryDetails, HistoryEntry, HistorySync, Timings } from '../history.ts';
import type { MethodShape } from './method.ts';

export const historyMethods = {
  /** Newest first. Words are prefixes, all must occur; quotes keep a phrase together. A page may come back short, or empty, with a cursor that goes on. */
  'history.search': {
    kind: 'query',
    input: z.object({
      text: z.string().max(1000).default(''),
      workspaceIds: z.array(WorkspaceId).optional(),
      origin: z.enum(['cuebooth', 'vendor']).optional(),
      /** The provider's id or part of the name. */
      voice: z.string().optional(),
      model: z.string().optional(),
      status: z.string().optional(),
      /** The vendor's product, such as TTS. */
      vendorSource: z.string().optional(),
      project: z.string().optional(),
      person: z.string().optional(),
      /** Epoch ms, `from` inclusive, `to` exclusive. */
      from: z.number().optional(),
      to: z.number().optional(),
      minCredits: z.number().optional(),
      maxCredits: z.number().optional(),
      /** `best`: ranked among the newest 1,000 hits. */
      order: z.enum(['newest', 'best']).default('newest'),
      /** Keyset: `cursor` of the page before. */
      after: z.string().optional(),
      limit: z.number().int().min(1).max(500).default(50),
    }),
    output: z.object({ entries: z.array(HistoryEntry), cursor: z.string().nullable() }),
  },
  'history.get': { kind: 'query', input: z.object({ id: z.string() }), output: HistoryDetails },
  'history.setNote': {
    kind: 'command',
    input: z.object({ id: z.string(), note: z.string().max(4000) }),
    output: HistoryEntry,
  },
  /** Reads what is new in the vendors' histories; `backfill` goes on into the past. Free. */
  'history.sync': {
    kind: 'command',
    input: z.object({
      workspaceId: WorkspaceId.optional(),
      backfill: z.boolean().default(false),
      /** Requests a workspace at most; each brings up to 1,000 items. */
      pages: z.number().int().min(1).max(1000).default(20),
    }),
    output: z.array(HistorySync),
  },
  /** Brings the audio of a vendor's item into the library as a take. Free. */
  'history.fetchAudio': { kind: 'command', input: z.object({ id: z.string() }), output: Take },
  'take.timings': {
    kind: 'query',
    input: z.object({ takeId: TakeId }),
    output: z.object({ timings: Timings.nullable() }),
  },
} as const satisfies Record<string, MethodShape>;
