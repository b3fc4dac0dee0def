/** Writes who speaks with which voice, model and settings into a script's front matter and leaves every other byte. */
import { isAlias, isMap, parseDocument, type YAMLMap } from 'yaml';
import type { CastEntry, VoiceSettings } from '#contract/entities.ts';
import { AppError } from '#contract/errors.ts';
import { canonicalJson } from './canonical-json.ts';
import { isVoiceReference } from './front-matter.ts';
import { parseScript } from './parse-script.ts';
import { byteOrderMark, cutRows, findFrontMatter } from './rows.ts';
import { pairOf, replaced, withEntry, withoutEntry, withValue, yamlScalar, yamlText } from './yaml-edits.ts';
import { rangeOf, textOf } from './yaml-values.ts';

/** What is undefined stays. A voice of null takes the whole entry away; empty settings take them away. */
export interface CastChange {
  readonly voice?: string | null | undefined;
  readonly model?: string | null | undefined;
  readonly settings?: VoiceSettings | undefined;
}
type Entry = Omit<CastEntry, 'character'>;
interface Wish {
  readonly character: string;
  readonly change: CastChange;
  /** What the whole entry becomes; null: it goes. */
  readonly wanted: Entry | null;
}

const inBraces = (settings: VoiceSettings): string =>
  `{${Object.entries(settings)
    .map(([name, value]) => `${yamlText(name)}: ${yamlScalar(value)}`)
    .join(', ')}}`;

/** One row: the voice alone where there is nothing else to say. */
const entryText = ({ voice, model, settings }: Entry): string => {
  const parts = [
    `voice: ${yamlText(voice)}`,
    ...(model === null ? [] : [`model: ${yamlText(model)}`]),
    ...(Object.keys(settings).length === 0 ? [] : [`settings: ${inBraces(settings)}`]),
  ];
  return parts.length === 1 ? yamlText(voice) : `{${parts.join(', ')}}`;
};

/** A front matter's text with the way to one character's entry; looked up anew after each edit, for offsets move. */
const openEntry = (yaml: string, character: string) => {
  const cast = pairOf(parseDocument(yaml).contents, 'cast');
  return { cast, pair: pairOf(cast?.value, character) };
};

const setKey = (yaml: string, map: YAMLMap, key: string, value: string | null, lineEnd: string): string => {
  const pair = pairOf(map, key);
  if (value === null) return pair === undefined ? yaml : withoutEntry(yaml, map, pair);
  return pair === undefined ? withEntry(yaml, map, `${key}: ${value}`, lineEnd) : withValue(yaml, pair, value);
};

/** Setting by setting, so that comments beside the others stay. */
const setSettings = (yaml: string, character: string, wanted: VoiceSettings, lineEnd: string): string => {
  const mapOf = (text: string): YAMLMap | null => {
    const entry = openEntry(text, character).pair?.value;
    const settings = pairOf(entry, 'settings')?.value;
    return isMap(settings) ? settings : null;
  };
  const entry = openEntry(yaml, character).pair?.value;
  if (!isMap(entry)) return yaml;
  const known = mapOf(yaml);
  const names = Object.keys(wanted);
  if (names.length === 0) return setKey(yaml, entry, 'settings', null, lineEnd);
  const keeps = known?.items.some(({ key }) => names.includes(textOf(key) ?? '')) ?? false;
  if (!keeps) return setKey(yaml, entry, 'settings', inBraces(wanted), lineEnd);
  let text = yaml;
  for (const { key } of known?.items ?? []) {
    const name = textOf(key) ?? '';
    const map = mapOf(text);
    const pair = pairOf(map, name);
    if (!names.includes(name) && map !== null && pair !== undefined) text = withoutEntry(text, map, pair);
  }
  for (const [name, value] of Object.entries(wanted)) {
    const map = mapOf(text);
    const pair = pairOf(map, name);
    if (map === null) continue;
    if (pair === undefined) text = withEntry(text, map, `${yamlText(name)}: ${yamlScalar(value)}`, lineEnd);
    // What is written otherwise and means the same, such as 1.10, is left alone.
    else if (pair.value === null || yamlValue(pair.value) !== value) text = withValue(text, pair, yamlScalar(value));
  }
  return text;
};
const yamlValue = (node: unknown): unknown => (node as { readonly value?: unknown }).value;

const addEntry = (yaml: string, entry: string, lineEnd: string): string => {
  const root = parseDocument(yaml).contents;
  const cast = pairOf(root, 'cast');
  if (cast === undefined) {
    const block = `cast:${lineEnd}  ${entry}`;
    if (isMap(root) && root.items.length > 0)
      return withEntry(yaml, root, root.flow === true ? `cast: {${entry}}` : block, lineEnd);
    return `${yaml}${block}${lineEnd}`;
  }
  if (isMap(cast.value)) return withEntry(yaml, cast.value, entry, lineEnd);
  if (textOf(cast.value) !== null) return yaml;
  if (isMap(root) && root.flow === true) return withValue(yaml, cast, `{${entry}}`);
  const { from, to } = rangeOf(cast.key);
  const indent = ' '.repeat((/[^\r\n]*$/u.exec(yaml.slice(0, from))?.[0].length ?? 0) + 2);
  const rest = /[\r\n]/u.exec(yaml.slice(to));
  const at = rest === null ? yaml.length : to + rest.index;
  return replaced(yaml, at, at, `${lineEnd}${indent}${entry}`);
};

