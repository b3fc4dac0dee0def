/** Base64 that comes in pieces: the engine has no decoder of its host's, and an answer's audio is decoded while it arrives. */

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const padding = 64;
const space = 65;
const foreign = 66;

const buildValues = (): Uint8Array => {
  const values = new Uint8Array(256).fill(foreign);
  for (let i = 0; i < alphabet.length; i += 1) values[alphabet.charCodeAt(i)] = i;
  values['-'.charCodeAt(0)] = 62;
  values['_'.charCodeAt(0)] = 63;
  values['='.charCodeAt(0)] = padding;
  for (const blank of [9, 10, 13, 32]) values[blank] = space;
  return values;
};

export interface Base64Decoder {
  /** The bytes that are complete by now; null when a letter does not belong there. */
  push(letters: Uint8Array): Uint8Array | null;
  /** Whether it may end here. */
  isComplete(): boolean;
}

/** Takes both alphabets, white space and missing padding. */
export const createBase64Decoder = (): Base64Decoder => {
  const values = buildValues();
  let bits = 0;
  let held = 0;
  let letters = 0;
  let paddings = 0;
  return {
    push(chunk) {
      const bytes = new Uint8Array(Math.floor(((chunk.length + 3) * 3) / 4));
      let at = 0;
      for (let i = 0; i < chunk.length; i += 1) {
        const value = values[chunk[i] ?? 0] ?? foreign;
        if (value < 64) {
          if (paddings > 0) return null;
          letters += 1;
          bits = ((bits << 6) | value) & 0xffffff;
          held += 6;
          if (held < 8) continue;
          held -= 8;
          bytes[at] = (bits >> held) & 255;
          at += 1;
        } else if (value === padding) paddings += 1;
        else if (value === foreign) return null;
      }
      return bytes.subarray(0, at);
    },
    isComplete: () => letters % 4 !== 1 && (paddings === 0 || (letters + paddings) % 4 === 0),
  };
};
