/** Keeps the ids of lines, and with them their takes, over an edit or a fresh import of a script. */
import { similarity } from './similarity.ts';

export interface KnownLine<Id extends string = string> {
  readonly id: Id;
  readonly text: string;
  readonly character: string;
  readonly position: number;
}
type NewLine = Pick<KnownLine, 'text' | 'character'>;

/** Texts less alike than this are not taken for an edit of one another before their place is looked at. */
const alike = 0.5;
/** Comparisons made within one gap, a few ms at most; beyond it place alone decides. */
const comparedAtMost = 2500;

const exactKey = ({ character, text }: NewLine): string => `${character}\0${text}`;
const textKey = ({ text }: NewLine): string => text;

/**
 * The id of each new line, in order. First come lines with the same text and character, then the same text by another
 * character, then those between the same neighbours by likeness, then by place; the rest get ids from `nextId`.
 */
export const assignLineIds = <Id extends string>(
  previous: readonly KnownLine<Id>[],
  lines: readonly NewLine[],
  nextId: () => Id,
): Id[] => {
  const old = previous.toSorted((a, b) => a.position - b.position);
  const takenBy = new Map<number, number>();
  const matched: (number | null)[] = lines.map(() => null);
  const pair = (index: number, oldIndex: number) => {
    matched[index] = oldIndex;
    takenBy.set(oldIndex, index);
  };

  // Both ends first: of several equal lines, the ones at an untouched end keep their ids when one in the middle goes.
  let front = 0;
  const isSame = (index: number, oldIndex: number) => {
    const line = lines[index];
    const known = old[oldIndex];
    return line !== undefined && known !== undefined && exactKey(line) === exactKey(known);
  };
  while (isSame(front, front)) {
    pair(front, front);
    front += 1;
  }
  for (
    let back = 1;
    lines.length - back >= front && old.length - back >= front && isSame(lines.length - back, old.length - back);
    back += 1
  ) {
    pair(lines.length - back, old.length - back);
  }

  for (const key of [exactKey, textKey]) {
    const waiting = Map.groupBy(
      [...old.keys()].filter((oldIndex) => !takenBy.has(oldIndex)),
      (oldIndex) => key(old[oldIndex] as NewLine),
    );
    for (const indexes of waiting.values()) indexes.reverse();
    for (const [index, line] of lines.entries()) {
      const oldIndex = matched[index] === null ? waiting.get(key(line))?.pop() : undefined;
      if (oldIndex !== undefined) pair(index, oldIndex);
    }
  }

  for (const gap of gaps(matched, takenBy, old.length)) {
    const free = new Set(gap.old);
    const waiting = new Set(gap.lines);
    const settle = (index: number, oldIndex: number) => {
      pair(index, oldIndex);
      free.delete(oldIndex);
      waiting.delete(index);
    };
    if (gap.old.length * gap.lines.length <= comparedAtMost) {
      const scored = gap.lines.flatMap((index) =>
        gap.old.map((oldIndex) => ({
          index,
          oldIndex,
          score: similarity(lines[index]?.text ?? '', old[oldIndex]?.text ?? ''),
        })),
      );
      for (const { index, oldIndex, score } of scored.toSorted((a, b) => b.score - a.score)) {
        if (score >= alike && waiting.has(index) && free.has(oldIndex)) settle(index, oldIndex);
      }
    }
    const inPlace = Map.groupBy([...free].reverse(), (oldIndex) => old[oldIndex]?.character);
    for (const index of [...waiting]) {
      const oldIndex = inPlace.get(lines[index]?.character)?.pop();
      if (oldIndex !== undefined) settle(index, oldIndex);
    }
  }
  return matched.map((oldIndex) => (oldIndex === null ? undefined : old[oldIndex]?.id) ?? nextId());
};

/** Unmatched lines and unmatched known lines that stand behind the same matched pair. */
const gaps = (matched: readonly (number | null)[], takenBy: ReadonlyMap<number, number>, oldCount: number) => {
  const found = new Map<number, { readonly lines: number[]; readonly old: number[] }>();
  const gapBehind = (anchor: number) => {
    const gap = found.get(anchor) ?? { lines: [], old: [] };
    found.set(anchor, gap);
    return gap;
  };
  let anchor = -1;
  for (const [index, oldIndex] of matched.entries()) {
    if (oldIndex === null) gapBehind(anchor).lines.push(index);
    else anchor = oldIndex;
  }
  anchor = -1;
  for (let oldIndex = 0; oldIndex < oldCount; oldIndex += 1) {
    if (takenBy.has(oldIndex)) anchor = oldIndex;
    else gapBehind(anchor).old.push(oldIndex);
  }
  return [...found.values()].filter((gap) => gap.lines.length > 0 && gap.old.length > 0);
};
