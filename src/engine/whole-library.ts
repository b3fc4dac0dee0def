/** What the opener of the library can do with whole libraries; the engine itself only reads and writes inside its own. */
import type { WritableDatabase } from './ports.ts';

export interface OpenedCopy {
  readonly database: WritableDatabase;
  /** What a full check of the database found; empty: it is sound. */
  readonly problems: readonly string[];
  close(): void;
}

export interface WholeLibrary {
  /** A consistent copy of the open database, read back whole, at a path inside the library. */
  copyDatabase(path: string): Promise<{ readonly bytes: number; readonly sha256: string }>;
  /** Opens another library's database that lies at a path inside this library. Throws `bad_response` where it is none. */
  openCopy(path: string): Promise<OpenedCopy>;
  /** Removes a folder inside the library with all that is in it. */
  clear(folder: string): Promise<void>;
  /** Of the library's disk; null: not told. */
  freeBytes(): Promise<number | null>;
  /** Libraries that were put aside beside this one, newest first. */
  putAside(): Promise<readonly { readonly path: string; readonly createdAt: number }[]>;
  /** Absolute path of an uploaded file; null for an unknown one. */
  uploadedFile(blobId: string): Promise<string | null>;
  /** The upload was taken in; it is removed. */
  dropUpload(blobId: string): Promise<void>;
  /**
   * Writes down that the library unpacked in `folder` takes this one's place, and lets the host open it. Once it is written,
   * a crash only delays it to the next start. Returns where this library will lie.
   */
  exchange(folder: string): Promise<{ readonly putAside: string }>;
  /** The same for a backup of this library's database, after it was checked. */
  goBack(file: string): Promise<{ readonly createdAt: number }>;
}
