/** The open library of one command: the engine in this process, behind the same client that every host uses. */
import type { BlobId, Take } from '#contract/entities.ts';
import type { Client } from '#client/index.ts';
import type { Logger } from '#engine/ports.ts';
import type { Router } from '#engine/router.ts';
import type { MediaPath } from '#node/serving/media.ts';

/**
 * `read` works beside a running engine and changes nothing. `edit` takes the library but starts no work, so that changing a
 * word of the lexicon never pays for a queued line. `work` runs the queue. `serve` does too, for people at screens: what they
 * set up on this machine is there, and the library may be exchanged for another under them.
 */
export type Access = 'read' | 'edit' | 'work' | 'serve';

export interface Session {
  readonly client: Client;
  readonly router: Pick<Router, 'dispatch' | 'subscribe'>;
  readonly libraryPath: string;
  readonly logger: Logger;
  /** Absolute path of a take's audio. */
  mediaFile(take: Pick<Take, 'sha256' | 'format'>): string;
  readonly mediaPath: MediaPath;
  /** Takes uploaded bytes; methods of this session's router know them by their id. */
  saveBlob(body: AsyncIterable<Uint8Array>): Promise<BlobId>;
  /** Lets methods of this session's router read a file of this machine by an id, as if it were uploaded. It is left as it is. */
  lendFile(path: string): BlobId;
  /** Tells a second process where this engine can be reached; null takes it back. */
  announce(url: string | null): void;
  /**
   * `finish`: nothing new leaves, what is in flight is stored. `park`: stops at once, and what is in flight is taken up at the
   * next start. Calling `park` during `finish` hurries it; calls after the end do nothing.
   */
  close(mode: 'finish' | 'park'): Promise<void>;
}
