import { z } from 'zod';
import { LexiconEntry, Project, ProjectId, ScriptId, WorkspaceId } from '../entities.ts';
import type { MethodShape } from './method.ts';

export const projectMethods = {
  'project.list': { kind: 'query', input: z.object({}), output: z.array(Project) },
  /** Returns the project of that name, made when there is none. */
  'project.ensure': { kind: 'command', input: z.object({ name: z.string().min(1).max(200) }), output: Project },
  'project.rename': {
    kind: 'command',
    input: z.object({ projectId: ProjectId, name: z.string().trim().min(1).max(200) }),
    output: Project,
  },
  'lexicon.get': { kind: 'query', input: z.object({ projectId: ProjectId }), output: z.array(LexiconEntry) },
  'lexicon.set': {
    kind: 'command',
    input: z.object({ projectId: ProjectId, entries: z.array(LexiconEntry).max(5000) }),
    output: z.array(LexiconEntry),
  },
  /** What these entries would change against what is saved: lines to render anew, and their price. */
  'lexicon.impact': {
    kind: 'query',
    input: z.object({ projectId: ProjectId, entries: z.array(LexiconEntry).max(5000) }),
    output: z.object({
      /** How often each word is said, over all variants. */
      words: z.array(z.object({ word: z.string(), lines: z.number().int(), units: z.number().int() })),
      scripts: z.array(z.object({ scriptId: ScriptId, title: z.string(), lines: z.number().int() })),
      /** Sounds that are owned now and would have to be rendered again. */
      units: z.number().int(),
      credits: z.number().nullable(),
      note: z.string(),
    }),
  },
  /** How an entry reaches one voice and model. */
  'lexicon.compile': {
    kind: 'query',
    input: z.object({
      entry: LexiconEntry,
      workspaceId: WorkspaceId,
      voiceId: z.string(),
      model: z.string().nullable().default(null),
    }),
    output: z.object({ text: z.string(), how: z.enum(['alias', 'ipa', 'cmu']), note: z.string() }),
  },
} as const satisfies Record<string, MethodShape>;
