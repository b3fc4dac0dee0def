/** What the handlers share. Made once, in `engine/index.ts`. */
import type { HistoryKeeper } from '../history/keeper.ts';
import type { Push } from '#contract/transport.ts';
import type { VoiceImpact } from '#contract/voices.ts';
import type { LibraryNotice } from './library-notice.ts';
import type { Ports, Settings } from '../ports.ts';
import type { ProviderRegistry } from '../providers/registry.ts';
import type { Queue } from '../queue/queue.ts';
import type { Router } from '../router.ts';
import type { Accounts } from '../subscription/accounts.ts';
import type { LibraryMaintenance } from '../takes/doctor.ts';
import type { VoiceCatalogue } from '../voices/catalogue.ts';

/** What the opener of the library knows and the engine does not. */
export interface EngineOptions {
  /** Who works here and on which machine: stamped on every render. */
  readonly person: string;
  readonly machine: string;
  /** Version of the program. */
  readonly version: string;
  /** Absolute path of the library, to show. */
  readonly libraryPath: string;
  /** Only queries will succeed. Default false. */
  readonly readOnly?: boolean;
  readonly notices?: readonly LibraryNotice[];
  /** Bytes that came up by the upload door; null for an unknown id. */
  readonly readBlob?: (blobId: string) => Promise<Uint8Array | null>;
  readonly maintenance?: LibraryMaintenance;
  /** What people set up on this machine. Absent: kept until the end of the process. */
  readonly settings?: Settings;
  /** Instead of the built-in vendors; for tests. */
  readonly providers?: ProviderRegistry;
}

export interface EngineContext {
  readonly ports: Ports;
  readonly options: EngineOptions;
  readonly providers: ProviderRegistry;
  readonly queue: Queue;
  readonly voices: VoiceCatalogue;
  /** Scripts whose voices are gone or will go. */
  readonly voiceImpact: () => Promise<VoiceImpact[]>;
  readonly accounts: Accounts;
  readonly history: HistoryKeeper;
  readonly publish: Router['publish'];
  /** For handlers that remember what they worked out: told of every push for as long as the engine lives. Only while handlers are made. */
  readonly follow: (listener: (push: Push) => void) => void;
}
