/** What a `.cuebooth` file says of itself: its first entry, read before anything else is unpacked. */
import { z } from 'zod';
import { AppError } from '#contract/errors.ts';

export const manifestName = 'cuebooth.json';
export const databaseName = 'library.db';
export const settingsName = 'settings.json';
/** Generous for a list of lost audio, small beside a library. */
export const mostManifestBytes = 16 * 1024 * 1024;
const version = 1;

const Manifest = z.object({
  format: z.literal('cuebooth-library'),
  version: z.number().int(),
  /** Of the database inside. */
  schema: z.number().int(),
  program: z.string(),
  createdAt: z.number(),
  counts: z.object({ projects: z.number(), scripts: z.number(), takes: z.number() }),
  database: z.object({ bytes: z.number(), sha256: z.string() }),
  /** Unpacked, all entries together. */
  totalBytes: z.number(),
  files: z.number().int(),
  /** Content addresses of audio that was lost already when the file was made. */
  missing: z.array(z.string()),
});
export type Manifest = z.infer<typeof Manifest>;

export const writeManifest = (about: Omit<Manifest, 'format' | 'version'>): string =>
  `${JSON.stringify({ format: 'cuebooth-library', version, ...about } satisfies Manifest, null, 2)}\n`;

const notOurs = (): AppError =>
  new AppError(
    'invalid_input',
    'This is not a library that Cuebooth exported: it does not say so of itself. Nothing was changed. Choose a .cuebooth file.',
  );

/** Errors: `invalid_input` for what is no such file, `library_from_future`. */
export const readManifest = (bytes: Uint8Array | null, schemaVersion: number): Manifest => {
  if (bytes === null) throw notOurs();
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw notOurs();
  }
  const head = z.object({ format: z.literal('cuebooth-library'), version: z.number().int() }).safeParse(parsed);
  if (!head.success) throw notOurs();
  const manifest = Manifest.safeParse(parsed);
  if (head.data.version > version || (manifest.success && manifest.data.schema > schemaVersion)) {
    throw new AppError(
      'library_from_future',
      'This library file was written by a newer Cuebooth. Nothing was changed. Update Cuebooth, then restore it.',
    );
  }
  if (!manifest.success) throw notOurs();
  return manifest.data;
};

/** Names that a library file may bring; anything else in it stays where it is. */
export const isLibraryEntry = (name: string): boolean =>
  name === databaseName ||
  name === settingsName ||
  /^media\/[0-9a-f]{2}\/[0-9a-f]{64}\.[a-z0-9]{2,5}$/.test(name) ||
  /^media\/aside\/[\w-]{1,80}\.bin$/.test(name) ||
  /^media\/incoming\/[\w-]{1,80}\.audio$/.test(name);

/** The content address that a name of stored audio claims; null for other names. */
export const claimedHash = (name: string): string | null =>
  /^media\/[0-9a-f]{2}\/([0-9a-f]{64})\.(?!json$)[a-z0-9]+$/.exec(name)?.[1] ?? null;
