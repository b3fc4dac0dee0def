import { z } from 'zod';
import { LexiconEntry, Project, ProjectId } from '../entities.ts';
import type { MethodShape } from './method.ts';

export const projectMethods = {
  'project.list': { kind: 'query', input: z.object({}), output: z.array(Project) },
  /** Returns the project of that name, made when there is none. */
  'project.ensure': { kind: 'command', input: z.object({ name: z.string().min(1).max(200) }), output: Project },
  'lexicon.get': { kind: 'query', input: z.object({ projectId: ProjectId }), output: z.array(LexiconEntry) },
  'lexicon.set': {
    kind: 'command',
    input: z.object({ projectId: ProjectId, entries: z.array(LexiconEntry).max(5000) }),
    output: z.array(LexiconEntry),
  },
} as const satisfies Record<string, MethodShape>;
