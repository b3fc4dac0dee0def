/** Uploaded bytes between their arrival and the method that names them: one file each, gone after use and at the next start. */
import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { BlobId } from '#contract/entities.ts';
import { AppError } from '#contract/errors.ts';

/** A library as one file is among them: what the disk holds is the limit. */
export const defaultMaxBlobBytes = 1024 ** 4;
/** A text, a table, a document: what methods read at once. */
const maxReadBytes = 256 * 1024 * 1024;
const blobName = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Ends in one of these that this store made; other files in the folder are left alone. */
const ownFile = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(\.part)?$/;

export interface BlobStore {
  /** Writes as it comes. Throws `blob_too_large`, `disk_full`; what was written is removed then. */
  save(body: AsyncIterable<Uint8Array>): Promise<BlobId>;
  /** The whole of it. Null for an id that this store does not hold; throws `blob_too_large` over 256 MiB. */
  read(blobId: string): Promise<Uint8Array | null>;
  /** Absolute path, for what is read bit by bit. Null for an id that this store does not hold. */
  fileOf(blobId: string): Promise<string | null>;
  remove(blobId: string): Promise<void>;
}

export interface BlobOptions {
  /** Bytes of one blob. Default 1 TiB. */
  readonly maxBytes?: number;
}

const megabytes = (bytes: number): string => `${Math.floor(bytes / (1024 * 1024))} MiB`;

const toStorageError = (error: unknown): unknown =>
  error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT')
    ? new AppError(
        'disk_full',
        'The file was not stored: the disk is full. Nothing else changed; free some space and send it again.',
        {
          cause: error,
          action: { type: 'free-disk-space' },
        },
      )
    : error;

/** Removes what an earlier run left in the folder. The folder belongs to one process. */
export const createBlobStore = async (
  folder: string,
  { maxBytes = defaultMaxBlobBytes }: BlobOptions = {},
): Promise<BlobStore> => {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const name of await readdir(folder)) {
    if (ownFile.test(name)) await rm(join(folder, name), { force: true });
  }

  const sizeOf = async (blobId: string): Promise<number | null> =>
    blobName.test(blobId)
      ? stat(join(folder, blobId)).then(
          (found) => found.size,
          () => null,
        )
      : null;
  const tooLarge = (limit: number): AppError =>
    new AppError('blob_too_large', `The file was not stored: it is larger than ${megabytes(limit)}. Nothing changed.`);

  const write = async (path: string, body: AsyncIterable<Uint8Array>): Promise<void> => {
    const file = await open(path, 'wx', 0o600);
    try {
      let bytes = 0;
      for await (const chunk of body) {
        bytes += chunk.byteLength;
        if (bytes > maxBytes) throw tooLarge(maxBytes);
        await file.writeFile(chunk);
      }
    } finally {
      await file.close();
    }
  };

  return {
    save: async (body) => {
      const name = randomUUID();
      const path = join(folder, `${name}.part`);
      try {
        await write(path, body);
        await rename(path, join(folder, name));
      } catch (error) {
        await rm(path, { force: true });
        throw toStorageError(error);
      }
      return BlobId.parse(name);
    },
    read: async (blobId) => {
      const bytes = await sizeOf(blobId);
      if (bytes === null) return null;
      if (bytes > maxReadBytes) throw tooLarge(maxReadBytes);
      return readFile(join(folder, blobId)).catch(() => null);
    },
    fileOf: async (blobId) => ((await sizeOf(blobId)) === null ? null : join(folder, blobId)),
    remove: async (blobId) => {
      if (blobName.test(blobId)) await rm(join(folder, blobId), { force: true });
    },
  };
};
