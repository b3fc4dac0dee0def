/** Readers of option values: what a person types becomes a value, or a sentence. */
import { InvalidArgumentError } from 'commander';

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
