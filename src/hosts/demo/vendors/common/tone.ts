/** Small WAV files that differ by text: 16 bit, mono. */
import { createHash } from 'node:crypto';
import { fraction } from './dice.ts';

/** Of the head that stands before the samples. */
export const headBytes = 44;
/** Samples at the start that make each file unlike any other. */
const markSamples = 64;

export interface Tone {
  readonly bytes: number;
  /** In order; shared memory that nobody may change. */
  readonly chunks: readonly Buffer[];
}
export interface Tones {
  of(text: string, voice: string): Tone;
  sha256(text: string, voice: string): string;
}

const buildPool = (sampleRate: number): Buffer => {
  const poolSamples = 2 * sampleRate;
  const pool = Buffer.alloc(poolSamples * 2);
  for (let i = 0; i < poolSamples; i += 1) {
    const time = i / sampleRate;
    const swell = 0.6 + 0.4 * Math.sin(2 * Math.PI * 3 * time);
    const voice =
      Math.sin(2 * Math.PI * 150 * time) + 0.5 * Math.sin(2 * Math.PI * 450 * time) + 0.1 * (fraction(`${i}`) - 0.5);
    pool.writeInt16LE(Math.round(6000 * swell * voice), i * 2);
  }
  return pool;
};

const header = (dataBytes: number, sampleRate: number): Buffer => {
  const head = Buffer.alloc(headBytes);
  head.write('RIFF', 0);
  head.writeUInt32LE(dataBytes + headBytes - 8, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(sampleRate, 24);
  head.writeUInt32LE(sampleRate * 2, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  head.writeUInt32LE(dataBytes, 40);
  return head;
};

/** 60 ms a character, as a quick speaker takes. */
export const spokenSeconds = (text: string): number => Math.max(10, [...text].length) * 0.06;

/** The pool is built once; a file is its own 172 first bytes and views on the pool, so serving one copies nothing. */
export const createTones = (audioBytes: number | 'by-text', sampleRate = 8000): Tones => {
  const pool = buildPool(sampleRate);
  const sums = new Map<string, string>();

  const of = (text: string, voice: string): Tone => {
    const wanted = audioBytes === 'by-text' ? headBytes + Math.round(spokenSeconds(text) * sampleRate) * 2 : audioBytes;
    const dataBytes = Math.max(markSamples * 2, Math.floor((wanted - headBytes) / 2) * 2);
    const first = Buffer.alloc(headBytes + markSamples * 2);
    header(dataBytes, sampleRate).copy(first);
    const digest = createHash('sha256').update(voice).update('\0').update(text).digest();
    // Values of one byte each: a quiet mark.
    for (let i = 0; i < markSamples; i += 1)
      first.writeInt16LE((digest[i % digest.length] ?? 0) - 128, headBytes + i * 2);
    const chunks: Buffer[] = [first];
    for (let left = dataBytes - markSamples * 2; left > 0; left -= pool.length)
      chunks.push(pool.subarray(0, Math.min(left, pool.length)));
    return { bytes: headBytes + dataBytes, chunks };
  };

  return {
    of,
    sha256(text, voice) {
      const name = `${voice}\0${text}`;
      const known = sums.get(name);
      if (known !== undefined) return known;
      const hash = createHash('sha256');
      for (const chunk of of(text, voice).chunks) hash.update(chunk);
      const sum = hash.digest('hex');
      sums.set(name, sum);
      return sum;
    },
  };
};
