export interface DecodedText {
  readonly text: string;
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be';
  /** False: some bytes had no meaning in the encoding and stand as U+FFFD. */
  readonly isClean: boolean;
}

/** Without a mark, UTF-16 shows by the zero halves of its Latin letters. */
const guessEncoding = (bytes: Uint8Array): DecodedText['encoding'] => {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const sample = bytes.subarray(0, 4096 - (bytes.length % 2));
  let even = 0;
  let odd = 0;
  for (let at = 0; at < sample.length; at += 1) {
    if (sample[at] !== 0) continue;
    if (at % 2 === 0) even += 1;
    else odd += 1;
  }
  const enough = sample.length / 8;
  if (odd > enough && odd > even * 4) return 'utf-16le';
  if (even > enough && even > odd * 4) return 'utf-16be';
  return 'utf-8';
};

/** Text out of a file's bytes: UTF-8 or UTF-16, by its byte order mark or its looks; the mark is left out. */
export const decodeText = (source: Uint8Array | string): DecodedText => {
  if (typeof source === 'string') return { text: source.replace(/^\uFEFF/u, ''), encoding: 'utf-8', isClean: true };
  const encoding = guessEncoding(source);
  try {
    return { text: new TextDecoder(encoding, { fatal: true }).decode(source), encoding, isClean: true };
  } catch {
    return { text: new TextDecoder(encoding).decode(source), encoding, isClean: false };
  }
};
