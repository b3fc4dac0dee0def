/** A file of another format as a script's text, and what had to be guessed on the way. */
import { AppError } from '#contract/errors.ts';
import type { MethodOutput } from '#contract/methods/index.ts';
import type { Archive } from '../../ports.ts';
import { decodeText } from '../decode-text.ts';
import { parseScript } from '../parse-script.ts';
import { counted, type Draft } from './draft.ts';
import { printDraft } from './print-draft.ts';
import { readCsv } from './read-csv.ts';
import { readFountain } from './read-fountain.ts';
import { readMarkdown } from './read-markdown.ts';
import { readSubtitles } from './read-subtitles.ts';
import { readPlainText } from './read-text.ts';

export type Converted = MethodOutput<'script.convert'>;
type Format = Converted['format'];

/** Longest script the editor is made for. */
const mostCharacters = 2_000_000;
const mostBytes = 40 * 1024 * 1024;

const endings: readonly (readonly [RegExp, Format])[] = [
  [/\.cue(?:\.txt)?$/iu, 'cue'],
  [/\.(?:md|markdown|mdown)$/iu, 'markdown'],
  [/\.docx$/iu, 'docx'],
  [/\.(?:csv|tsv)$/iu, 'csv'],
  [/\.srt$/iu, 'srt'],
  [/\.vtt$/iu, 'vtt'],
  [/\.fountain$/iu, 'fountain'],
];

/** A text with our own front matter, or with what only our scripts have. */
const isCue = (text: string): boolean =>
  (/^---\s*\n[\s\S]*?^(?:cast|slot)\s*:[\s\S]*?^(?:---|\.\.\.)\s*$/mu.test(text) && text.startsWith('---')) ||
  /\[pause \d+(?:\.\d+)?\s?m?s\]|\{\{[^{}]+\|\s*"[^"]*"\s*\}\}/iu.test(text);

const formatOf = (fileName: string, text: string): Format => {
  const byName = endings.find(([ending]) => ending.test(fileName))?.[1];
  if (byName !== undefined && byName !== 'markdown') return byName;
  if (isCue(text)) return 'cue';
  if (byName !== undefined) return byName;
  if (/^WEBVTT\b/u.test(text)) return 'vtt';
  if (/^\d+\s*\n\d{1,2}:\d{2}:\d{2},\d{3}\s*-->/mu.test(text)) return 'srt';
  return 'text';
};

const readDraft = (format: Exclude<Format, 'cue' | 'docx'>, text: string): Draft => {
  const readers = {
    text: readPlainText,
    markdown: readMarkdown,
    csv: readCsv,
    srt: readSubtitles,
    vtt: readSubtitles,
    fountain: readFountain,
  } as const;
  return readers[format](text);
};

const stemOf = (fileName: string): string =>
  (fileName.split(/[\\/]/u).at(-1) ?? fileName)
    .replace(/(?:\.cue)?\.[^.]+$/iu, '')
    .replaceAll(/[_]+/gu, ' ')
    .trim() || 'Untitled';

const startsWith = (bytes: Uint8Array, ...start: readonly number[]): boolean =>
  start.every((byte, index) => bytes[index] === byte);

const finish = (fileName: string, format: Format, source: string, notes: readonly string[]): Converted => {
  if (source.length > mostCharacters)
    throw new AppError(
      'text_too_long',
      `${fileName} holds more than two million characters, too many for one script. Nothing was changed. Split it into several files.`,
    );
  const parsed = parseScript(source);
  if (parsed.lines.length === 0)
    throw new AppError('invalid_input', `${fileName} has no line that could be spoken. Nothing was changed.`);
  const speakers = parsed.characters.length;
  const summary =
    format === 'cue'
      ? []
      : [
          `${counted(parsed.lines.length, 'line')} of ${counted(speakers, 'speaker')}: ${parsed.characters.slice(0, 8).join(', ')}${speakers > 8 ? ' …' : ''}.`,
        ];
  return {
    source,
    title: parsed.title ?? stemOf(fileName),
    format,
    lines: parsed.lines.length,
    notes: [...summary, ...notes],
  };
};

/** Throws `bad_response` for a damaged file, `invalid_input` where nothing can be spoken, `text_too_long`. */
export const convertScript = async (
  fileName: string,
  source: string | Uint8Array,
  doors: { readonly unpack: Archive['unpack'] },
): Promise<Converted> => {
  if (source.length > mostBytes)
    throw new AppError(
      'blob_too_large',
      `${fileName} is larger than 40 MB. Nothing was changed. Import the text without its pictures.`,
    );
  if (typeof source !== 'string' && startsWith(source, 0xd0, 0xcf, 0x11, 0xe0))
    throw new AppError(
      'bad_response',
      `${fileName} is an old Word file (.doc). Nothing was changed. Save it as .docx and import it again.`,
    );
  if (typeof source !== 'string' && startsWith(source, 0x25, 0x50, 0x44, 0x46))
    throw new AppError(
      'bad_response',
      `${fileName} is a PDF, in which nobody can tell lines from layout. Nothing was changed. Save it as .docx or text and import that.`,
    );
  if (typeof source !== 'string' && startsWith(source, 0x50, 0x4b, 0x03, 0x04)) {
    // Most starts of the program never read a Word file.
    const { readDocx } = await import('./read-docx.ts');
    const draft = await readDocx(source, doors.unpack);
    return finish(fileName, 'docx', printDraft(draft, stemOf(fileName)), draft.notes);
  }
  const decoded = decodeText(source);
  const format = formatOf(fileName, decoded.text);
  if (format === 'docx')
    throw new AppError(
      'bad_response',
      `${fileName} is not a Word document, whatever its name says. Nothing was changed.`,
    );
  const garbled = decoded.isClean
    ? []
    : ['Some characters could not be read: the file is not UTF-8. Look for � in the text.'];
  if (format === 'cue') return finish(fileName, format, decoded.text, garbled);
  const draft = readDraft(format, decoded.text);
  return finish(fileName, format, printDraft(draft, stemOf(fileName)), [...draft.notes, ...garbled]);
};
