import { z } from 'zod';
import { BlobId } from '../entities.ts';

/** A text in the message, or a file that went up before. */
export const TextSource = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: z.string().max(20_000_000) }),
  z.object({ kind: z.literal('blob'), blobId: BlobId }),
]);
export type TextSource = z.infer<typeof TextSource>;
