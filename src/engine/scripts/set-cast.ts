import { isMap, isScalar, type Pair, parseDocument, type YAMLMap } from 'yaml';
import { AppError } from '#contract/errors.ts';
import { isVoiceReference } from './front-matter.ts';
import { parseScript } from './parse-script.ts';
import { byteOrderMark, cutRows, findFrontMatter } from './rows.ts';
import { rangeOf, textOf } from './yaml-values.ts';

/** Plain where YAML reads it back as the same text in any place, quoted elsewhere. */
const yamlScalar = (text: string): string => {
  const isPlain =
    /^[\p{L}_](?:[\p{L}\p{M}\p{N} _./@+-]*[\p{L}\p{M}\p{N}_])?$/u.test(text) && parseDocument(text).toJS() === text;
  return isPlain ? text : JSON.stringify(text);
};

const replaced = (text: string, from: number, to: number, piece: string): string =>
  text.slice(0, from) + piece + text.slice(to);

const rowStart = (text: string, offset: number): number => /[^\r\n]*$/u.exec(text.slice(0, offset))?.index ?? 0;

/** Where the last thing inside a mapping ends; block mappings themselves reach over the rows below them. */
const lastOffset = (node: unknown): number => {
  if (!isMap(node) || node.flow === true) return rangeOf(node).to;
  const last = node.items.at(-1);
  return last === undefined ? rangeOf(node).to : Math.max(rangeOf(last.key).to, lastOffset(last.value));
};

/** Adds an entry at the end of a mapping in the mapping's own style. */
const withEntry = (yaml: string, map: YAMLMap, entry: string, lineEnd: string): string => {
  const last = map.items.at(-1);
  if (map.flow === true) {
    const at = last === undefined ? rangeOf(map).from + 1 : Math.max(rangeOf(last.key).to, rangeOf(last.value).to);
    return replaced(yaml, at, at, last === undefined ? entry : `, ${entry}`);
  }
  const { from } = rangeOf(map.items[0]?.key);
  const indent = from - rowStart(yaml, from);
  const rest = /[\r\n]/u.exec(yaml.slice(lastOffset(map) - 1));
  const at = rest === null ? yaml.length : lastOffset(map) - 1 + rest.index;
  return replaced(yaml, at, at, `${lineEnd}${' '.repeat(indent)}${entry}`);
};

const withValue = (yaml: string, pair: Pair, value: string): string => {
  const { from, to } = rangeOf(pair.value);
  const isEmpty = pair.value === null || (isScalar(pair.value) && pair.value.value === null && from === to);
  if (!isEmpty) return replaced(yaml, from, to, value);
  const keyEnd = rangeOf(pair.key).to;
  const colon = /^\s*:/u.exec(yaml.slice(keyEnd));
  const at = keyEnd + (colon?.[0].length ?? 0);
  return replaced(yaml, at, at, colon === null ? `: ${value}` : ` ${value}`);
};

const pairOf = (map: unknown, key: string): Pair | undefined =>
  isMap(map) ? map.items.find((pair) => textOf(pair.key)?.trim() === key) : undefined;

const setOne = (yaml: string, character: string, reference: string, lineEnd: string): string => {
  const root = parseDocument(yaml).contents;
  const value = yamlScalar(reference);
  const entry = `${yamlScalar(character)}: ${value}`;
  const cast = pairOf(root, 'cast');
  if (cast === undefined) {
    const block = `cast:${lineEnd}  ${entry}`;
    if (isMap(root) && root.items.length > 0)
      return withEntry(yaml, root, root.flow === true ? `cast: {${entry}}` : block, lineEnd);
    return `${yaml}${block}${lineEnd}`;
  }
  if (!isMap(cast.value)) {
    if (textOf(cast.value) !== null) return yaml;
    if (isMap(root) && root.flow === true) return withValue(yaml, cast, `{${entry}}`);
    const { from, to } = rangeOf(cast.key);
    const indent = ' '.repeat(from - rowStart(yaml, from) + 2);
    const rest = /[\r\n]/u.exec(yaml.slice(to));
    const at = rest === null ? yaml.length : to + rest.index;
    return replaced(yaml, at, at, `${lineEnd}${indent}${entry}`);
  }
  const written = pairOf(cast.value, character);
  if (written === undefined) return withEntry(yaml, cast.value, entry, lineEnd);
  if (!isMap(written.value)) return withValue(yaml, written, value);
  const voice = pairOf(written.value, 'voice');
  return voice === undefined
    ? withEntry(yaml, written.value, `voice: ${value}`, lineEnd)
    : withValue(yaml, voice, value);
};

const refuse = (reason: string): never => {
  throw new AppError(
    'script_has_errors',
    `The cast was not changed: ${reason}. Put that right in the script's text, then choose the voice again.`,
  );
};

/**
 * Gives characters their voices (`workspace/voice`) in the front matter and leaves every other byte; a script without front
 * matter gets one. Throws `script_has_errors` when the front matter cannot be read, `invalid_input` for a text that is no voice.
 */
export const setCast = (source: string, cast: Readonly<Record<string, string>>): string => {
  const wanted = Object.entries(cast);
  for (const [character, reference] of wanted) {
    if (isVoiceReference(reference)) continue;
    throw new AppError(
      'invalid_input',
      `"${reference}" is no voice for ${character}; write workspace/voice. Nothing was changed.`,
    );
  }
  if (wanted.length === 0) return source;
  const bodyFrom = source.startsWith(byteOrderMark) ? 1 : 0;
  const rows = cutRows(source, bodyFrom);
  const found = findFrontMatter(rows);
  const lineEnd = rows.find((row) => row.lineEnd !== '')?.lineEnd ?? '\n';
  const from = found.kind === 'closed' ? (rows[1]?.start ?? 0) : bodyFrom;
  const to = found.kind === 'closed' ? (rows[found.end]?.start ?? 0) : bodyFrom;
  let yaml = source.slice(from, to);
  if (found.kind === 'unclosed') refuse('the front matter is not closed');
  if (parseDocument(yaml).errors.length > 0) refuse('the front matter is not valid YAML');
  for (const [character, reference] of wanted) yaml = setOne(yaml, character, reference, lineEnd);
  const head = found.kind === 'closed' ? yaml : `---${lineEnd}${yaml}---${lineEnd}`;
  const result = source.slice(0, from) + head + source.slice(to);
  const after = parseScript(result).cast;
  const missed = wanted.find(
    ([character, reference]) => after.find((entry) => entry.character === character)?.voice !== reference.trim(),
  );
  if (missed !== undefined) refuse(`${missed[0]} cannot be given a voice where the cast now stands`);
  return result;
};
