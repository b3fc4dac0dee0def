import { describe, expect, it } from 'vitest';
import type { TakeId } from '#contract/entities.ts';
import { drawProgram } from '#renderer/audio/peaks.ts';
import { lengthOf, placeSteps, remainingFrom, type Step, stepAt } from '#renderer/audio/timeline.ts';

const step = (takeId: string | null, leadingMs: number, durationMs: number, trailingMs: number): Step => ({
  takeId: takeId as TakeId | null,
  title: 'HOST',
  text: '',
  leadingMs,
  durationMs,
  trailingMs,
});
const spot = [step('a', 0, 1000, 400), step('b', 200, 2000, 0), step('c', 0, 500, 500)];

describe('the timeline of a spot', () => {
  it('puts every sound behind the silence around it, without a gap of its own', () => {
    expect(placeSteps(spot).map(({ soundSeconds, soundEndSeconds }) => [soundSeconds, soundEndSeconds])).toEqual([
      [0, 1],
      [1.6, 3.6],
      [3.6, 4.1],
    ]);
    expect(lengthOf(spot)).toBeCloseTo(4.6);
  });

  it('names the line that is heard, with its silences, and the last one at the end', () => {
    const placed = placeSteps(spot);
    expect([0, 1.39, 1.41, 3.59, 3.61, 4.6, 99].map((seconds) => stepAt(placed, seconds))).toEqual([
      0, 0, 1, 1, 2, 2, 2,
    ]);
  });

  it('goes on in the middle of a sound and at the right moment for the rest', () => {
    const [now, next] = remainingFrom(placeSteps(spot), 2.1);
    expect(now).toMatchObject({ index: 1, delaySeconds: 0 });
    expect(now?.offsetSeconds).toBeCloseTo(0.5);
    expect(next).toMatchObject({ index: 2, offsetSeconds: 0 });
    expect(next?.delaySeconds).toBeCloseTo(1.5);
  });

  it('has nothing left to play at its end', () => {
    expect(remainingFrom(placeSteps(spot), 4.6)).toEqual([]);
  });
});

describe('the outline of a program', () => {
  it('is loud where a take sounds and flat where a pause stands', () => {
    const steps = [step('a', 0, 1000, 1000)];
    const [highs, lows] = drawProgram(steps, () => ({ durationMs: 1000, peaks: [-0.5, 0.8, -0.25, 0.4] }), 2);
    const at = (seconds: number): number => Math.floor((seconds / 2) * highs.length);
    expect(highs[at(0.2)]).toBeCloseTo(0.8);
    expect(lows[at(0.2)]).toBeCloseTo(-0.5);
    expect(highs[at(0.8)]).toBeCloseTo(0.4);
    expect([highs[at(1.5)], lows[at(1.5)]].map(Number)).toEqual([0, 0]);
  });

  it('leaves a line without a take flat', () => {
    const [highs] = drawProgram([step(null, 0, 1000, 0)], () => undefined, 1);
    expect(Math.max(...highs)).toBe(0);
  });
});
