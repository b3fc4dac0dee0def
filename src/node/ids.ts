/** UUIDv7 (RFC 9562, method 1): 48 bits of ms, then a 12-bit counter within the ms, then 62 random bits. */
import { randomFillSync, randomUUID } from 'node:crypto';
import type { Ids } from '#engine/ports.ts';

const poolBytes = 2048;
const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Ids rise even when the clock stands or goes back. */
export const createIds = (now: () => number = Date.now): Ids => {
  const pool = new Uint8Array(poolBytes);
  let used = poolBytes;
  let time = 0;
  let counter = 0;

  const randomAt = (bytes: number): number => {
    if (used + bytes > poolBytes) {
      randomFillSync(pool);
      used = 0;
    }
    const start = used;
    used += bytes;
    return start;
  };
  const pair = (index: number): string => hex[pool[index] ?? 0] ?? '';

  return {
    next: () => {
      const at = randomAt(10);
      const wall = Math.floor(now());
      if (wall > time) {
        time = wall;
        // Starts in the lower half, so that a busy ms has at least 2,048 ids.
        counter = (((pool[at] ?? 0) & 0x07) << 8) | (pool[at + 1] ?? 0);
      } else if (++counter > 0xfff) {
        time += 1;
        counter = 0;
      }
      const head = time.toString(16).padStart(12, '0');
      const variant = hex[((pool[at + 2] ?? 0) & 0x3f) | 0x80] ?? '';
      return `${head.slice(0, 8)}-${head.slice(8)}-7${counter.toString(16).padStart(3, '0')}-${variant}${pair(at + 3)}-${pair(at + 4)}${pair(at + 5)}${pair(at + 6)}${pair(at + 7)}${pair(at + 8)}${pair(at + 9)}`;
    },
    secret: () => randomUUID(),
    random: () => Math.random(),
  };
};
