/** Readers of option values: what a person types becomes a value, or a sentence. */
import { InvalidArgumentError } from 'commander';
import { utcDay } from './output/words.ts';

export const wholeNumber =
  (least: number, most: number) =>
  (text: string): number => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < least || value > most) {
      throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
    }
    return value;
  };

export const amount = (text: string): number => {
  const value = Number(text);
  if (!/^\d+(\.\d+)?$/.test(text) || !Number.isFinite(value))
    throw new InvalidArgumentError('It must be a number of credits, 0 or more.');
  return value;
};

/** An amount, or `none` to take a limit away. */
export const amountOrNone = (text: string): number | 'none' => (text === 'none' ? text : amount(text));

/** `YYYY-MM-DD`, and a day that the calendar has. */
export const day = (text: string): string => {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(at) || utcDay(at) !== text) throw new InvalidArgumentError('Write a day as 2026-03-31.');
  return text;
};

/** Some of a closed list, with commas between; each once. */
export const someOf =
  <Choice extends string>(choices: readonly Choice[], most: number) =>
  (text: string, earlier: readonly Choice[] = []): Choice[] => {
    const typed = names(text, earlier);
    const chosen = choices.filter((choice) => typed.includes(choice));
    const strange = typed.find((name) => !(choices as readonly string[]).includes(name));
    if (strange !== undefined)
      throw new InvalidArgumentError(`${JSON.stringify(strange)} is none of ${choices.join(', ')}.`);
    if (chosen.length > most) throw new InvalidArgumentError(`At most ${most} at a time.`);
    return chosen.sort((left, right) => typed.indexOf(left) - typed.indexOf(right));
  };

/** `a,b` and repetition both add up. */
export const names = (text: string, earlier: readonly string[] = []): string[] => {
  const found = text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (found.length === 0) throw new InvalidArgumentError('It names nothing.');
  return [...earlier, ...found];
};

const pair = (text: string, shape: string): readonly [string, string] => {
  const at = text.indexOf('=');
  const name = text.slice(0, at).trim();
  const value = text.slice(at + 1).trim();
  if (at < 1 || name === '' || value === '') throw new InvalidArgumentError(`Write it as ${shape}.`);
  return [name, value];
};

/** `CHARACTER=workspace/voice`. */
export const voiceOf = (text: string, earlier: Readonly<Record<string, string>> = {}): Record<string, string> => {
  const [character, voice] = pair(text, 'CHARACTER=workspace/voice');
  if (!/^[^/]+\/.+$/.test(voice)) throw new InvalidArgumentError('Write it as CHARACTER=workspace/voice.');
  return { ...earlier, [character]: voice };
};

/** `key=value`; numbers, true and false become such, quotes keep a text a text. */
export const settingOf = (
  text: string,
  earlier: Readonly<Record<string, string | number | boolean>> = {},
): Record<string, string | number | boolean> => {
  const [name, value] = pair(text, 'key=value');
  return { ...earlier, [name]: settingValue(value) };
};

const settingValue = (text: string): string | number | boolean => {
  if (text === 'true' || text === 'false') return text === 'true';
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  return /^(["']).*\1$/.test(text) && text.length > 1 ? text.slice(1, -1) : text;
};
