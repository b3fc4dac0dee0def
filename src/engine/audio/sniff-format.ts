export type AudioFormat = 'wav' | 'mp3' | 'flac' | 'ogg' | 'unknown';

const startsWith = (bytes: Uint8Array, text: string, at = 0): boolean => {
  if (bytes.length < at + text.length) return false;
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text.charCodeAt(i)) return false;
  return true;
};

/** Bytes of an ID3v2 tag at the start of a file, 0 where there is none. */
export const id3Length = (bytes: Uint8Array): number => {
  if (!startsWith(bytes, 'ID3') || bytes.length < 10) return 0;
  const [a = 0, b = 0, c = 0, d = 0] = bytes.subarray(6, 10);
  const footer = ((bytes[5] ?? 0) & 0x10) === 0 ? 0 : 10;
  return 10 + (((a & 0x7f) << 21) | ((b & 0x7f) << 14) | ((c & 0x7f) << 7) | (d & 0x7f)) + footer;
};

/** Whether an MPEG audio layer III frame header stands at `at`. */
export const isMp3Header = (bytes: Uint8Array, at: number): boolean => {
  const [a = 0, b = 0, c = 0] = bytes.subarray(at, at + 3);
  const version = (b >> 3) & 3;
  const layer = (b >> 1) & 3;
  const bitrate = c >> 4;
  const rate = (c >> 2) & 3;
  return a === 0xff && (b & 0xe0) === 0xe0 && version !== 1 && layer === 1 && bitrate !== 15 && rate !== 3;
};

/** What a file is by its first bytes; names and content types are not believed. */
export const sniffFormat = (bytes: Uint8Array): AudioFormat => {
  const isRiff = startsWith(bytes, 'RIFF') || startsWith(bytes, 'RF64');
  if (isRiff && startsWith(bytes, 'WAVE', 8)) return 'wav';
  if (startsWith(bytes, 'fLaC')) return 'flac';
  if (startsWith(bytes, 'OggS')) return 'ogg';
  if (startsWith(bytes, 'ID3') || isMp3Header(bytes, 0)) return 'mp3';
  return 'unknown';
};
