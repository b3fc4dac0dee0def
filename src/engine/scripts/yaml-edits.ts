/** Edits of YAML text that change one entry of a mapping and no other byte: comments, spacing and style stay. */
import { isMap, isScalar, type Pair, parseDocument, type YAMLMap } from 'yaml';
import type { SettingValue } from '#contract/entities.ts';
import { rangeOf, textOf } from './yaml-values.ts';

/** Plain where YAML reads it back as the same text in any place, quoted elsewhere. */
export const yamlText = (text: string): string => {
  const isPlain =
    /^[\p{L}_](?:[\p{L}\p{M}\p{N} _./@+-]*[\p{L}\p{M}\p{N}_])?$/u.test(text) && parseDocument(text).toJS() === text;
  return isPlain ? text : JSON.stringify(text);
};
export const yamlScalar = (value: SettingValue): string =>
  typeof value === 'string' ? yamlText(value) : String(value);

export const replaced = (text: string, from: number, to: number, piece: string): string =>
  text.slice(0, from) + piece + text.slice(to);

const rowStart = (text: string, offset: number): number => /[^\r\n]*$/u.exec(text.slice(0, offset))?.index ?? 0;
/** Where the row ends, its line end not counted. */
const rowEnd = (text: string, offset: number): number => {
  const rest = /[\r\n]/u.exec(text.slice(offset));
  return rest === null ? text.length : offset + rest.index;
};
const endOf = (pair: Pair | undefined): number => Math.max(rangeOf(pair?.key).to, lastOffset(pair?.value));

/** Where the last thing inside a mapping ends; block mappings themselves reach over the rows below them. */
const lastOffset = (node: unknown): number => {
  if (!isMap(node) || node.flow === true) return rangeOf(node).to;
  const last = node.items.at(-1);
  return last === undefined ? rangeOf(node).to : endOf(last);
};

export const pairOf = (map: unknown, key: string): Pair | undefined =>
  isMap(map) ? map.items.find((pair) => textOf(pair.key)?.trim() === key) : undefined;

/** Adds an entry at the end of a mapping in the mapping's own style. */
export const withEntry = (yaml: string, map: YAMLMap, entry: string, lineEnd: string): string => {
  const last = map.items.at(-1);
  if (map.flow === true) {
    const at = last === undefined ? rangeOf(map).from + 1 : endOf(last);
    return replaced(yaml, at, at, last === undefined ? entry : `, ${entry}`);
  }
  const { from } = rangeOf(map.items[0]?.key);
  const indent = from - rowStart(yaml, from);
  const at = rowEnd(yaml, lastOffset(map) - 1);
  return replaced(yaml, at, at, `${lineEnd}${' '.repeat(indent)}${entry}`);
};

export const withValue = (yaml: string, pair: Pair, value: string): string => {
  const { from, to } = rangeOf(pair.value);
  const isEmpty = pair.value === null || (isScalar(pair.value) && pair.value.value === null && from === to);
  if (!isEmpty) return replaced(yaml, from, isMap(pair.value) ? lastOffset(pair.value) : to, value);
  const keyEnd = rangeOf(pair.key).to;
  const colon = /^\s*:/u.exec(yaml.slice(keyEnd));
  const at = keyEnd + (colon?.[0].length ?? 0);
  return replaced(yaml, at, at, colon === null ? `: ${value}` : ` ${value}`);
};

/** Takes an entry away: from braces with its comma, from a block with its rows and the comment behind it. */
export const withoutEntry = (yaml: string, map: YAMLMap, pair: Pair): string => {
  const index = map.items.indexOf(pair);
  const from = rangeOf(pair.key).from;
  if (map.flow === true) {
    const next = map.items[index + 1];
    if (next !== undefined) return replaced(yaml, from, rangeOf(next.key).from, '');
    const before = map.items[index - 1];
    return replaced(yaml, before === undefined ? from : endOf(before), endOf(pair), '');
  }
  const end = rowEnd(yaml, endOf(pair));
  const lineEnd = /^(?:\r\n|\r|\n)/u.exec(yaml.slice(end))?.[0].length ?? 0;
  return replaced(yaml, rowStart(yaml, from), end + lineEnd, '');
};
