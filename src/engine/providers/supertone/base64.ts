/** Base64 to bytes: the engine has no decoder of its host's. */
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const absent = 255;

const buildValues = (): Uint8Array => {
  const values = new Uint8Array(128).fill(absent);
  for (let i = 0; i < alphabet.length; i += 1) values[alphabet.charCodeAt(i)] = i;
  values['-'.charCodeAt(0)] = 62;
  values['_'.charCodeAt(0)] = 63;
  return values;
};

/** Takes both alphabets, line breaks and missing padding. Null for anything else. */
export const fromBase64 = (text: string): Uint8Array | null => {
  const values = buildValues();
  const letters = text.replace(/\s+/g, '').replace(/={1,2}$/, '');
  if (letters.length % 4 === 1) return null;
  const bytes = new Uint8Array(Math.floor((letters.length * 3) / 4));
  let bits = 0;
  let count = 0;
  let at = 0;
  for (let i = 0; i < letters.length; i += 1) {
    const value = values[letters.charCodeAt(i)] ?? absent;
    if (value === absent) return null;
    bits = ((bits << 6) | value) & 0xffffff;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes[at] = (bits >> count) & 255;
    at += 1;
  }
  return bytes;
};
