/** MP3 files made of ready frames: constant bit rate and no bit reservoir, so that frames can be put together at will. */
import { createHash } from 'node:crypto';
import { spokenSeconds, type Tone } from './tone.ts';

/**
 * One frame each of a steady tone, up to where its stuffing begins: made with `ffmpeg -f lavfi -i aevalsrc -ac 1 -b:a 32k
 * -reservoir 0 -write_xing 0` at a pitch whose waves end with the frame. The last is MPEG-2, for the low sample rates.
 */
const low = Buffer.from(
  'fffb10c40003c19015120b83e2603202a241707c4cc23d6d0302122c387c5667ee8c23d6d0302122c387c5667ee8',
  'hex',
);
const high = Buffer.from(
  'fffb10c40003c29829120bd6e680530522417adcd0f847ac2060f05e11260325be116d94187c77ffffabe11eb08183c17844980c96f845b65061f1dffffea4',
  'hex',
);
const mpeg2 = Buffer.from(
  'fff340c40007a09a2400052e00c22ac181897847a79061963ffdfff08b21e0c4ff3ffffffffffffffffffeb4',
  'hex',
);

/** kbit/s in the order of a header's bit rate index. */
const rates1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const rates2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
/** The frames' own global gain, in steps of 1.5 dB. */
const fullGain = 137;
const poolFrames = 120;

/** Writes the eight bits of a gain where they stand, across bytes. */
const setGain = (frame: Buffer, bit: number, gain: number): void => {
  for (let i = 0; i < 8; i += 1) {
    const [byte, mask] = [(bit + i) >> 3, 0x80 >> ((bit + i) & 7)];
    const isSet = ((gain >> (7 - i)) & 1) === 1;
    frame[byte] = isSet ? (frame[byte] ?? 0) | mask : (frame[byte] ?? 0) & ~mask;
  }
};

interface Pool {
  readonly frameBytes: number;
  readonly frameSeconds: number;
  readonly bytes: Buffer;
}
/** Some seconds that swell as syllables do. */
const buildPool = (sampleRate: number, kbits: number, isHigh: boolean): Pool => {
  const isMpeg2 = sampleRate < 32_000;
  const samples = isMpeg2 ? 576 : 1152;
  const frameBytes = Math.floor(((isMpeg2 ? 72_000 : 144_000) * kbits) / sampleRate);
  const bytes = Buffer.alloc(frameBytes * poolFrames);
  const base = isMpeg2 ? mpeg2 : isHigh ? high : low;
  const gainBits = isMpeg2 ? [62] : [71, 130];
  for (let i = 0; i < poolFrames; i += 1) {
    const frame = bytes.subarray(i * frameBytes, (i + 1) * frameBytes);
    base.copy(frame);
    const rateBits = sampleRate === 48_000 || sampleRate === 24_000 ? 1 : 0;
    frame[2] = ((isMpeg2 ? rates2 : rates1).indexOf(kbits) << 4) | (rateBits << 2);
    const seconds = (i * samples) / sampleRate;
    const swell = Math.abs(Math.sin(Math.PI * 2.2 * seconds)) * (0.6 + 0.4 * Math.sin(1.7 * seconds));
    for (const bit of gainBits) setGain(frame, bit, fullGain - Math.round(14 * (1 - swell)));
  }
  return { frameBytes, frameSeconds: samples / sampleRate, bytes };
};

/** An ID3v2.3 tag with one private frame: what makes a file unlike any other. */
const tagOf = (digest: Buffer): Buffer => {
  const owner = Buffer.from('demo\0', 'latin1');
  const size = owner.length + digest.length;
  const head = Buffer.from([0x49, 0x44, 0x33, 3, 0, 0, 0, 0, 0, size + 10]);
  const frame = Buffer.alloc(10);
  frame.write('PRIV', 0, 'latin1');
  frame.writeUInt32BE(size, 4);
  return Buffer.concat([head, frame, owner, digest]);
};

/** As `createTones` does it: shared pools, and a first chunk that says which text and voice it is of. */
export const createMp3Tones = (audioBytes: number | 'by-text', sampleRate: number, kbits: number) => {
  const pools = [buildPool(sampleRate, kbits, false), buildPool(sampleRate, kbits, true)] as const;
  return {
    of(text: string, voice: string): Tone {
      const isHigh = ((createHash('sha256').update(voice).digest()[0] ?? 0) & 1) === 1;
      const pool = pools[isHigh ? 1 : 0];
      const first = tagOf(createHash('sha256').update(voice).update('\0').update(text).digest());
      const frames =
        audioBytes === 'by-text'
          ? Math.ceil(spokenSeconds(text) / pool.frameSeconds)
          : Math.max(1, Math.round((audioBytes - first.length) / pool.frameBytes));
      const chunks: Buffer[] = [first];
      for (let left = frames * pool.frameBytes; left > 0; left -= pool.bytes.length)
        chunks.push(pool.bytes.subarray(0, Math.min(left, pool.bytes.length)));
      return { bytes: first.length + frames * pool.frameBytes, chunks };
    },
  };
};
