import { z } from 'zod';
import { ProjectId, RenderId, VoiceSettings, WorkspaceId } from '../entities.ts';
import { CatalogueState, LibraryVoice, Model, Voice, VoiceImpact } from '../voices.ts';
import type { MethodShape } from './method.ts';

const which = { workspaceId: WorkspaceId, voiceId: z.string().min(1) };

const speech = z.object({
  workspaceId: WorkspaceId,
  voiceId: z.string(),
  text: z.string().min(1).max(2000),
  model: z.string().nullable().default(null),
  /** Those that the model does not take are left out. */
  settings: VoiceSettings.default({}),
  direction: z.string().nullable().default(null),
  /**
   * Says the text as a line of this project: its lexicon is applied and `[pause 300ms]` is a pause, so that the audio
   * is the line's own and is not paid for again when the script is rendered.
   */
  projectId: ProjectId.optional(),
});

export const voiceMethods = {
  /** One search over all workspaces, from the cache; a list that is old is read anew behind it. */
  'voice.list': {
    kind: 'query',
    input: z.object({
      workspaceId: WorkspaceId.optional(),
      /** All words must occur in name, alias, id, description or labels. */
      search: z.string().optional(),
      language: z.string().optional(),
      accent: z.string().optional(),
      gender: z.string().optional(),
      age: z.string().optional(),
      useCase: z.string().optional(),
      category: z.string().optional(),
      style: z.string().optional(),
      model: z.string().optional(),
      maxMultiplier: z.number().optional(),
      /** `notice`: only voices that are or will be withdrawn; `none`: none of those. */
      notice: z.enum(['any', 'notice', 'none']).default('any'),
      favouritesOnly: z.boolean().default(false),
      paletteOf: ProjectId.optional(),
      order: z.enum(['vendor', 'name', 'recent']).default('vendor'),
      /** Reads the vendors' lists first when they are old. */
      refresh: z.boolean().default(true),
      /** Of what was found. A vendor may list ten thousand voices: read them in pages. */
      offset: z.number().int().min(0).default(0),
      /** Default: all. */
      limit: z.number().int().min(1).optional(),
      facets: z.boolean().default(true),
    }),
    output: z.object({
      voices: z.array(Voice),
      /** How many were found, on all pages. */
      total: z.number().int(),
      /** Values to filter by, with how many of the unfiltered voices have them; empty when they were not asked for. */
      facets: z.record(z.string(), z.array(z.object({ value: z.string(), count: z.number().int() }))),
      catalogues: z.array(CatalogueState),
      /** Workspaces whose voices could not be listed now, and why. */
      unavailable: z.array(z.object({ workspaceId: WorkspaceId, message: z.string() })),
    }),
  },
  /** Reads the lists of voices and models now. Free. */
  'voice.refresh': {
    kind: 'command',
    input: z.object({ workspaceId: WorkspaceId.optional() }),
    output: z.array(CatalogueState),
  },
  'voice.models': {
    kind: 'query',
    input: z.object({ workspaceId: WorkspaceId, voiceId: z.string().optional() }),
    output: z.array(Model),
  },
  'voice.mark': {
    kind: 'command',
    input: z.object({
      ...which,
      favourite: z.boolean().optional(),
      /** Empty text takes it away. */
      alias: z.string().max(80).optional(),
    }),
    output: Voice,
  },
  /** The nearest replacements, best first, with what speaks for each. */
  'voice.similar': {
    kind: 'query',
    input: z.object({ ...which, limit: z.number().int().min(1).max(20).default(5) }),
    output: z.array(z.object({ voice: Voice, reasons: z.array(z.string()) })),
  },
  /** Scripts whose cast has voices that are gone or will go. */
  'voice.impact': { kind: 'query', input: z.object({}), output: z.array(VoiceImpact) },
  /** Fetches a preview once; `mediaId` is played like a take. Never spends. */
  'voice.preview': {
    kind: 'command',
    input: z.object({ ...which, previewId: z.string().optional() }),
    output: z.object({ mediaId: z.string() }),
  },
  /** Searches the vendor's public library. Free. */
  'voice.library': {
    kind: 'query',
    input: z.object({
      workspaceId: WorkspaceId,
      search: z.string().optional(),
      language: z.string().optional(),
      gender: z.string().optional(),
      age: z.string().optional(),
      accent: z.string().optional(),
      useCase: z.string().optional(),
      category: z.string().optional(),
      page: z.number().int().min(0).default(0),
    }),
    output: z.object({ voices: z.array(LibraryVoice), hasMore: z.boolean() }),
  },
  /** Like `voice.preview`, of a voice that `voice.library` showed lately. Never spends. */
  'voice.libraryPreview': {
    kind: 'command',
    input: z.object({ workspaceId: WorkspaceId, libraryId: z.string() }),
    output: z.object({ mediaId: z.string() }),
  },
  /** Puts a library voice into the workspace; takes up one of its voice slots, no credits. */
  'voice.addFromLibrary': {
    kind: 'command',
    input: z.object({ workspaceId: WorkspaceId, libraryId: z.string(), name: z.string().min(1).max(100) }),
    output: Voice,
  },
  'palette.get': { kind: 'query', input: z.object({ projectId: ProjectId }), output: z.array(Voice) },
  'palette.set': {
    kind: 'command',
    input: z.object({ projectId: ProjectId, voices: z.array(z.object(which)).max(200) }),
    output: z.array(Voice),
  },
  /** What an audition would cost, before the click. 0: owned already, or free; null: not known. */
  'voice.quote': {
    kind: 'query',
    input: speech,
    output: z.object({ credits: z.number().nullable(), owned: z.boolean(), note: z.string() }),
  },
  /** Speaks a text once, ahead of every batch; free with Scratch, else it costs like a line. */
  'voice.audition': {
    kind: 'command',
    spends: true,
    input: speech,
    output: z.object({ renderId: RenderId }),
  },
} as const satisfies Record<string, MethodShape>;
