import { describe, expect, it } from 'vitest';
import { joinParts, pcmOfPlanes, pcmOfWav } from '#engine/audio/join.ts';
import { resample } from '#engine/audio/resample.ts';
import { writeWav } from '#engine/audio/write-wav.ts';
import { tone } from './tones.ts';

const rms = (plane: Float32Array): number =>
  Math.sqrt(plane.reduce((sum, value) => sum + value * value, 0) / plane.length);

describe('joining', () => {
  it('keeps the samples of alike parts untouched and puts silence after each', () => {
    const audio = (samples: readonly number[]) => ({
      sampleRate: 1000,
      channels: 1,
      samples: Int16Array.from(samples),
    });
    const wav = joinParts([
      { audio: audio([1, 2, 3]), gapAfterMs: 2 },
      { audio: audio([-4, -5]), gapAfterMs: 0 },
      { audio: audio([6]), gapAfterMs: 1 },
    ]);
    expect([...pcmOfWav(wav).samples]).toEqual([1, 2, 3, 0, 0, -4, -5, 6, 0]);
  });

  it('brings later parts to the rate and channels of the first', () => {
    const first = pcmOfPlanes(tone({ hz: 440, dbfs: -10, seconds: 1, sampleRate: 24000, channels: 2 }), 24000);
    const second = pcmOfPlanes(tone({ hz: 440, dbfs: -10, seconds: 1, sampleRate: 16000, channels: 1 }), 16000);
    const joined = pcmOfWav(
      joinParts([
        { audio: first, gapAfterMs: 0 },
        { audio: second, gapAfterMs: 0 },
      ]),
    );
    expect(joined).toMatchObject({ sampleRate: 24000, channels: 2 });
    expect(joined.samples.length).toBe(2 * 48000);
    const level = (from: number): number => rms(Float32Array.from(joined.samples.subarray(from, from + 40000)));
    expect(level(52000) / level(2000)).toBeCloseTo(1, 1);
  });

  it('refuses a part that is cut off', () => {
    const wav = writeWav({ sampleRate: 8000, channels: 1, samples: new Int16Array(100) });
    expect(() => pcmOfWav(wav.subarray(0, 200))).toThrow(/cut off/);
  });
});

describe('resampling', () => {
  it.each([
    [16000, 48000],
    [48000, 16000],
    [44100, 22050],
    [22050, 44100],
    [24000, 44100],
  ])('keeps a tone at its pitch and level from %i to %i Hz', (from, to) => {
    const [plane = new Float32Array()] = tone({ hz: 1000, dbfs: -6, seconds: 0.5, sampleRate: from, channels: 1 });
    const [wanted = new Float32Array()] = tone({ hz: 1000, dbfs: -6, seconds: 0.5, sampleRate: to, channels: 1 });
    const output = resample(plane, from, to);
    expect(output.length).toBe(wanted.length);
    const inner = output.subarray(500, -500).map((value, i) => value - (wanted[i + 500] ?? 0));
    expect(20 * Math.log10(rms(inner) / rms(wanted))).toBeLessThan(-55);
  });

  it('removes what the lower rate cannot hold', () => {
    const [plane = new Float32Array()] = tone({ hz: 7000, dbfs: 0, seconds: 0.5, sampleRate: 24000, channels: 1 });
    expect(20 * Math.log10(rms(resample(plane, 24000, 8000)))).toBeLessThan(-50);
  });
});
