/** What stands around the wire: how bytes go up and how audio comes down. */
import type { BlobId, TakeId } from '#contract/entities.ts';
import type { HostDescription } from '#contract/host.ts';
import type { Transport } from '#contract/transport.ts';

/** A transport with the doors that are not messages: bytes go up by blob id, audio comes down by URL. */
export interface HostTransport extends Transport {
  readonly host: HostDescription;
  /** Throws AppError: `blob_too_large`, `disk_full`, `unauthorized`, `disconnected`. */
  upload(file: Blob): Promise<BlobId>;
  /** For an `<audio>` element or fetch; supports byte ranges. */
  mediaUrl(takeId: TakeId): string;
  /** Where a file that was made for taking away is downloaded from. */
  exportUrl(exportId: string): string;
}
