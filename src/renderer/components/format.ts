/** How numbers and times read on every screen. */
const whole = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });
const oneDigit = new Intl.NumberFormat('en-GB', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const credits = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 });

export const formatCount = (count: number): string => whole.format(count);
export const formatCredits = (amount: number): string => credits.format(amount);
/** With a real minus sign, as wide as a digit. */
export const formatDecimal = (value: number): string => oneDigit.format(value).replace('-', '\u2212');
export const formatSeconds = (seconds: number): string => `${oneDigit.format(seconds)} s`;

export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${whole.format(count)} ${count === 1 ? one : many}`;

/** `1:05.3`, for the transport. */
export const formatClock = (seconds: number): string => {
  const tenths = Math.round(Math.max(0, seconds) * 10);
  const minutes = Math.floor(tenths / 600);
  return `${minutes}:${((tenths % 600) / 10).toFixed(1).padStart(4, '0')}`;
};

/** `about 4 min`, for what is left. */
export const formatLeft = (seconds: number): string => {
  if (seconds < 1.5) return 'about a second';
  if (seconds < 90) return `${whole.format(seconds)} s`;
  if (seconds < 5400) return `${whole.format(seconds / 60)} min`;
  return `${oneDigit.format(seconds / 3600)} h`;
};

export const formatBytes = (bytes: number): string => {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1e6) return `${whole.format(bytes / 1e3)} kB`;
  if (bytes < 1e9) return `${oneDigit.format(bytes / 1e6)} MB`;
  return `${oneDigit.format(bytes / 1e9)} GB`;
};

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });

/** The hour today, else the day too. */
export const formatMoment = (at: number, now: number = Date.now()): string =>
  new Date(at).toDateString() === new Date(now).toDateString() ? clock.format(at) : day.format(at);

export const onMac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform);
export const modKey = onMac ? '⌘' : 'Ctrl';
