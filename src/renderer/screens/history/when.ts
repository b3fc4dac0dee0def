/** Moments of a list that goes back years. */
import { currentLocale } from '../../words/words.ts';

interface Forms {
  readonly locale: string;
  readonly hour: Intl.DateTimeFormat;
  readonly day: Intl.DateTimeFormat;
  readonly year: Intl.DateTimeFormat;
  readonly full: Intl.DateTimeFormat;
}
let forms: Forms | undefined;
const formsNow = (): Forms => {
  const locale = currentLocale();
  if (forms?.locale !== locale) {
    const time = { hour: '2-digit', minute: '2-digit' } as const;
    forms = {
      locale,
      hour: new Intl.DateTimeFormat(locale, time),
      day: new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', ...time }),
      year: new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric' }),
      full: new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' }),
    };
  }
  return forms;
};

/** The hour today, the day this year, else the year too. */
export const formatWhen = (at: number, now: number = Date.now()): string => {
  const { hour, day, year } = formsNow();
  const [then, today] = [new Date(at), new Date(now)];
  if (then.getFullYear() !== today.getFullYear()) return year.format(at);
  return then.getMonth() === today.getMonth() && then.getDate() === today.getDate() ? hour.format(at) : day.format(at);
};
export const formatDay = (at: number): string => formsNow().year.format(at);
export const formatFull = (at: number): string => formsNow().full.format(at);
