import { createHash } from 'node:crypto';
import type { Hash, Hasher } from '#engine/ports.ts';

/** sha256 from the system's crypto library. */
export const createNodeHash = (): Hash => ({
  sha256: () => {
    const native = createHash('sha256');
    const hasher: Hasher = {
      update: (bytes) => {
        native.update(bytes);
        return hasher;
      },
      hex: () => native.digest('hex'),
    };
    return hasher;
  },
});
