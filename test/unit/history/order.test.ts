/** Numbers of entries: ids in the order of time, places in the index side by side, whatever order they come in. */
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { atOfId, firstIdAt, freeId, listRuns, seqInRunOf, takePlaces } from './order-helpers.ts';
import { openEntries, type Entries } from './order-helpers.ts';

let entries: Entries;
afterEach(() => entries.remove());

describe('ids', () => {
  it('tell the time and keep apart what came in one millisecond', () => {
    entries = openEntries();
    entries.add([5000, 5000, 5000]);
    const ids = entries.ids();
    expect(ids).toEqual([firstIdAt(5000), firstIdAt(5000) + 1, firstIdAt(5000) + 2]);
    expect(ids.map(atOfId)).toEqual([5000, 5000, 5000]);
    expect(freeId(entries.database, 5000)).toBe(firstIdAt(5000) + 3);
    expect(Number.isSafeInteger(firstIdAt(Date.UTC(2200, 0, 1)))).toBe(true);
  });

  it('go over into the next millisecond when one is full', () => {
    entries = openEntries();
    for (let turn = 0; turn < 13; turn += 1) entries.add(Array.from({ length: 100 }, () => 7000));
    expect(new Set(entries.ids()).size).toBe(1300);
    expect(atOfId(entries.ids().at(-1) ?? 0)).toBe(7001);
  });
});

describe('places in the index', () => {
  it('follow each other while entries come in the order of time', () => {
    entries = openEntries();
    for (let at = 1; at <= 200; at += 1) entries.add([at * 1000]);
    expect(listRuns(entries.database)).toHaveLength(1);
    expect(entries.waiting()).toBeLessThan(64);
  });

  it('stay in one run when pages are read into the past', () => {
    entries = openEntries();
    for (let page = 9; page >= 0; page -= 1)
      entries.add(Array.from({ length: 50 }, (_, index) => page * 50_000 + index * 1000));
    expect(listRuns(entries.database)).toHaveLength(1);
  });

  it('grow with the id within each run, whatever comes in whatever order', () => {
    entries = openEntries();
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.integer({ min: 0, max: 5000 }), { minLength: 1, maxLength: 8 }), { maxLength: 25 }),
        (batches) => {
          entries.clear();
          for (const batch of batches) entries.add(batch.toSorted((a, b) => a - b));
          const rows = entries.rows();
          expect(rows).toHaveLength(batches.flat().length);
          for (const run of listRuns(entries.database)) {
            const own = rows.filter(({ seq }) => seq >= run.lowSeq && seq <= run.highSeq);
            expect(own.map(({ id }) => id)).toEqual(own.map(({ id }) => id).toSorted((a, b) => a - b));
            expect([own[0]?.id, own.at(-1)?.id]).toEqual([run.lowId, run.highId]);
            const middle = own[Math.floor(own.length / 2)];
            if (middle !== undefined) expect(seqInRunOf(entries.database, run, middle.id)).toBe(middle.seq);
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('are taken in a run of their own where they fit nowhere', () => {
    entries = openEntries();
    entries.add([1000, 9000]);
    const { firstSeq, waiting } = takePlaces(entries.database, firstIdAt(5000), firstIdAt(5000), 1);
    expect(waiting).toBeNull();
    expect(firstSeq).toBeGreaterThan(2 ** 32);
    expect(listRuns(entries.database)).toHaveLength(2);
  });
});
