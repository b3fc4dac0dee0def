import { z } from 'zod';
import { ProjectId, Take, TakeId, WorkspaceId } from '../entities.ts';
import {
  HistoryChoices,
  HistoryDetails,
  HistoryEntry,
  HistoryState,
  HistorySync,
  SavedSearch,
  Timings,
} from '../history.ts';
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
      /** Only takes that a person should listen to. */
      suspect: z.boolean().optional(),
      /** `best`: ranked among the newest 1,000 hits. */
      order: z.enum(['newest', 'best']).default('newest'),
      /** Keyset: `cursor` of the page before. */
      after: z.string().optional(),
      limit: z.number().int().min(1).max(500).default(50),
    }),
    output: z.object({ entries: z.array(HistoryEntry), cursor: z.string().nullable() }),
  },
  /**
   * Cursors to jump to any place of the whole list: the first one starts at the newest. Hand one to `history.search` as
   * `after`. Pages are counted from the oldest entry, so that new ones move none of them: the first page has `newest`
   * entries, each other `step`.
   */
  'history.index': {
    kind: 'query',
    input: z.object({ step: z.number().int().min(50).max(5000).default(500) }),
    output: z.object({
      total: z.number().int(),
      step: z.number().int(),
      newest: z.number().int(),
      cursors: z.array(z.string().nullable()),
    }),
  },
  /** The entry of a take; null where it has none. */
  'history.ofTake': { kind: 'query', input: z.object({ takeId: TakeId }), output: HistoryEntry.nullable() },
  /**
   * Files entries that were made elsewhere under a project; null takes them out. Our own renders keep theirs: they are
   * passed over, and refused (`conflict`) where nothing else was asked for. `before` holds those that were changed.
   */
  'history.assign': {
    kind: 'command',
    input: z.object({ ids: z.array(z.string()).min(1).max(1000), projectId: ProjectId.nullable() }),
    output: z.object({ before: z.array(z.object({ id: z.string(), projectId: ProjectId.nullable() })) }),
  },
  /** What filters can be set to: from voices and people on record, and from samples of the vendors' lists. */
  'history.choices': { kind: 'query', input: z.object({}), output: HistoryChoices },
  /** Of every workspace whose vendor keeps a history. Asks no vendor. */
  'history.state': { kind: 'query', input: z.object({}), output: z.array(HistoryState) },
  'savedSearch.list': { kind: 'query', input: z.object({}), output: z.array(SavedSearch) },
  /** Without an id a new one is made. Names are unique. */
  'savedSearch.save': {
    kind: 'command',
    input: SavedSearch.pick({ name: true, query: true }).extend({ id: z.string().optional() }),
    output: SavedSearch,
  },
  'savedSearch.remove': { kind: 'command', input: z.object({ id: z.string() }), output: z.object({}) },
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
