/** Days and months in UTC as plain numbers: a day counts from 1970-01-01, a month is `year * 12 + month` with January as 0. */

export const dayMs = 86_400_000;
export const dayOf = (at: number): number => Math.floor(at / dayMs);
export const startOfDay = (day: number): number => day * dayMs;
export const dayText = (day: number): string => new Date(startOfDay(day)).toISOString().slice(0, 10);
/** Of `YYYY-MM-DD`; null when there is no such day. */
export const dayFromText = (text: string): number | null => {
  const at = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(at) || dayText(dayOf(at)) !== text ? null : dayOf(at);
};

export const monthOfDay = (day: number): number => {
  const date = new Date(startOfDay(day));
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
};
export const monthOf = (at: number): number => monthOfDay(dayOf(at));
export const firstDayOf = (month: number): number => dayOf(Date.UTC(Math.floor(month / 12), month % 12, 1));
export const monthText = (month: number): string => dayText(firstDayOf(month)).slice(0, 7);

/** The same time of day so many calendar months earlier; the last day of that month where it has no such day. */
export const monthsBefore = (at: number, months: number): number => {
  const date = new Date(at);
  const month = date.getUTCFullYear() * 12 + date.getUTCMonth() - months;
  const lastDay = firstDayOf(month + 1) - firstDayOf(month);
  const timeOfDay = at - startOfDay(dayOf(at));
  return startOfDay(firstDayOf(month) + Math.min(date.getUTCDate(), lastDay) - 1) + timeOfDay;
};