const setOne = (yaml: string, { character, change, wanted }: Wish, lineEnd: string): string => {
  const { cast, pair } = openEntry(yaml, character);
  if (wanted === null) return pair === undefined || !isMap(cast?.value) ? yaml : withoutEntry(yaml, cast.value, pair);
  if (pair === undefined) return addEntry(yaml, `${yamlText(character)}: ${entryText(wanted)}`, lineEnd);
  if (!isMap(pair.value)) {
    const isAsWritten =
      !isAlias(pair.value) &&
      textOf(pair.value)?.trim() === wanted.voice &&
      entryText(wanted) === yamlText(wanted.voice);
    return isAsWritten ? yaml : withValue(yaml, pair, entryText(wanted));
  }
  let text = yaml;
  const entry = (): YAMLMap | null => {
    const value = openEntry(text, character).pair?.value;
    return isMap(value) ? value : null;
  };
  for (const key of ['voice', 'model'] as const) {
    const value = change[key] === undefined ? undefined : wanted[key];
    const map = entry();
    if (map === null || value === undefined || (textOf(pairOf(map, key)?.value)?.trim() ?? null) === value) continue;
    text = setKey(text, map, key, value === null ? null : yamlText(value), lineEnd);
  }
  if (change.settings !== undefined) text = setSettings(text, character, change.settings, lineEnd);
  const left = entry();
  const isVoiceAlone = left?.flow === true && left.items.length === 1;
  const changed = openEntry(text, character).pair;
  return isVoiceAlone && text !== yaml && changed !== undefined
    ? withValue(text, changed, yamlText(wanted.voice))
    : text;
};

const refuse = (reason: string): never => {
  throw new AppError(
    'script_has_errors',
    `The cast was not changed: ${reason}. Put that right in the script's text, then choose the voice again.`,
  );
};

const wantedEntry = (character: string, change: CastChange, before: CastEntry | undefined): Entry | null => {
  const voice = change.voice === undefined ? before?.voice : change.voice?.trim();
  if (change.voice === null) return null;
  if (voice === undefined) {
    throw new AppError(
      'invalid_input',
      `${character} has no voice yet, so there is nothing to set a model or settings for. Choose a voice first. Nothing was changed.`,
    );
  }
  return {
    voice,
    model: change.model === undefined ? (before?.model ?? null) : change.model,
    settings: change.settings ?? before?.settings ?? {},
  };
};

/** Whether the script now says what was wished for; a mapping may have said more before than a cast without voice can show. */
const isMet = ({ change, wanted }: Wish, entry: CastEntry | undefined): boolean => {
  if (wanted === null) return entry === undefined;
  if (entry === undefined || entry.voice !== wanted.voice) return false;
  if (change.model !== undefined && entry.model !== wanted.model) return false;
  return change.settings === undefined || canonicalJson(entry.settings) === canonicalJson(wanted.settings);
};

/**
 * Changes characters' entries of the cast, and leaves every other byte; a script without front matter gets one. Throws
 * `script_has_errors` when the front matter cannot be read, `invalid_input` for a text that is no voice.
 */
export const setCast = (source: string, cast: Readonly<Record<string, string | CastChange>>): string => {
  const changes = Object.entries(cast).map(
    ([character, change]) => [character, typeof change === 'string' ? { voice: change } : change] as const,
  );
  for (const [character, { voice }] of changes) {
    if (voice === undefined || voice === null || isVoiceReference(voice)) continue;
    throw new AppError(
      'invalid_input',
      `"${voice}" is no voice for ${character}; write workspace/voice. Nothing was changed.`,
    );
  }
  if (changes.length === 0) return source;
  const bodyFrom = source.startsWith(byteOrderMark) ? 1 : 0;
  const rows = cutRows(source, bodyFrom);
  const found = findFrontMatter(rows);
  const lineEnd = rows.find((row) => row.lineEnd !== '')?.lineEnd ?? '\n';
  const from = found.kind === 'closed' ? (rows[1]?.start ?? 0) : bodyFrom;
  const to = found.kind === 'closed' ? (rows[found.end]?.start ?? 0) : bodyFrom;
  let yaml = source.slice(from, to);
  if (found.kind === 'unclosed') refuse('the front matter is not closed');
  if (parseDocument(yaml).errors.length > 0) refuse('the front matter is not valid YAML');
  const before = parseScript(source).cast;
  const wishes = changes.map(([character, change]): Wish => {
    const entry = before.find((one) => one.character === character);
    return { character, change, wanted: wantedEntry(character, change, entry) };
  });
  for (const wish of wishes) yaml = setOne(yaml, wish, lineEnd);
  if (found.kind !== 'closed' && yaml === '') return source;
  const head = found.kind === 'closed' ? yaml : `---${lineEnd}${yaml}---${lineEnd}`;
  const result = source.slice(0, from) + head + source.slice(to);
  const after = parseScript(result).cast;
  const missed = wishes.find(
    (wish) =>
      !isMet(
        wish,
        after.find(({ character }) => character === wish.character),
      ),
  );
  if (missed !== undefined) refuse(`${missed.character} cannot be given a voice where the cast now stands`);
  return result;
};
