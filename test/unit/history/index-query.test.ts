/** Whatever is typed, the index is asked something that it understands. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fewHits } from '#engine/database/history-search.ts';
import { insertEntries } from '#engine/database/history-rows.ts';
import { ensureSpeaker } from '#engine/database/history-speakers.ts';
import { insertItem } from '#engine/database/vendor-items.ts';
import { createIndexQuery } from '#engine/history/index-query.ts';
import { parseQuery } from '#engine/history/query-words.ts';
import { openQueueDatabase, type QueueDatabase } from '#test/builders/queue-database.ts';

const words = ['lamp', 'lamps', 'lamplight', 'price', 'prices', 'ab', 'abc', 'été', '日本語', 'naïve', 'x'];
let queue: QueueDatabase;
beforeAll(() => {
  queue = openQueueDatabase();
  const { database } = queue;
  database.transaction(() => {
    const speakerSeq = ensureSpeaker(database, 1, { provider: 'chosen', voice: 'Ava', model: null, name: null }).seq;
    for (const [index, text] of words.entries()) {
      const itemSeq = insertItem(
        database,
        1,
        {
          vendorItemId: `i${index}`,
          at: index,
          requestId: null,
          voiceId: 'Ava',
          voiceName: null,
          model: null,
          text,
          credits: null,
          source: null,
          state: 'created',
          format: null,
          settings: {},
          timings: null,
        },
        null,
      );
      // One batch each at the foot of the last, so that all are indexed at once.
      insertEntries(database, [
        {
          at: 1000 - index,
          entry: { workspaceSeq: 1, speakerSeq, status: 'remote', own: null, takeSeq: null, itemSeq },
        },
      ]);
    }
  });
});
afterAll(() => queue.remove());
const hits = (text: string): number => {
  const { match } = createIndexQuery(queue.database, parseQuery(text));
  return match === null ? words.length : (fewHits(queue.database, match, 100)?.length ?? -1);
};

describe('the index', () => {
  it.each([
    ['lamp', 3],
    ['lampl', 1],
    ['lamps', 1],
    ['pri', 2],
    ['price', 2],
    ['ab', 2],
    ['a', 0],
    ['x', 1],
    ['ete', 1],
    ['ÉTÉ', 1],
    ['naive', 1],
    ['日', 1],
    ['日本', 1],
    ['ava', 11],
    ['lamp price', 0],
    ['unknown', 0],
  ])('%s: %i', (text, count) => {
    expect(hits(text)).toBe(count);
  });

  it('takes any text without an error', () => {
    const anything = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.string({ unit: 'grapheme', maxLength: 60 }),
      fc
        .array(
          fc.constantFrom(
            '"',
            '*',
            '(',
            ')',
            'AND',
            'OR',
            'NOT',
            'NEAR',
            '^',
            ':',
            '-',
            '+',
            '{',
            '}',
            'lamp',
            '日本',
            ' ',
            '\u0000',
            '\ud800',
            '𞤀',
            'ⲁ',
            'ꭰ',
            'Ა',
          ),
          {
            maxLength: 30,
          },
        )
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(anything, (text) => {
        expect(hits(text)).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 60 },
    );
  });

  it('takes a thousand letters, each a word', () => {
    expect(hits('a b c d e f g h i j '.repeat(50))).toBe(0);
    expect(hits(`"${'lamp '.repeat(200)}"`)).toBe(1);
  });
});
