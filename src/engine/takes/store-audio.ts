/**
 * How paid audio reaches its place: `incoming/<generation>.part`, flushed, then `.audio`, then a second name at its
 * content address with a sidecar. The name in `incoming` goes last, after the commit, so that every body that has no take
 * yet is found there on open.
 */
import type { RecipeHash } from '#contract/entities.ts';
import type { AudioReport, Files, Ports } from '../ports.ts';

export const incomingFolder = 'media/incoming';
export const partPath = (generationId: string): string => `${incomingFolder}/${generationId}.part`;
export const audioPath = (generationId: string): string => `${incomingFolder}/${generationId}.audio`;
/** Audio that was paid for and cannot be played. */
export const asidePath = (generationId: string): string => `media/aside/${generationId}.bin`;
/** Where audio of this content lies. */
export const mediaPath = (sha256: string, format: string): string => `media/${sha256.slice(0, 2)}/${sha256}.${format}`;
export const sidecarPath = (sha256: string): string => `media/${sha256.slice(0, 2)}/${sha256}.json`;

export interface Received {
  readonly sha256: string;
  readonly bytes: number;
}

/**
 * Streams a body to disk. When it is cut, what came stays as `.part` and the error goes on. It becomes `.audio` only
 * after `known`: a body found on open is adopted without asking anyone, so what it cost must be on record by then.
 */
export const receiveAudio = async (
  ports: Pick<Ports, 'files' | 'hash' | 'checkpoint'>,
  generationId: string,
  body: AsyncIterable<Uint8Array>,
  known: Promise<void> = Promise.resolve(),
): Promise<Received> => {
  ports.checkpoint?.('body.opening');
  const sink = await ports.files.create(partPath(generationId));
  ports.checkpoint?.('body.opened');
  const hasher = ports.hash.sha256();
  let bytes = 0;
  try {
    for await (const chunk of body) {
      hasher.update(chunk);
      bytes += chunk.byteLength;
      await sink.write(chunk);
    }
    ports.checkpoint?.('body.received');
    await sink.finish();
  } catch (error) {
    await sink.abandon();
    throw error;
  }
  ports.checkpoint?.('body.flushed');
  await known;
  ports.checkpoint?.('body.naming');
  await ports.files.rename(partPath(generationId), audioPath(generationId));
  ports.checkpoint?.('body.named');
  return { sha256: hasher.hex(), bytes };
};

/** A sidecar tells, without the database, whose audio this is. One file may serve several takes. */
export interface SidecarEntry {
  readonly recipeHash: RecipeHash;
  readonly takeNo: number;
  /** The recipe's canonical JSON. */
  readonly recipe: string;
  readonly generationId: string | null;
  readonly vendorId: string | null;
  readonly chargedCredits: number | null;
}
interface Sidecar {
  readonly version: 1;
  readonly takes: readonly SidecarEntry[];
}

export const readSidecar = async (files: Files, sha256: string): Promise<readonly SidecarEntry[]> => {
  if ((await files.size(sidecarPath(sha256))) === null) return [];
  try {
    const parsed = JSON.parse(new TextDecoder().decode(await files.read(sidecarPath(sha256)))) as Partial<Sidecar>;
    return Array.isArray(parsed.takes) ? parsed.takes : [];
  } catch {
    return [];
  }
};

/** Gives stored audio its content address and writes who it belongs to. */
export const placeAudio = async (
  ports: Pick<Ports, 'files' | 'checkpoint'>,
  from: string,
  stored: { readonly sha256: string; readonly format: string },
  entry: SidecarEntry,
): Promise<void> => {
  const known = await readSidecar(ports.files, stored.sha256);
  const others = known.filter((other) => other.recipeHash !== entry.recipeHash || other.takeNo !== entry.takeNo);
  const sidecar: Sidecar = { version: 1, takes: [...others, entry] };
  ports.checkpoint?.('sidecar.writing');
  await ports.files.writeAtomic(sidecarPath(stored.sha256), JSON.stringify(sidecar));
  ports.checkpoint?.('sidecar.written');
  await ports.files.link(from, mediaPath(stored.sha256, stored.format));
  ports.checkpoint?.('audio.placed');
};

/** The file ending of a measured body. */
export const formatOf = (report: AudioReport, asked: string): string =>
  report.format === 'unknown' ? asked : report.format;
