/**
 * The only doors from the engine to the world. Hosts bring adapters (`src/node`); tests bring fakes.
 * Nothing here names Node, Electron or a browser.
 */
import type { WorkspaceId } from '#contract/entities.ts';

export interface Clock {
  /** Epoch ms; may go back when the user sets the clock. */
  now(): number;
  /** Ms since some start; never goes back, does not count for calendars. */
  monotonic(): number;
  /** Calls once after `delayMs` of this clock; returns the function that calls it off. */
  after(delayMs: number, run: () => void): () => void;
  /** Lets other work of the loop run before going on. */
  breathe(): Promise<void>;
}

export interface Ids {
  /** Time-ordered and unique, such as UUIDv7. */
  next(): string;
  /** An unguessable UUIDv4, for idempotency keys. */
  secret(): string;
  /** 0 <= x < 1, for jitter. */
  random(): number;
}

export interface Hasher {
  update(bytes: Uint8Array | string): Hasher;
  hex(): string;
}
export interface Hash {
  sha256(): Hasher;
}

export type SqlValue = string | number | bigint | null | Uint8Array;
export interface Statement<Row = Record<string, SqlValue>> {
  run(...parameters: readonly SqlValue[]): { readonly changes: number; readonly lastInsertRowid: number };
  get(...parameters: readonly SqlValue[]): Row | undefined;
  all(...parameters: readonly SqlValue[]): Row[];
}
/** A callback's result that is not a promise: nothing async inside a transaction, ever. */
export type Sync<T> = T extends PromiseLike<unknown> ? never : T;

declare const writable: unique symbol;
export interface ReadableDatabase {
  /** Prepared once per text; rows come as plain objects with snake_case columns. */
  prepare<Row = Record<string, SqlValue>>(sql: string): Statement<Row>;
}
export interface WritableDatabase extends ReadableDatabase {
  readonly [writable]: true;
  exec(sql: string): void;
  /** BEGIN IMMEDIATE ... COMMIT; inside another one, a savepoint. Rolls back and rethrows what the callback throws. */
  transaction<T>(run: () => Sync<T>): Sync<T>;
  close(): void;
}

export interface ByteSink {
  write(bytes: Uint8Array): Promise<void>;
  /** Flushes to the disk itself, then closes. */
  finish(): Promise<void>;
  /** Closes and leaves what was written. */
  abandon(): Promise<void>;
}
/** Paths are relative to the library folder, with `/`. Errors: `disk_full`, `library_read_only`, `media_missing`. */
export interface Files {
  /** A new file, or an emptied one. */
  create(path: string): Promise<ByteSink>;
  /** Whole file written, flushed and renamed into place, or nothing changed. */
  writeAtomic(path: string, bytes: Uint8Array | string): Promise<void>;
  /** Renames and makes the folder entry durable. An existing target is replaced. */
  rename(from: string, to: string): Promise<void>;
  /** A second, durable name for a stored file (hard link, else a copy); an existing target is kept. */
  link(from: string, to: string): Promise<void>;
  read(path: string): Promise<Uint8Array>;
  size(path: string): Promise<number | null>;
  list(
    folder: string,
  ): Promise<readonly { readonly name: string; readonly bytes: number; readonly isFolder: boolean }[]>;
  remove(path: string): Promise<void>;
  /** Absolute path, for programs and worker tasks that read the file themselves. */
  absolute(path: string): string;
}

/** Keys never travel back to a caller; only adapters read them, right before a request. */
export interface KeyVault {
  /** False while the vault cannot be opened: jobs wait, nothing fails. */
  available(): Promise<boolean>;
  set(workspaceId: WorkspaceId, key: string, options: { readonly sessionOnly: boolean }): Promise<void>;
  /** Null when none is set. Throws `vault_locked` when it cannot be read now. */
  get(workspaceId: WorkspaceId): Promise<string | null>;
  remove(workspaceId: WorkspaceId): Promise<void>;
}

/** Where a request broke: only `connect` means that it never left. */
export type HttpPhase = 'connect' | 'sent' | 'headers' | 'body';
export class HttpError extends Error {
  readonly phase: HttpPhase;
  readonly reason: 'refused' | 'dns' | 'tls' | 'reset' | 'timeout' | 'aborted' | 'other';
  constructor(phase: HttpPhase, reason: HttpError['reason'], message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'HttpError';
    this.phase = phase;
    this.reason = reason;
  }
}
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'HEAD' | 'DELETE' | 'PATCH';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  readonly signal?: AbortSignal;
  /** Until the first byte of the answer. Default 60,000. */
  readonly headersTimeoutMs?: number;
  /** Longest silence within the body. Default 30,000. */
  readonly bodyTimeoutMs?: number;
  /** Whole exchange. Default 300,000. */
  readonly totalTimeoutMs?: number;
}
export interface HttpAnswer {
  readonly status: number;
  /** Lower-case names; repeated headers joined with `, `. */
  readonly headers: Readonly<Record<string, string>>;
  /** Throws HttpError with phase `body` when cut. Must be read or dumped. */
  readonly body: AsyncIterable<Uint8Array>;
  text(limitBytes?: number): Promise<string>;
  dump(): Promise<void>;
}
/** Never follows a redirect, never resends by itself. One pool of connections per `pool` name. */
export interface Http {
  request(pool: string, request: HttpRequest): Promise<HttpAnswer>;
  close(): Promise<void>;
}

