/** What stands around the wire: which host this is, how bytes go up and how audio comes down. */
import type { BlobId, TakeId } from '#contract/entities.ts';
import type { Transport } from '#contract/transport.ts';

/**
 * What a host can do beyond the contract. Screens ask for these, never for the host's name.
 * `notifications`: the system tells when a batch ends. `taskbarProgress`: progress shows on the app's icon.
 * `background`: work goes on after the window is closed. `revealFile`, `openFolder`, `dragOut`: the system's file manager.
 */
export const hostCapabilities = [
  'notifications',
  'taskbarProgress',
  'background',
  'revealFile',
  'openFolder',
  'dragOut',
] as const;
export type HostCapability = (typeof hostCapabilities)[number];

export interface HostDescription {
  readonly kind: 'electron' | 'web' | 'direct';
  readonly capabilities: readonly HostCapability[];
}

/** A transport with the doors that are not messages: bytes go up by blob id, audio comes down by URL. */
export interface HostTransport extends Transport {
  readonly host: HostDescription;
  /** Throws AppError: `blob_too_large`, `disk_full`, `unauthorized`, `disconnected`. */
  upload(file: Blob): Promise<BlobId>;
  /** For an `<audio>` element or fetch; supports byte ranges. */
  mediaUrl(takeId: TakeId): string;
}
