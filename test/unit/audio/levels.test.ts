import { describe, expect, it } from 'vitest';
import { createBlockMeter } from '#engine/audio/analyse.ts';
import { kWeighting } from '#engine/audio/loudness.ts';
import { concat, type Tone, tone } from './tones.ts';

const measure = (planes: readonly Float32Array[], sampleRate: number, block = 3001) => {
  const meter = createBlockMeter(sampleRate, planes.length, null, 'all');
  const frames = planes[0]?.length ?? 0;
  for (let from = 0; from < frames; from += block) {
    const end = Math.min(frames, from + block);
    meter.add(
      planes.map((plane) => plane.subarray(from, end)),
      end - from,
    );
  }
  return meter.finish('wav', null);
};
const base: Tone = { hz: 997, dbfs: -20, seconds: 5, sampleRate: 48000, channels: 2 };

describe('loudness', () => {
  it('uses the coefficients that BS.1770-4 prints for 48 kHz', () => {
    const { shelf, highPass } = kWeighting(48000);
    expect(shelf.b0).toBeCloseTo(1.53512485958697, 10);
    expect(shelf.b1).toBeCloseTo(-2.69169618940638, 10);
    expect(shelf.b2).toBeCloseTo(1.19839281085285, 10);
    expect(shelf.a1).toBeCloseTo(-1.69065929318241, 10);
    expect(shelf.a2).toBeCloseTo(0.73248077421585, 10);
    expect(highPass.a1).toBeCloseTo(-1.99004745483398, 10);
    expect(highPass.a2).toBeCloseTo(0.99007225036621, 10);
  });

  it.each([8000, 16000, 22050, 24000, 44100, 48000, 96000])(
    'is -20 LUFS for a 997 Hz stereo sine at -20 dBFS, at %i Hz',
    (sampleRate) => {
      expect(measure(tone({ ...base, sampleRate }), sampleRate).loudnessLufs).toBeCloseTo(-20, 1);
    },
  );

  it('is 3 LU lower for one channel than for two', () => {
    expect(measure(tone({ ...base, channels: 1 }), 48000).loudnessLufs).toBeCloseTo(-23.01, 1);
  });

  it('follows EBU Tech 3341: -23 LUFS among quieter stretches that the relative gate leaves out', () => {
    const at = (dbfs: number, seconds: number): readonly Float32Array[] => tone({ ...base, hz: 1000, dbfs, seconds });
    const planes = concat(at(-36, 10), at(-23, 60), at(-36, 10));
    const { loudnessLufs } = measure(planes, 48000);
    expect(Math.abs((loudnessLufs ?? 0) + 23)).toBeLessThan(0.1);
  });

  it('is not moved by silence before and after', () => {
    const silence = (seconds: number): readonly Float32Array[] => tone({ ...base, dbfs: -200, seconds });
    const { loudnessLufs } = measure(concat(silence(4), tone(base), silence(4)), 48000);
    expect(loudnessLufs).toBeCloseTo(-20, 0);
  });

  it('does not depend on the size of the blocks it gets', () => {
    const planes = tone(base);
    const { loudnessLufs, ...whole } = measure(planes, 48000, 1_000_000);
    const pieces = measure(planes, 48000, 777);
    expect(pieces).toMatchObject(whole);
    expect(pieces.loudnessLufs).toBeCloseTo(loudnessLufs ?? 0, 9);
  });

  it('is unknown for silence and for less than 400 ms', () => {
    expect(measure([new Float32Array(48000)], 48000)).toMatchObject({ loudnessLufs: null, truePeakDb: null });
    expect(measure(tone({ ...base, seconds: 0.39 }), 48000).loudnessLufs).toBeNull();
  });
});

describe('true peak', () => {
  it('finds the top between the samples: a quarter-rate sine at 45 degrees is 3 dB above its samples', () => {
    const planes = tone({ hz: 12000, dbfs: 0, seconds: 1, sampleRate: 48000, channels: 1, phase: Math.PI / 4 });
    const highestSample = Math.max(...(planes[0] ?? []));
    expect(20 * Math.log10(highestSample)).toBeCloseTo(-3.01, 1);
    const { truePeakDb } = measure(planes, 48000);
    // BS.1770 allows +0.2 and -0.4 dB; the abrupt start of the tone rings a little.
    expect(truePeakDb).toBeGreaterThan(-0.4);
    expect(truePeakDb).toBeLessThan(0.5);
  });

  it('is the level of the sine where the samples hit its top', () => {
    expect(measure(tone({ ...base, hz: 1000, dbfs: -6 }), 48000).truePeakDb).toBeCloseTo(-6, 1);
  });

  it('finds a single loud sample at the very end', () => {
    const plane = new Float32Array(10_000);
    plane[9_999] = -0.5;
    expect(measure([plane], 48000).truePeakDb).toBeCloseTo(20 * Math.log10(0.5), 1);
  });
});
