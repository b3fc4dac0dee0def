import { describe, expect, it } from 'vitest';
import { dayMs, dayOf, startOfDay } from '#engine/database/utc-day.ts';
import { replaceVendorDays, listVendorUsage } from '#engine/database/usage-vendor.ts';
import type { VendorUsageRow } from '#engine/providers/provider.ts';
import { daysToFetch } from '#engine/usage/sync.ts';
import { rowsFor, toStoredRows, vendorDays } from '#engine/usage/vendor-rows.ts';
import { openUsageRows } from './usage-rows.ts';

const day = dayOf(Date.UTC(2025, 4, 22));
const range = { from: day, to: day + 10 };
const row = (given: Partial<VendorUsageRow>): VendorUsageRow => ({
  day: '2025-05-22',
  voiceId: null,
  voiceName: null,
  style: null,
  language: null,
  model: null,
  product: null,
  credits: null,
  characters: null,
  minutes: null,
  ...given,
});
const stored = (rows: readonly VendorUsageRow[]) =>
  toStoredRows(rows, range).map((each) => ({ ...each, workspaceSeq: 1 }));

describe("a vendor's usage rows", () => {
  it('keep the eight decimals of the vendor through the database', () => {
    const rows = openUsageRows();
    try {
      const seed = row({
        voiceId: 'e5f6fb1a53d0add87afb4f',
        voiceName: 'Agatha',
        style: 'neutral',
        language: 'en',
        model: 'sona_speech_1',
        minutes: 12.43251349,
      });
      replaceVendorDays(rows.database, 1, range, toStoredRows([seed], range), 5);
      expect(listVendorUsage(rows.database, 1, day, day)).toEqual([
        expect.objectContaining({
          voice: 'e5f6fb1a53d0add87afb4f',
          voiceName: 'Agatha',
          style: 'neutral',
          minutes: 12.43251349,
        }),
      ]);
      expect(vendorDays(listVendorUsage(rows.database, 1, day, day), 'seconds')).toEqual([
        { day, credits: 745.9508094 },
      ]);
    } finally {
      rows.remove();
    }
  });

  it('of one list add up, also where one names less than another', () => {
    const rows = stored([
      row({ voiceId: 'a', style: 'calm', model: 'm', credits: 10 }),
      row({ voiceId: 'b', model: 'm', credits: 5 }),
      row({ model: 'm', product: null, credits: 2 }),
    ]);
    expect(vendorDays(rows, 'credits')).toEqual([{ day, credits: 17 }]);
  });

  it('of two lists that tell the same are not added up', () => {
    const rows = stored([
      row({ voiceId: 'a', credits: 10 }),
      row({ voiceId: 'b', credits: 5 }),
      row({ model: 'fast', credits: 15 }),
      row({ product: 'TTS', credits: 15 }),
      row({ credits: 15 }),
    ]);
    expect(vendorDays(rows, 'credits')).toEqual([{ day, credits: 15 }]);
    expect(rowsFor(rows, ['model']).map(({ model, credits }) => [model, credits])).toEqual([['fast', 15]]);
    expect(rowsFor(rows, ['voice']).map(({ voice }) => voice)).toEqual(['a', 'b']);
    expect(rowsFor(rows, ['product']).map(({ product }) => product)).toEqual(['TTS']);
  });

  it('that name a voice without its id are kept apart by that name', () => {
    expect(
      stored([row({ voiceName: 'Roger', credits: 1 }), row({ voiceName: 'Sarah', credits: 2 })]).map(
        ({ voice }) => voice,
      ),
    ).toEqual(['Roger', 'Sarah']);
  });

  it('of the same kind are one, and days that were not asked for are dropped', () => {
    const rows = stored([
      row({ voiceId: 'a', minutes: 0.1 }),
      row({ voiceId: 'a', minutes: 0.2 }),
      row({ day: '2025-05-21', voiceId: 'a', minutes: 9 }),
      row({ day: 'yesterday', voiceId: 'a', minutes: 9 }),
    ]);
    expect(rows.map(({ minutes }) => minutes)).toEqual([0.3]);
  });
});

describe('the days to fetch', () => {
  const readAt = (entries: readonly (readonly [day: number, at: number])[]) => new Map(entries);
  it('are the gaps, in as few ranges as there are', () => {
    const settled = startOfDay(day + 60);
    expect(daysToFetch(readAt([]), day, day + 4)).toEqual([{ from: day, to: day + 4 }]);
    expect(
      daysToFetch(
        readAt([
          [day + 1, settled],
          [day + 2, settled],
        ]),
        day,
        day + 4,
      ),
    ).toEqual([
      { from: day, to: day },
      { from: day + 3, to: day + 4 },
    ]);
    expect(daysToFetch(readAt([]), day, day + 99).map(({ from, to }) => to - from + 1)).toEqual([90, 10]);
  });

  it('are also those that were read while the vendor could still change them', () => {
    const noon = startOfDay(day + 4) + dayMs / 2;
    const all = readAt([0, 1, 2, 3, 4].map((index) => [day + index, noon] as const));
    expect(daysToFetch(all, day, day + 4)).toEqual([{ from: day + 2, to: day + 4 }]);
    const daysLater = readAt([0, 1, 2, 3, 4].map((index) => [day + index, startOfDay(day + 7)] as const));
    expect(daysToFetch(daysLater, day, day + 4)).toEqual([]);
  });
});
