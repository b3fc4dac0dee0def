import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyseWav } from '#engine/audio/analyse.ts';
import { readWav } from '#engine/audio/read-wav.ts';
import { int16View, readFrames } from '#engine/audio/samples.ts';
import { sniffFormat } from '#engine/audio/sniff-format.ts';
import { writeWav } from '#engine/audio/write-wav.ts';
import { rawWav } from './tones.ts';

const bytesOf = (samples: Int16Array): Uint8Array => new Uint8Array(samples.buffer);
const speechLike = Int16Array.from({ length: 1000 }, (_, i) => Math.round(12000 * Math.sin(i / 7)));
const plain = { format: 1, bits: 16, channels: 1, sampleRate: 16000, data: bytesOf(speechLike) };

const layoutOf = (bytes: Uint8Array) => {
  const reading = readWav(bytes);
  if (!reading.ok) throw new Error(reading.problem);
  return reading.layout;
};
const firstSamples = (bytes: Uint8Array, count: number): readonly number[] => {
  const layout = layoutOf(bytes);
  const planes = Array.from({ length: layout.channels }, () => new Float32Array(count));
  readFrames(bytes, layout, 0, count, planes);
  return planes.flatMap((plane) => [...plane]);
};

describe('reading WAV', () => {
  it('reads back what the writer wrote, for any samples, rate and channel count', () => {
    const samples = fc.int16Array({ maxLength: 400 });
    fc.assert(
      fc.property(
        samples,
        fc.constantFrom(8000, 22050, 44100, 48000),
        fc.integer({ min: 1, max: 4 }),
        (all, sampleRate, channels) => {
          const whole = all.slice(0, all.length - (all.length % channels));
          const bytes = writeWav({ sampleRate, channels, samples: whole });
          const layout = layoutOf(bytes);
          expect(layout).toMatchObject({ sampleRate, channels, encoding: 'pcm16', cutOff: null });
          expect([...int16View(bytes, layout)]).toEqual([...whole]);
        },
      ),
    );
  });

  it('never throws, whatever the bytes are', () => {
    const header = bytesOf(speechLike).subarray(0, 0);
    const start = rawWav({ ...plain, data: header });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.integer({ min: 0, max: start.length }), (noise, keep) => {
        const report = analyseWav(Uint8Array.from([...start.subarray(0, keep), ...noise]));
        expect(report.ok ? report.problem : typeof report.problem).toBe(report.ok ? null : 'string');
      }),
    );
  });

  it.each([
    ['8-bit PCM', 1, 8, [0, 128, 192], [-1, 0, 0.5]],
    ['16-bit PCM', 1, 16, [0, 0x80, 0, 0, 0, 0x40], [-1, 0, 0.5]],
    ['24-bit PCM', 1, 24, [0, 0, 0x80, 0, 0, 0, 0, 0, 0x40], [-1, 0, 0.5]],
    ['32-bit PCM', 1, 32, [0, 0, 0, 0x80, 0, 0, 0, 0, 0, 0, 0, 0x40], [-1, 0, 0.5]],
    ['32-bit float', 3, 32, [...new Uint8Array(new Float32Array([-1, 0, 0.5]).buffer)], [-1, 0, 0.5]],
  ])('reads %s, plain and extensible', (_, format, bits, data, expected) => {
    for (const extensible of [false, true]) {
      const bytes = rawWav({ format, bits, channels: 1, sampleRate: 8000, data: Uint8Array.from(data), extensible });
      expect(firstSamples(bytes, 3)).toEqual(expected);
    }
  });

  it('keeps the channels apart', () => {
    const data = bytesOf(Int16Array.from([16384, -16384, 8192, -8192]));
    expect(firstSamples(rawWav({ ...plain, channels: 2, data }), 2)).toEqual([0.5, 0.25, -0.5, -0.25]);
  });

  it('steps over other chunks, also over those of odd length', () => {
    const bytes = rawWav({
      ...plain,
      chunks: [
        ['LIST', new Uint8Array(7)],
        ['bext', new Uint8Array(12)],
      ],
    });
    expect([...int16View(bytes, layoutOf(bytes))]).toEqual([...speechLike]);
  });

  it('reads a file that lies at an odd address in memory', () => {
    const bytes = rawWav(plain);
    const shifted = new Uint8Array(bytes.length + 1);
    shifted.set(bytes, 1);
    expect([...int16View(shifted.subarray(1), layoutOf(bytes))]).toEqual([...speechLike]);
  });

  it.each([
    ['0xFFFFFFFF', 0xffffffff, 0xffffffff],
    ['0x7FFFF000, as espeak-ng writes', 0x7ffff000, 0x7ffff024],
    ['zero', 0, 0],
  ])('measures a streamed file with the size %s to its end', (_, dataSize, riffSize) => {
    const report = analyseWav(rawWav({ ...plain, dataSize, riffSize }));
    expect(report).toMatchObject({ ok: true, problem: null, durationMs: 62.5 });
  });

  it('says that a file is cut off, and measures what is there', () => {
    const bytes = rawWav(plain);
    const report = analyseWav(bytes.subarray(0, bytes.length - 1001));
    expect(report.ok).toBe(false);
    expect(report.problem).toMatch(/cut off: 0\.03 s of 0\.06 s/);
    expect(report.durationMs).toBeCloseTo(31.188, 2);
    expect(report.peaks.length).toBeGreaterThan(0);
  });

  it('calls a file without samples empty', () => {
    expect(analyseWav(rawWav({ ...plain, data: new Uint8Array(0) }))).toMatchObject({
      ok: false,
      problem: 'The audio is empty.',
    });
  });

  it('names an encoding that it does not read', () => {
    expect(analyseWav(rawWav({ ...plain, format: 2 })).problem).toMatch(/format 2, 16 bits/);
  });
});

describe('telling formats apart', () => {
  const text = (start: string): Uint8Array => new TextEncoder().encode(start.padEnd(20, '\0'));
  it('goes by the first bytes', () => {
    expect(sniffFormat(rawWav(plain))).toBe('wav');
    expect(sniffFormat(text('fLaC'))).toBe('flac');
    expect(sniffFormat(text('OggS'))).toBe('ogg');
    expect(sniffFormat(text('ID3'))).toBe('mp3');
    expect(sniffFormat(Uint8Array.from([0xff, 0xfb, 0x90, 0x64]))).toBe('mp3');
    expect(sniffFormat(text('{"error":"no"}'))).toBe('unknown');
    expect(sniffFormat(text('RIFF....AVI '))).toBe('unknown');
    expect(sniffFormat(new Uint8Array(0))).toBe('unknown');
  });
});
