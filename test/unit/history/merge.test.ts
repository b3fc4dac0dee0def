import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeStreams, type Stream } from '#engine/history/merge.ts';

const streamOf = (ids: readonly number[], asked: number[] = []): Stream => {
  const sorted = ids.toSorted((a, b) => b - a);
  let at = 0;
  return {
    highestId: sorted[0] ?? -1,
    next: (count) => {
      asked.push(count);
      const page = sorted.slice(at, at + count).map((id) => ({ id, seq: id }));
      at += count;
      return page;
    },
  };
};

describe('merged streams', () => {
  it('give all hits once, newest first, in any portions', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uniqueArray(fc.nat(200)), { maxLength: 6 }),
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 }),
        (lists, portions) => {
          const take = mergeStreams(lists.map((list) => streamOf(list)));
          const taken: number[] = [];
          for (let turn = 0; ; turn += 1) {
            const count = portions[turn % portions.length] ?? 1;
            const hits = take(count);
            taken.push(...hits.map(({ id }) => id));
            if (hits.length < count) break;
          }
          expect(taken).toEqual([...new Set(lists.flat())].toSorted((a, b) => b - a));
        },
      ),
    );
  });

  it('leave a stream alone whose hits are all older than what is wanted', () => {
    const asked: number[] = [];
    const take = mergeStreams([
      streamOf(Array.from({ length: 100 }, (_, index) => 1000 + index)),
      streamOf([1, 2, 3], asked),
    ]);
    expect(take(50)).toHaveLength(50);
    expect(asked).toEqual([]);
  });
});
