import { z } from 'zod';
import { BlobId } from '../entities.ts';
import type { MethodShape } from './method.ts';

export const DoctorReport = z.object({
  databaseOk: z.boolean(),
  databaseMessage: z.string(),
  takes: z.number().int(),
  mediaFiles: z.number().int(),
  mediaBytes: z.number(),
  /** Takes whose audio file is gone. */
  missing: z.array(z.object({ takeId: z.string(), sha256: z.string(), text: z.string(), paid: z.boolean() })),
  /** Audio that no take names; paid-for audio is never deleted. */
  unreferenced: z.array(z.object({ file: z.string(), bytes: z.number(), adoptable: z.boolean() })),
  /** Bodies left in `incoming/` of generations that are not settled yet. */
  incoming: z.array(z.object({ file: z.string(), bytes: z.number(), generationId: z.string() })),
  backups: z.array(z.object({ file: z.string(), bytes: z.number(), createdAt: z.number() })),
  repaired: z.array(z.string()),
});
export type DoctorReport = z.infer<typeof DoctorReport>;

export const libraryMethods = {
  'library.get': {
    kind: 'query',
    input: z.object({}),
    output: z.object({
      path: z.string(),
      version: z.string(),
      readOnly: z.boolean(),
      person: z.string(),
      machine: z.string(),
      counts: z.object({ projects: z.number(), scripts: z.number(), takes: z.number(), openJobs: z.number() }),
      notices: z.array(
        z.object({ level: z.enum(['notice', 'warning', 'error']), code: z.string(), message: z.string() }),
      ),
    }),
  },
  'library.doctor': { kind: 'command', input: z.object({ repair: z.boolean().default(false) }), output: DoctorReport },
  'library.backup': { kind: 'command', input: z.object({}), output: z.object({ file: z.string(), bytes: z.number() }) },
  'library.storage': {
    kind: 'query',
    input: z.object({}),
    output: z.object({
      path: z.string(),
      databaseBytes: z.number(),
      media: z.object({ files: z.number().int(), bytes: z.number() }),
      /** Audio that no take names. Paid audio among it is never removed. */
      unreferenced: z.object({
        files: z.number().int(),
        bytes: z.number(),
        removable: z.number().int(),
        removableBytes: z.number(),
      }),
      previews: z.object({ files: z.number().int(), bytes: z.number() }),
      exports: z.object({ files: z.number().int(), bytes: z.number() }),
      /** Newest first. `reason`: `daily`, `manual`, `before-migration` ... */
      backups: z.array(z.object({ file: z.string(), bytes: z.number(), createdAt: z.number(), reason: z.string() })),
      /** Libraries that a restore put aside beside this one, newest first. Nothing removes them. */
      putAside: z.array(z.object({ path: z.string(), createdAt: z.number() })),
      /** Of the disk; null: not told. */
      freeBytes: z.number().nullable(),
    }),
  },
  'library.cleanUp': {
    kind: 'command',
    input: z.object({ what: z.array(z.enum(['unreferenced', 'previews', 'exports'])).min(1) }),
    output: z.object({ files: z.number().int(), bytes: z.number() }),
  },
  /** The whole library as one file: database and audio. No keys are in it. */
  'library.export': {
    kind: 'command',
    input: z.object({}),
    output: z.object({ exportId: z.string(), fileName: z.string(), bytes: z.number() }),
  },
  /**
   * Puts a library file in place of this library, which is put aside whole beside it. Orders that were open in the file are
   * paused, so that nothing is sent twice. Afterwards a notice `library_replaced` is pushed: pages start anew.
   */
  'library.restore': {
    kind: 'command',
    input: z.object({ blobId: BlobId }),
    output: z.object({
      takes: z.number().int(),
      scripts: z.number().int(),
      /** Orders that wait until somebody lets them go on. */
      paused: z.number().int(),
      putAside: z.string(),
    }),
  },
  /**
   * Puts one of this library's own backups in place of its database, which is kept beside it. Audio stays, and what was made
   * since is taken in again. Afterwards a notice `library_replaced` is pushed.
   */
  'library.goBack': {
    kind: 'command',
    input: z.object({ file: z.string() }),
    output: z.object({ createdAt: z.number() }),
  },
} as const satisfies Record<string, MethodShape>;
