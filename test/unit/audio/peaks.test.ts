import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPeakMeter, peaksOfInt16, samplesPerPeakFor } from '#engine/audio/peaks.ts';
import { measureSilence } from '#engine/audio/silence.ts';

const planeOf = (samples: Int16Array): Float32Array => Float32Array.from(samples, (value) => value / 32768);

describe('peaks', () => {
  it('has at most 4,096 of them for a minute at any rate', () => {
    for (const sampleRate of [8000, 16000, 22050, 24000, 44100, 48000, 96000]) {
      expect(Math.ceil((60 * sampleRate) / samplesPerPeakFor(60 * sampleRate, sampleRate))).toBeLessThanOrEqual(4096);
    }
  });

  it('still has some 64 a second for ten minutes', () => {
    expect((600 * 44100) / samplesPerPeakFor(600 * 44100, 44100)).toBeGreaterThan(38_000);
  });

  it('holds the lowest and the highest sample of each stretch, over all channels', () => {
    const samples = Int16Array.from([256, -512, 1024, 0, 32767, -32768, 5, 5]);
    expect([...peaksOfInt16(samples, 2, 2).peaks]).toEqual([-2, 4, -127, 127]);
  });

  it('is within one step of the samples everywhere', () => {
    fc.assert(
      fc.property(
        fc.int16Array({ minLength: 1, maxLength: 500 }),
        fc.integer({ min: 1, max: 50 }),
        (samples, stretch) => {
          const { peaks } = peaksOfInt16(samples, 1, stretch);
          expect(peaks.length).toBe(Math.ceil(samples.length / stretch) * 2);
          for (let i = 0; i * stretch < samples.length; i++) {
            const part = samples.subarray(i * stretch, (i + 1) * stretch);
            expect(Math.abs((peaks[i * 2] ?? 0) * 256 - Math.min(...part))).toBeLessThanOrEqual(256);
            expect(Math.abs((peaks[i * 2 + 1] ?? 0) * 256 - Math.max(...part))).toBeLessThanOrEqual(256);
          }
        },
      ),
    );
  });

  it('comes out alike from blocks of any size, with a known length', () => {
    const samples = Int16Array.from({ length: 200_000 }, (_, i) =>
      Math.round(30000 * Math.sin(i / 11) * Math.sin(i / 5000)),
    );
    const plane = planeOf(samples);
    const meter = createPeakMeter(44100, samples.length);
    for (let at = 0; at < plane.length; at += 7777)
      meter.add([plane.subarray(at, at + 7777)], Math.min(7777, plane.length - at));
    expect(meter.finish()).toEqual(peaksOfInt16(samples, 1, samplesPerPeakFor(samples.length, 44100)));
  });

  it('doubles its stretches when the length was not known, and loses nothing', () => {
    const samples = Int16Array.from({ length: 900_001 }, (_, i) => ((i * 7919) % 65536) - 32768);
    const plane = planeOf(samples);
    const meter = createPeakMeter(44100, null);
    for (let at = 0; at < plane.length; at += 5000)
      meter.add([plane.subarray(at, at + 5000)], Math.min(5000, plane.length - at));
    const { peaks, samplesPerPeak } = meter.finish();
    expect(samplesPerPeak).toBe(256);
    expect(peaks).toEqual(peaksOfInt16(samples, 1, 256).peaks);
  });
});

describe('silence', () => {
  it('is read from the peaks: before, after and in all', () => {
    const samples = new Int16Array(16000);
    samples.fill(8000, 4000, 12000);
    const peaks = peaksOfInt16(samples, 1, 100);
    const silence = measureSilence(peaks, { sampleRate: 16000, durationMs: 1000 });
    expect(silence).toEqual({ leadingMs: 250, trailingMs: 250, share: 0.5 });
  });

  it('is everything where nothing sounds', () => {
    const peaks = peaksOfInt16(new Int16Array(1600), 1, 100);
    expect(measureSilence(peaks, { sampleRate: 16000, durationMs: 100 }).share).toBe(1);
  });
});
