/** The YAML head of a script: title, slot, language and cast. Keys it does not know are kept and named. */
import { type Document, isMap } from 'yaml';
import type { CastEntry } from '#contract/entities.ts';
import { rangeOf, readSettings, readYaml, resolved, textOf, type YamlRemark } from './yaml-values.ts';

export interface FrontMatter {
  readonly title: string | null;
  /** Booked length in seconds. */
  readonly slotSeconds: number | null;
  readonly language: string | null;
  readonly cast: readonly CastEntry[];
  /** Every character the cast names, also those without a voice yet. */
  readonly characters: readonly string[];
  /** Keys of the cast in the yaml text, for problems about them. */
  readonly castRanges: ReadonlyMap<string, { readonly from: number; readonly to: number }>;
  readonly remarks: readonly YamlRemark[];
}

export const noFrontMatter: FrontMatter = {
  title: null,
  slotSeconds: null,
  language: null,
  cast: [],
  characters: [],
  castRanges: new Map(),
  remarks: [],
};

type Remark = (severity: YamlRemark['severity'], code: string, message: string, node: unknown) => void;

const slotPattern = /^(\d+(?:\.\d+)?)\s*(?:s|sec|seconds)?$/u;
const readSlot = (node: unknown, remark: Remark): number | null => {
  const seconds = Number(slotPattern.exec(textOf(node)?.trim() ?? '')?.[1] ?? Number.NaN);
  if (seconds > 0 && Number.isFinite(seconds)) return seconds;
  remark('error', 'slot_form', 'The slot is the booked length in seconds, such as 30.', node);
  return null;
};

const languagePattern = /^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*$/u;
const readLanguage = (node: unknown, remark: Remark): string | null => {
  const language = textOf(node)?.trim() ?? '';
  if (languagePattern.test(language)) return language;
  remark('error', 'language_form', 'The language is written as a tag such as en-US or de.', node);
  return null;
};

/** Whether a text can name a voice: `workspace/voice`; the voice may hold further slashes. */
export const isVoiceReference = (reference: string): boolean => /^[^/\s][^/]*\/\s*\S/u.test(reference);

const readVoice = (character: string, node: unknown, remark: Remark): string | null => {
  const voice = textOf(node)?.trim() ?? '';
  if (isVoiceReference(voice)) return voice;
  if (voice === '')
    remark('warning', 'cast_voice_missing', `${character} has no voice yet. Write one as workspace/voice.`, node);
  else
    remark('error', 'cast_voice_form', `${character}: write the voice as workspace/voice, such as scratch/slt.`, node);
  return null;
};

const readCastEntry = (
  character: string,
  node: unknown,
  document: Document,
  remark: Remark,
  remarks: YamlRemark[],
): CastEntry | null => {
  if (!isMap(node)) {
    const voice = readVoice(character, node, remark);
    return voice === null ? null : { character, voice, model: null, settings: {} };
  }
  let voice: string | null = null;
  let model: string | null = null;
  let settings: CastEntry['settings'] = {};
  if (!node.has('voice')) readVoice(character, node.items[0]?.key ?? node, remark);
  for (const pair of node.items) {
    const key = textOf(pair.key);
    const value = resolved(pair.value, document);
    if (key === 'voice') voice = readVoice(character, value, remark);
    else if (key === 'model') model = textOf(value);
    else if (key === 'settings') {
      const read = readSettings(value, document);
      settings = read.settings;
      remarks.push(...read.remarks);
    } else
      remark(
        'notice',
        'cast_key_unknown',
        `${key ?? 'This key'} is kept but not used; a cast entry has voice, model and settings.`,
        pair.key,
      );
  }
  return voice === null ? null : { character, voice, model, settings };
};

const readCast = (node: unknown, document: Document, remark: Remark, remarks: YamlRemark[]) => {
  const cast: CastEntry[] = [];
  const ranges: [string, { from: number; to: number }][] = [];
  const written = isMap(node) ? node.items : [];
  if (!isMap(node) && textOf(node) !== null)
    remark('error', 'cast_form', 'The cast is a list of CHARACTER: workspace/voice, one below the other.', node);
  for (const pair of written) {
    const character = textOf(pair.key)?.trim() ?? '';
    if (character === '' || /[:(){}\r\n]/u.test(character)) {
      remark(
        'error',
        'cast_name',
        'A character in the cast needs a name without colons, brackets or braces.',
        pair.key,
      );
      continue;
    }
    ranges.push([character, rangeOf(pair.key)]);
    const value = resolved(pair.value, document);
    const entry = readCastEntry(
      character,
      value,
      document,
      value === null ? (...args) => remark(args[0], args[1], args[2], pair.key) : remark,
      remarks,
    );
    if (entry !== null) cast.push(entry);
  }
  return { cast, characters: ranges.map(([character]) => character), castRanges: new Map(ranges) };
};

export const readFrontMatter = (yaml: string): FrontMatter => {
  const { document, remarks: syntax } = readYaml(yaml);
  const remarks: YamlRemark[] = [...syntax];
  const remark: Remark = (severity, code, message, node) => remarks.push({ severity, code, message, ...rangeOf(node) });
  if (document.contents === null) return { ...noFrontMatter, remarks };
  if (!isMap(document.contents)) {
    remark(
      'error',
      'front_matter_form',
      'The front matter is a list of keys such as title: Spring sale.',
      document.contents,
    );
    return { ...noFrontMatter, remarks };
  }
  let head: FrontMatter = noFrontMatter;
  for (const pair of document.contents.items) {
    const key = textOf(pair.key);
    const value = resolved(pair.value, document);
    if (key === 'title') head = { ...head, title: textOf(value)?.trim() || null };
    else if (key === 'slot') head = { ...head, slotSeconds: readSlot(value, remark) };
    else if (key === 'language') head = { ...head, language: readLanguage(value, remark) };
    else if (key === 'cast') head = { ...head, ...readCast(value, document, remark, remarks) };
    else remark('notice', 'front_matter_key_unknown', `${key ?? 'This key'} is kept but not used here.`, pair.key);
  }
  return { ...head, remarks };
};
