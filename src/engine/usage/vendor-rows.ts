/** One shape over unlike vendors' usage: which rows add up, and which tell the same in another way. Pure. */
import type { Breakdown, VendorUsage, VendorUsageDay } from '../database/usage-vendor.ts';
import { dayFromText } from '../database/utc-day.ts';
import type { VendorUsageRow } from '../providers/provider.ts';

/** Some lists name voices without their ids. */
const voiceOf = ({ voiceId, voiceName }: VendorUsageRow): string | null => voiceId ?? voiceName;
const finest = (row: VendorUsageRow): Breakdown => {
  const { model, product } = row;
  return voiceOf(row) !== null ? 'voice' : model !== null ? 'model' : product !== null ? 'product' : 'total';
};

/**
 * Some vendors answer with one row for each voice and model, some with one list by voice and another by model that each
 * add up to the same total. A row without a voice belongs to the list by voice when that list names models too.
 */
export const breakdownOf = (rows: readonly VendorUsageRow[]): ((row: VendorUsageRow) => Breakdown) => {
  const names = (breakdown: Breakdown, column: 'model' | 'product'): boolean =>
    rows.some((row) => finest(row) === breakdown && row[column] !== null);
  const voicesNameModels = names('voice', 'model');
  const voicesNameProducts = names('voice', 'product');
  const modelsNameProducts = names('model', 'product');
  return (row) => {
    const own = finest(row);
    if (own === 'model') return voicesNameModels ? 'voice' : 'model';
    if (own === 'product') return voicesNameProducts ? 'voice' : modelsNameProducts ? 'model' : 'product';
    return own;
  };
};

/** Adds what may be unknown: unknown only when both are. Sums keep the vendor's eight decimals and no noise behind them. */
export const plus = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? (a ?? b) : Math.round((a + b) * 1e8) / 1e8;

/** A vendor's answer as it is kept: rows of the same kind are one, days outside the range are dropped. */
export const toStoredRows = (
  rows: readonly VendorUsageRow[],
  range: { readonly from: number; readonly to: number },
): (VendorUsage & { readonly day: number })[] => {
  const breakdown = breakdownOf(rows);
  const merged = new Map<string, VendorUsage & { readonly day: number }>();
  for (const row of rows) {
    const day = dayFromText(row.day);
    if (day === null || day < range.from || day > range.to) continue;
    const kind = {
      breakdown: breakdown(row),
      voice: voiceOf(row) ?? '',
      style: row.style ?? '',
      language: row.language ?? '',
      model: row.model ?? '',
      product: row.product ?? '',
    };
    const name = JSON.stringify([day, ...Object.values(kind)]);
    const there = merged.get(name);
    merged.set(name, {
      day,
      ...kind,
      voiceName: row.voiceName ?? there?.voiceName ?? null,
      credits: plus(there?.credits ?? null, row.credits),
      characters: plus(there?.characters ?? null, row.characters),
      minutes: plus(there?.minutes ?? null, row.minutes),
    });
  }
  return [...merged.values()];
};

export type VendorDimension = 'voice' | 'style' | 'language' | 'model' | 'product';

const size = (rows: readonly VendorUsage[]): number => {
  let sum = 0;
  for (const { credits, characters, minutes } of rows) sum += credits ?? characters ?? minutes ?? 0;
  return sum;
};
/** Of one workspace's day: the breakdown that tells these dimensions, else the one that tells most. */
export const rowsFor = (
  day: readonly VendorUsageDay[],
  dimensions: readonly VendorDimension[],
): readonly VendorUsageDay[] => {
  const kinds = new Map<Breakdown, VendorUsageDay[]>();
  for (const row of day) {
    const kind = kinds.get(row.breakdown);
    if (kind === undefined) kinds.set(row.breakdown, [row]);
    else kind.push(row);
  }
  if (kinds.size <= 1) return day;
  const tells = (rows: readonly VendorUsageDay[]): number =>
    dimensions.filter((dimension) => rows.some((row) => row[dimension] !== '')).length;
  return [...kinds.values()].reduce((best, rows) =>
    tells(rows) > tells(best) || (tells(rows) === tells(best) && size(rows) > size(best)) ? rows : best,
  );
};

/** In the vendor's billing unit: as it says, or seconds where those are what it bills. */
export const vendorCredits = (
  { credits, minutes }: Pick<VendorUsage, 'credits' | 'minutes'>,
  costUnit: string,
): number | null => credits ?? (costUnit === 'seconds' && minutes !== null ? plus(minutes * 60, 0) : null);

/** Rows by day. */
export const byDay = (rows: readonly VendorUsageDay[]): ReadonlyMap<number, VendorUsageDay[]> => {
  const days = new Map<number, VendorUsageDay[]>();
  for (const row of rows) {
    const day = days.get(row.day);
    if (day === undefined) days.set(row.day, [row]);
    else day.push(row);
  }
  return days;
};
/** Credits of each day as the vendor counts them; days it tells no credits of are missing. */
export const vendorDays = (
  rows: readonly VendorUsageDay[],
  costUnit: string,
): { readonly day: number; readonly credits: number }[] =>
  [...byDay(rows)].flatMap(([day, all]) => {
    const credits = rowsFor(all, []).reduce<number | null>((sum, row) => plus(sum, vendorCredits(row, costUnit)), null);
    return credits === null ? [] : [{ day, credits }];
  });