export interface AudioReport {
  readonly ok: boolean;
  /** Why it could not be decoded. */
  readonly problem: string | null;
  readonly format: 'wav' | 'mp3' | 'flac' | 'ogg' | 'unknown';
  readonly durationMs: number;
  readonly sampleRate: number;
  readonly channels: number;
  readonly loudnessLufs: number | null;
  readonly truePeakDb: number | null;
  /** Flattened [min, max, ...], each -127..127. */
  readonly peaks: Int8Array;
  readonly samplesPerPeak: number;
}
export interface FliteTask {
  /** `kal`, `kal16`, `awb`, `rms` or `slt`. */
  readonly voice: string;
  readonly text: string;
  /** 1 is normal, 2 is twice as fast. */
  readonly speed: number;
}
export interface MatchTask {
  readonly texts: readonly string[];
  /** Of a regular expression. */
  readonly pattern: string;
  /** Without `g`. */
  readonly flags: string;
  /** What takes the place of each match; null: they are only found. */
  readonly replacement: string | null;
}
export interface MatchedText {
  /** [from, to, from, to ...] of every match that is not empty. */
  readonly places: readonly number[];
  /** Null where nothing was replaced. */
  readonly replaced: string | null;
}
/** Named pure tasks, run in worker threads so that the engine's loop never stalls. */
export interface Compute {
  /** Decodes, measures and draws in one pass. `path` is absolute. */
  analyse(task: { readonly path: string }, signal?: AbortSignal): Promise<AudioReport>;
  /** WAV files in, one WAV out (bytes), with silence after each part. Sample rates and channels must agree, else the first's are used by resampling. */
  join(
    task: { readonly parts: readonly { readonly path: string; readonly gapAfterMs: number }[] },
    signal?: AbortSignal,
  ): Promise<Uint8Array>;
  /** A 16-bit WAV; same task, same bytes. */
  flite(task: FliteTask, signal?: AbortSignal): Promise<Uint8Array>;
  /** A person's own expression may run for ever: it does so in a thread that aborting ends. Throws `invalid_input` for a broken one. */
  match(task: MatchTask, signal?: AbortSignal): Promise<readonly MatchedText[]>;
  close(): Promise<void>;
}

export interface ArchiveEntry {
  /** Path inside the archive, with `/`. */
  readonly name: string;
  /** The content itself, or the absolute path of a file to take in. Audio is stored as it is, texts are packed. */
  readonly content: Uint8Array | string | { readonly file: string };
}
export interface ArchiveLimits {
  /** Default 10,000. */
  readonly entries?: number;
  /** Unpacked bytes of all entries. Default 256 MiB. */
  readonly totalBytes?: number;
}
export interface ExtractedEntry {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}
export interface ExtractOptions extends ArchiveLimits {
  /** Called after each file is on the disk; what it throws ends the work. */
  readonly onEntry?: (entry: ExtractedEntry) => void;
  /** Unpacked bytes so far. */
  readonly onBytes?: (done: number) => void;
}
/** Zip files, with 64-bit sizes. Errors: `disk_full`, `library_read_only`, `media_missing`, `bad_response` for what is no sound zip or over its limits. */
export interface Archive {
  /** Written beside the target, flushed and renamed into place, or nothing is there. `path` is relative to the library folder. */
  write(
    path: string,
    entries: AsyncIterable<ArchiveEntry> | Iterable<ArchiveEntry>,
    options?: { readonly onBytes?: (done: number) => void },
  ): Promise<{ readonly bytes: number }>;
  /** A small archive as a whole, such as a document. Only names that `wanted` takes are unpacked. */
  unpack(
    archive: Uint8Array,
    wanted: (name: string) => boolean,
    limits?: ArchiveLimits,
  ): Promise<ReadonlyMap<string, Uint8Array>>;
  /** One small file out of a large archive; null where it holds none of that name. `file` is absolute. */
  read(file: string, name: string, mostBytes: number): Promise<Uint8Array | null>;
  /**
   * Unpacks a large archive (`file`, absolute) entry by entry into `folder` of the library, which is emptied first. Every file is
   * flushed. Whatever goes wrong, the folder is removed. Limits as for `unpack`, by default none.
   */
  extract(
    file: string,
    folder: string,
    wanted: (name: string) => boolean,
    options?: ExtractOptions,
  ): Promise<{ readonly entries: number; readonly bytes: number }>;
}

/** Settings of this machine. */
export interface Settings {
  /** Null when it was never set. */
  get(name: string): unknown;
  names(): readonly string[];
  /** Null removes it. */
  set(name: string, value: unknown): void;
}

/** The system's own speech programs. */
export interface Programs {
  /** Voices of the programs that are present; empty where none is. */
  voices(): Promise<
    readonly {
      /** For example `espeak-ng:en-us`. */
      readonly id: string;
      readonly name: string;
      readonly language: string | null;
      readonly gender: 'female' | 'male' | 'neutral' | null;
      readonly program: 'espeak-ng' | 'say' | 'sapi';
    }[]
  >;
  /** WAV bytes. Aborting ends the program. */
  speak(
    task: { readonly voice: string; readonly text: string; readonly speed: number },
    signal?: AbortSignal,
  ): Promise<Uint8Array>;
}

export interface Power {
  /** Keeps the system from suspending the app until the returned function is called. */
  blockSuspension(reason: string): () => void;
  onSuspend(run: () => void): () => void;
  onResume(run: () => void): () => void;
}

export interface Logger {
  debug(message: string, fields?: Readonly<Record<string, unknown>>): void;
  info(message: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void;
  error(message: string, fields?: Readonly<Record<string, unknown>>): void;
}

/** What the library's opener brings beside the open database. */
export interface Ports {
  readonly database: WritableDatabase;
  readonly files: Files;
  readonly vault: KeyVault;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly hash: Hash;
  readonly http: Http;
  readonly compute: Compute;
  readonly programs: Programs;
  readonly power: Power;
  readonly archive: Archive;
  readonly logger: Logger;
  /** Called at named points of the runner; the crash suite kills the process there. Absent in products. */
  readonly checkpoint?: (point: string) => void;
}
