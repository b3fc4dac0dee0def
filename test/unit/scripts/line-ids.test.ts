import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assignLineIds } from '#engine/scripts/line-ids.ts';

const line = (written: string) => {
  const [character = '', text = ''] = written.split(':');
  return { character, text };
};
const known = (lines: readonly string[]) =>
  lines.map((written, index) => ({ ...line(written), id: `old-${index + 1}`, position: index + 1 }));
const assign = (before: readonly string[], after: readonly string[]) => {
  let count = 0;
  return assignLineIds<string>(known(before), after.map(line), () => `new-${(count += 1)}`);
};

describe('line ids', () => {
  it.each([
    ['stay over an import of the same text', ['A:one', 'B:two'], ['A:one', 'B:two'], ['old-1', 'old-2']],
    ['go with lines that change places', ['A:one', 'B:two'], ['B:two', 'A:one'], ['old-2', 'old-1']],
    [
      'stay around an inserted line',
      ['A:one', 'B:two'],
      ['A:one', 'C:spring is here', 'B:two'],
      ['old-1', 'new-1', 'old-2'],
    ],
    [
      'are not used again when a line goes',
      ['A:one', 'B:two', 'A:three'],
      ['A:one', 'A:three', 'A:four'],
      ['old-1', 'old-3', 'new-1'],
    ],
    [
      'stay with an edited line among inserted ones',
      ['A:Spring is here at Harbour', 'B:bye'],
      ['A:Welcome, dear listeners', 'A:Spring is here at Harbor!', 'B:bye'],
      ['new-1', 'old-1', 'old-2'],
    ],
    [
      'stay by place where a text is all new',
      ['A:one', 'B:two', 'C:three'],
      ['A:one', 'B:quite different', 'C:three'],
      ['old-1', 'old-2', 'old-3'],
    ],
    ['stay when only the speaker changes', ['A:one', 'B:two'], ['C:one', 'B:two'], ['old-1', 'old-2']],
    ['tell equal lines apart by their order', ['A:yes', 'B:no', 'A:yes'], ['A:yes', 'A:yes'], ['old-1', 'old-3']],
    ['prefer the same speaker for equal texts', ['A:yes', 'B:yes'], ['B:yes', 'A:yes'], ['old-2', 'old-1']],
    ['are new for a first import', [], ['A:one', 'A:one'], ['new-1', 'new-2']],
  ])('%s', (_, before, after, expected) => {
    expect(assign(before, after)).toEqual(expected);
  });

  const lines = fc.array(
    fc
      .tuple(fc.constantFrom('A', 'B'), fc.constantFrom('one', 'two', 'three words here', 'three words there', 'zebra'))
      .map((pair) => pair.join(':')),
    { maxLength: 12 },
  );
  it('are unique, one for each line, and stay wherever text and speaker stayed', () => {
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const ids = assign(before, after);
        expect(ids).toHaveLength(after.length);
        expect(new Set(ids).size).toBe(ids.length);
        for (const written of new Set(after)) {
          const kept = Math.min(
            before.filter((one) => one === written).length,
            after.filter((one) => one === written).length,
          );
          const same = ids.filter(
            (id, index) =>
              after[index] === written && id.startsWith('old-') && before[Number(id.slice(4)) - 1] === written,
          );
          expect(same).toHaveLength(kept);
        }
      }),
    );
  });
  it('are found for thousands of lines that all changed', () => {
    const before = Array.from({ length: 5000 }, (_, index) => `A:before ${index}`);
    expect(
      assign(
        before,
        before.map((_, index) => `A:after ${index}`),
      ),
    ).toEqual(before.map((_, index) => `old-${index + 1}`));
  });
});
