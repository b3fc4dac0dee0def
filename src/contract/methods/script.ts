import { z } from 'zod';
import { BlobId, ProjectId, Script, ScriptId, ScriptSummary, VariantTable } from '../entities.ts';
import type { MethodShape } from './method.ts';

const TextSource = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: z.string().max(20_000_000) }),
  z.object({ kind: z.literal('blob'), blobId: BlobId }),
]);

export const scriptMethods = {
  'script.list': {
    kind: 'query',
    input: z.object({ projectId: ProjectId.optional() }),
    output: z.array(ScriptSummary),
  },
  'script.get': { kind: 'query', input: z.object({ scriptId: ScriptId }), output: Script },
  /** Parses without saving: for the editor's live problems and counts. */
  'script.check': {
    kind: 'query',
    input: z.object({ source: z.string().max(2_000_000), scriptId: ScriptId.optional() }),
    output: Script.pick({
      title: true,
      slotSeconds: true,
      language: true,
      cast: true,
      lines: true,
      variables: true,
      problems: true,
    }),
  },
  /** A script is known by project + path; saving over it makes the next revision and keeps the line ids. */
  'script.save': {
    kind: 'command',
    input: z.object({ projectId: ProjectId, path: z.string().min(1).max(1000), source: TextSource }),
    output: Script,
  },
  /** Puts characters' voices into the front matter, leaving every other byte. */
  'script.setCast': {
    kind: 'command',
    input: z.object({ scriptId: ScriptId, cast: z.record(z.string(), z.string()) }),
    output: Script,
  },
  'script.remove': { kind: 'command', input: z.object({ scriptId: ScriptId }), output: z.object({}) },
  'variant.list': { kind: 'query', input: z.object({ scriptId: ScriptId }), output: VariantTable },
  /** Replaces the script's variants; with `error` problems nothing is changed and they are returned. */
  'variant.import': {
    kind: 'command',
    input: z.object({ scriptId: ScriptId, source: TextSource }),
    output: VariantTable.extend({ saved: z.boolean() }),
  },
  'variant.clear': { kind: 'command', input: z.object({ scriptId: ScriptId }), output: VariantTable },
} as const satisfies Record<string, MethodShape>;
