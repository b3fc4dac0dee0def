/** Numbers, times and amounts as a person reads them. Always in English, so that output can be compared. */
const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const fine = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 });

export const count = (value: number): string => whole.format(value);
/** `1 line`, `2 lines`. */
export const counted = (value: number, one: string, many = `${one}s`): string =>
  `${count(value)} ${value === 1 ? one : many}`;
export const credits = (value: number): string => `${fine.format(value)} ${value === 1 ? 'credit' : 'credits'}`;
export const seconds = (value: number): string => `${value.toFixed(1)} s`;

/** `0:07`, `12:30`, `1:02:03`. */
export const clock = (totalSeconds: number): string => {
  const rest = Math.max(0, Math.round(totalSeconds));
  const hours = Math.floor(rest / 3600);
  const minutes = Math.floor((rest % 3600) / 60);
  const padded = String(rest % 60).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${padded}` : `${minutes}:${padded}`;
};

/** Local date and time down to the minute. */
export const moment = (at: number): string => {
  const date = new Date(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}`;
};

export const dayMs = 86_400_000;
/** `2026-03-31`, UTC: the day that vendors count by. */
export const utcDay = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** `50 s`, `3 min`, `5 h`, `12 days`: whole units, rounded down. */
export const span = (ms: number): string => {
  const total = Math.max(0, Math.floor(ms / 1000));
  if (total < 60) return `${total} s`;
  if (total < 3600) return `${Math.floor(total / 60)} min`;
  if (total < 2 * 86_400) return `${Math.floor(total / 3600)} h`;
  return `${count(Math.floor(total / 86_400))} days`;
};
export const ago = (at: number, now: number): string => (now - at < 5000 ? 'just now' : `${span(now - at)} ago`);

/** An amount without its unit. */
export const figure = (value: number): string => fine.format(value);

export const bytes = (value: number): string => {
  if (value < 1000) return `${value} B`;
  const units = ['kB', 'MB', 'GB', 'TB'];
  let amount = value / 1000;
  let unit = 0;
  while (amount >= 1000 && unit < units.length - 1) {
    amount /= 1000;
    unit += 1;
  }
  return `${amount.toFixed(1)} ${units[unit]}`;
};
