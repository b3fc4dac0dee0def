import { afterEach, describe, expect, it } from 'vitest';
import { countPieces, fewHits } from '#engine/database/history-search.ts';
import { tidyIndex } from '#engine/history/tidy.ts';
import { openEntries, type Entries } from './order-helpers.ts';

let entries: Entries;
afterEach(() => entries.remove());
const hits = (): number | undefined => fewHits(entries.database, '"words"', 1000)?.length;
const clock = { breathe: () => Promise.resolve() };

describe('the tidied index', () => {
  it('lies in one piece and finds what it found before', async () => {
    entries = openEntries();
    // Each batch at the foot of the one before is indexed in its own commit.
    for (let batch = 30; batch > 0; batch -= 1) entries.add([batch * 1000, batch * 1000 + 1]);
    expect(countPieces(entries.database)).toBeGreaterThan(3);
    expect(hits()).toBe(60);
    await tidyIndex({ database: entries.database, clock }, new AbortController().signal);
    expect(countPieces(entries.database)).toBe(1);
    expect(hits()).toBe(60);
  });

  it('is left as it is when it was called off', async () => {
    entries = openEntries();
    for (let batch = 30; batch > 0; batch -= 1) entries.add([batch * 1000]);
    const before = countPieces(entries.database);
    await tidyIndex({ database: entries.database, clock }, AbortSignal.abort());
    expect(countPieces(entries.database)).toBe(before);
    expect(hits()).toBe(30);
  });
});
