/** Audio in the formats that the vendor offers, different for each text, voice and format. */
import { createHash } from 'node:crypto';
import { createTones, headBytes, type Tone } from '../common/tone.ts';
import { createMp3Tones } from '../common/mp3.ts';

export const formats = {
  mp3: ['mp3_22050_32', 'mp3_24000_48', ...['32', '64', '96', '128', '192'].map((rate) => `mp3_44100_${rate}`)],
  pcm: ['8000', '16000', '22050', '24000', '32000', '44100', '48000'].map((rate) => `pcm_${rate}`),
  wav: ['8000', '16000', '22050', '24000', '32000', '44100', '48000'].map((rate) => `wav_${rate}`),
  law: ['ulaw_8000', 'alaw_8000'],
  /** Known to the vendor; the fake has no encoder for them. */
  opus: ['32', '64', '96', '128', '192'].map((rate) => `opus_48000_${rate}`),
} as const;
export const allFormats: ReadonlySet<string> = new Set(Object.values(formats).flat());

export const contentTypeOf = (format: string): string => {
  if (format.startsWith('mp3')) return 'audio/mpeg';
  if (format.startsWith('wav')) return 'audio/wav';
  return format.startsWith('pcm') ? 'audio/pcm' : 'audio/basic';
};

const muLaw = (sample: number): number => {
  const sign = sample < 0 ? 0x80 : 0;
  const biased = Math.min(32_635, Math.abs(sample)) + 132;
  const exponent = Math.max(0, Math.floor(Math.log2(biased)) - 7);
  return ~(sign | (exponent << 4) | ((biased >> (exponent + 3)) & 15)) & 0xff;
};
const aLaw = (sample: number): number => {
  const sign = sample >= 0 ? 0x80 : 0;
  const size = (sample < 0 ? ~sample : sample) >> 3;
  const exponent = size < 32 ? 0 : Math.floor(Math.log2(size)) - 4;
  const mantissa = exponent < 2 ? (size >> 1) & 15 : (size >> exponent) & 15;
  return (sign | (exponent << 4) | mantissa) ^ 0x55;
};
/** A WAV's samples without its head. */
const bare = (tone: Tone): Tone => {
  const [first = Buffer.alloc(0), ...rest] = tone.chunks;
  return { bytes: tone.bytes - headBytes, chunks: [first.subarray(headBytes), ...rest] };
};
const companded = (tone: Tone, law: (sample: number) => number): Tone => {
  const samples = Buffer.concat(bare(tone).chunks);
  const bytes = Buffer.alloc(samples.length / 2);
  for (let i = 0; i < bytes.length; i += 1) bytes[i] = law(samples.readInt16LE(i * 2));
  return { bytes: bytes.length, chunks: [bytes] };
};

export interface FakeAudio {
  of(text: string, voice: string, format: string): Tone;
  /** Of those bytes; kept. */
  sha256(text: string, voice: string, format: string): string;
  seconds(tone: Tone, format: string): number;
}

export const createFakeAudio = (audioBytes: number | 'by-text'): FakeAudio => {
  const makers = new Map<string, (text: string, voice: string) => Tone>();
  const sums = new Map<string, string>();

  const makerOf = (format: string): ((text: string, voice: string) => Tone) => {
    const [kind = '', rate = '0', kbits = '0'] = format.split('_');
    if (kind === 'mp3') return createMp3Tones(audioBytes, Number(rate), Number(kbits)).of;
    const tones = createTones(audioBytes, Number(rate));
    if (kind === 'wav') return tones.of;
    if (kind === 'pcm') return (text, voice) => bare(tones.of(text, voice));
    const law = kind === 'ulaw' ? muLaw : aLaw;
    return (text, voice) => companded(tones.of(text, voice), law);
  };
  const of: FakeAudio['of'] = (text, voice, format) => {
    const known = makers.get(format);
    const make = known ?? makerOf(format);
    if (known === undefined) makers.set(format, make);
    return make(text, voice);
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
    seconds(tone, format) {
      const [kind, rate = '0', kbits = '0'] = format.split('_');
      if (kind === 'mp3') return (tone.bytes * 8) / (Number(kbits) * 1000);
      return tone.bytes / Number(rate) / (kind === 'ulaw' || kind === 'alaw' ? 1 : 2);
    },
  };
};
