import { describe, expect, it } from 'vitest';
import { wordAt, wordsOfTimings } from '#renderer/screens/review/timed-words.ts';
import { matchLevels } from '#renderer/stores/review/compare.ts';

const timings = (text: string, unit: 'characters' | 'phonemes' = 'characters') => ({
  unit,
  symbols: [...text],
  startSeconds: [...text].map((_, at) => at / 10),
  endSeconds: [...text].map((_, at) => (at + 1) / 10),
});

describe('the words of a take', () => {
  it('are put together from its characters, each with its first and last moment', () => {
    expect(wordsOfTimings(timings(' Hi, you'))).toEqual([
      { text: 'Hi,', startSeconds: 0.1, endSeconds: 0.4 },
      { text: 'you', startSeconds: 0.5, endSeconds: 0.8 },
    ]);
  });

  it('are none where only phonemes are timed', () => {
    expect(wordsOfTimings(timings('haɪ', 'phonemes'))).toEqual([]);
  });

  it('are lit from their beginning to the beginning of the next', () => {
    const words = wordsOfTimings(timings('Hi you'));
    expect([0, 0.25, 0.3, 9].map((seconds) => wordAt(words, seconds))).toEqual([0, 0, 1, 1]);
    expect(wordAt(wordsOfTimings(timings(' Hi')), 0)).toBe(-1);
  });
});

describe('two takes that are compared', () => {
  it('are as loud as the softer one: nothing is driven over its peak', () => {
    expect(matchLevels({ loudnessLufs: -14 }, { loudnessLufs: -20 })).toEqual([-6, 0]);
    expect(matchLevels({ loudnessLufs: -20 }, { loudnessLufs: -14 })).toEqual([0, -6]);
  });

  it('stay as they are where one is too short to have a loudness', () => {
    expect(matchLevels({ loudnessLufs: null }, { loudnessLufs: -14 })).toEqual([0, 0]);
  });
});
