/** The fake's speech: files that differ by text, voice and format, and how long they are. */
import { createHash } from 'node:crypto';
import { createTones, headBytes } from '../common/tone.ts';
import type { Tone } from '../common/tone.ts';
import { createMp3Tones } from '../common/mp3.ts';

const sampleRate = 8000;
const mp3 = { sampleRate: 44_100, kbits: 64 } as const;

export type Format = 'wav' | 'mp3';
export interface Speech extends Tone {
  readonly seconds: number;
}
export interface FakeSpeech {
  of(text: string, voice: string, format: Format): Speech;
  sha256(text: string, voice: string, format: Format): string;
}

export const createFakeSpeech = (audioBytes: number | 'by-text'): FakeSpeech => {
  const tones = createTones(audioBytes, sampleRate);
  const mp3Tones = createMp3Tones(audioBytes, mp3.sampleRate, mp3.kbits);
  const sums = new Map<string, string>();
  const of: FakeSpeech['of'] = (text, voice, format) => {
    if (format === 'wav') {
      const tone = tones.of(text, voice);
      return { ...tone, seconds: (tone.bytes - headBytes) / (sampleRate * 2) };
    }
    const tone = mp3Tones.of(text, voice);
    const tagBytes = tone.chunks[0]?.length ?? 0;
    return { ...tone, seconds: ((tone.bytes - tagBytes) * 8) / (mp3.kbits * 1000) };
  };
  return {
    of,
    sha256(text, voice, format) {
      const name = `${format}\0${voice}\0${text}`;
      const known = sums.get(name);
      if (known !== undefined) return known;
      const hash = createHash('sha256');
      for (const chunk of of(text, voice, format).chunks) hash.update(chunk);
      const sum = hash.digest('hex');
      sums.set(name, sum);
      return sum;
    },
  };
};
