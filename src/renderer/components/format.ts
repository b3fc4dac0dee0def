/** How numbers and times read on every screen, in the manner of the language that is spoken. */
import { currentLocale, wordsOf } from '../words/words.ts';

/** Making a format takes a thousand times as long as using it: one is kept for each language that was spoken. */
const perLocale = <Format>(make: (locale: string) => Format): (() => Format) => {
  const made = new Map<string, Format>();
  return () => {
    const locale = currentLocale();
    let format = made.get(locale);
    if (format === undefined) made.set(locale, (format = make(locale)));
    return format;
  };
};
const numbers = (options: Intl.NumberFormatOptions) => perLocale((locale) => new Intl.NumberFormat(locale, options));
const times = (options: Intl.DateTimeFormatOptions) => perLocale((locale) => new Intl.DateTimeFormat(locale, options));

const whole = numbers({ maximumFractionDigits: 0 });
const oneDigit = numbers({ minimumFractionDigits: 1, maximumFractionDigits: 1 });
const credits = numbers({ maximumFractionDigits: 1 });
const percent = numbers({ style: 'percent', maximumFractionDigits: 1 });

export const formatCount = (count: number): string => whole().format(count);
export const formatCredits = (amount: number): string => credits().format(amount);
/** Of a share: 0.021 is `2.1%`. */
export const formatPercent = (share: number): string => percent().format(share);
/** With a real minus sign, as wide as a digit. */
export const formatDecimal = (value: number): string => oneDigit().format(value).replace('-', '\u2212');
export const formatSeconds = (seconds: number): string => `${oneDigit().format(seconds)} s`;

/** `1:05.3`, for the transport. */
export const formatClock = (seconds: number): string => {
  const tenths = Math.round(Math.max(0, seconds) * 10);
  const minutes = Math.floor(tenths / 600);
  return `${minutes}:${((tenths % 600) / 10).toFixed(1).padStart(4, '0')}`;
};

/** `4 min`, for what is left. */
export const formatLeft = (seconds: number): string => {
  if (seconds < 1.5) return wordsOf('settings')('aboutASecond');
  if (seconds < 90) return `${whole().format(seconds)} s`;
  if (seconds < 5400) return `${whole().format(seconds / 60)} min`;
  return `${oneDigit().format(seconds / 3600)} h`;
};

export const formatBytes = (bytes: number): string => {
  if (bytes < 1000) return `${whole().format(bytes)} B`;
  if (bytes < 1e6) return `${whole().format(bytes / 1e3)} kB`;
  if (bytes < 1e9) return `${oneDigit().format(bytes / 1e6)} MB`;
  return `${oneDigit().format(bytes / 1e9)} GB`;
};

const clock = times({ hour: '2-digit', minute: '2-digit' });
const day = times({ day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
const dayAndYear = times({ day: 'numeric', month: 'short', year: 'numeric' });

/** The hour today, else the day too. */
export const formatMoment = (at: number, now: number = Date.now()): string =>
  new Date(at).toDateString() === new Date(now).toDateString() ? clock().format(at) : day().format(at);
/** `28 Mar 2026`. */
export const formatDay = (at: number): string => dayAndYear().format(at);

export const onMac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform);
export const modKey = onMac ? '⌘' : 'Ctrl';
