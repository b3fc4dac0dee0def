import { z } from 'zod';
import { LineId, ProjectId, RecipeHash, Script, ScriptId, ScriptSummary, TakeId, VoiceSettings } from '../entities.ts';
import { Verdict } from '../review.ts';
import { TextSource } from './text-source.ts';
import type { MethodShape } from './method.ts';

/** One line as it would be said in one variant, beside what is known of its sound. */
export const LinePreview = z.object({
  lineId: LineId,
  linePosition: z.number().int(),
  sourceLine: z.number().int(),
  character: z.string(),
  voice: z.string().nullable(),
  /** Variables, lexicon and pauses applied. */
  spoken: z.string(),
  leadingPauseMs: z.number(),
  trailingPauseMs: z.number(),
  /** Predicted, with its error band; null where the line cannot be spoken yet. */
  seconds: z.number().nullable(),
  lowSeconds: z.number().nullable(),
  highSeconds: z.number().nullable(),
  /** Of the selected take. */
  actualSeconds: z.number().nullable(),
  /** To render it now; 0 when owned or free, null when the price is not known. */
  credits: z.number().nullable(),
  state: z.enum(['fresh', 'owned', 'queued', 'running', 'uncertain', 'failed', 'problem']),
  verdict: Verdict.nullable(),
  takeId: TakeId.nullable(),
  recipeHash: RecipeHash.nullable(),
  /** Variants of the script that say exactly this, this one counted. */
  sharedBy: z.number().int(),
});
export type LinePreview = z.infer<typeof LinePreview>;

const find = z.object({
  projectId: ProjectId,
  /** Absent: every script of the project. */
  scriptIds: z.array(ScriptId).optional(),
  text: z.string().min(1).max(1000),
  matchCase: z.boolean().default(false),
  wholeWord: z.boolean().default(false),
  /** `text` is a regular expression with the `u` flag. */
  regex: z.boolean().default(false),
});

const byScript = z.object({ scriptId: ScriptId });
/** Absent: left as it is. A voice of null takes the whole entry away, empty settings take them away. */
const CastChoice = z.object({
  voice: z.string().nullable().optional(),
  model: z.string().nullable().optional(),
  settings: VoiceSettings.optional(),
});

export const scriptMethods = {
  'script.list': {
    kind: 'query',
    input: z.object({ projectId: ProjectId.optional() }),
    output: z.array(ScriptSummary),
  },
  'script.get': { kind: 'query', input: byScript, output: Script },
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
  /** Puts characters' voices, models and settings into the front matter, leaving every other byte. */
  'script.setCast': {
    kind: 'command',
    input: z.object({ scriptId: ScriptId, cast: z.record(z.string(), z.union([z.string(), CastChoice])) }),
    output: Script,
  },
  'script.remove': { kind: 'command', input: byScript, output: z.object({}) },
  /** Undoes a removal. `conflict` when another script has taken the path since. */
  'script.restore': { kind: 'command', input: byScript, output: Script },
  /** `title` is written into the front matter and makes the next revision. Throws `conflict` for a path another script has. */
  'script.rename': {
    kind: 'command',
    input: byScript.extend({
      path: z.string().trim().min(1).max(1000).optional(),
      title: z.string().trim().min(1).max(300).optional(),
    }),
    output: Script,
  },
  /** What one variant would say, take by take. `source`: as if this text were saved. */
  'script.preview': {
    kind: 'query',
    input: byScript.extend({
      source: z.string().max(2_000_000).optional(),
      /** By name, else by 0-based place; the first where neither is given or known. */
      variant: z.string().optional(),
      index: z.number().int().min(0).optional(),
    }),
    output: z.object({
      variant: z.string(),
      /** What each variable of the script says in it; null: nothing yet. */
      values: z.record(z.string(), z.string().nullable()),
      /** 0-based place among the variants, and how many there are. */
      index: z.number().int(),
      variants: z.number().int(),
      lines: z.array(LinePreview),
      /** With pauses; actual lengths where they are known, predictions elsewhere. */
      seconds: z.number(),
      lowSeconds: z.number(),
      highSeconds: z.number(),
      slotSeconds: z.number().nullable(),
      bandNote: z.string(),
      credits: z.number().nullable(),
    }),
  },
  /** Newest first. */
  'script.revisions': {
    kind: 'query',
    input: byScript,
    output: z.array(
      z.object({ revision: z.number().int(), at: z.number(), person: z.string(), characters: z.number().int() }),
    ),
  },
  'script.revision': {
    kind: 'query',
    input: byScript.extend({ revision: z.number().int() }),
    output: z.object({ revision: z.number().int(), source: z.string() }),
  },
  /** Makes an earlier text the newest revision. */
  'script.revert': { kind: 'command', input: byScript.extend({ revision: z.number().int() }), output: Script },
  'script.find': {
    kind: 'query',
    input: find.extend({ limit: z.number().int().min(1).max(5000).default(1000) }),
    output: z.object({
      total: z.number().int(),
      scripts: z.array(
        z.object({
          scriptId: ScriptId,
          title: z.string(),
          matches: z.array(
            z.object({
              /** 1-based. */
              line: z.number().int(),
              column: z.number().int(),
              endColumn: z.number().int(),
              text: z.string(),
            }),
          ),
        }),
      ),
    }),
  },
  /** All scripts or none. `$1` stands for a group of a regular expression. */
  'script.replace': {
    kind: 'command',
    input: find.extend({ replacement: z.string().max(10_000) }),
    output: z.array(
      z.object({
        scriptId: ScriptId,
        title: z.string(),
        matches: z.number().int(),
        /** Revision before, to go back to. */
        before: z.number().int(),
        revision: z.number().int(),
      }),
    ),
  },
  /** Turns txt, md, docx, csv, srt, vtt or fountain into a script's text. Saves nothing. */
  'script.convert': {
    kind: 'query',
    input: z.object({ fileName: z.string().min(1).max(500), source: TextSource }),
    output: z.object({
      source: z.string(),
      title: z.string(),
      format: z.enum(['cue', 'text', 'markdown', 'docx', 'csv', 'srt', 'vtt', 'fountain']),
      lines: z.number().int(),
      /** What was left out or guessed, in words. */
      notes: z.array(z.string()),
    }),
  },
} as const satisfies Record<string, MethodShape>;
