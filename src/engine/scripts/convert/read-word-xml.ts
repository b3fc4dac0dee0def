/** The XML inside a Word file, read as a stream: paragraphs and tables with their words, without what was deleted or hidden. */
import { SaxesParser } from 'saxes';
import { AppError } from '#contract/errors.ts';

export type WordBlock =
  | { readonly kind: 'paragraph'; readonly style: string; readonly text: string }
  | { readonly kind: 'table'; readonly rows: readonly (readonly string[])[] };
export interface WordBody {
  readonly blocks: readonly WordBlock[];
  readonly deletions: number;
  readonly footnotes: number;
}

/** What stands in a paragraph that is being read. */
interface OpenParagraph {
  text: string;
  style: string;
}

const broken = (cause: unknown): AppError =>
  new AppError(
    'bad_response',
    'The Word file is damaged: its text cannot be read. Nothing was changed. Open it in Word and save it again.',
    { cause },
  );

/** Names with the usual prefix; files from every known program use it. */
export const readWordXml = (xml: string): WordBody => {
  const parser = new SaxesParser();
  const blocks: WordBlock[] = [];
  const tables: string[][][] = [];
  const stack: OpenParagraph[] = [];
  let deletions = 0;
  let footnotes = 0;
  let inDeleted = 0;
  let inText = 0;
  let isHidden = false;
  let isCaps = false;
  let inRunProperties = 0;
  const isOn = (value: string | undefined): boolean => value === undefined || !/^(?:0|false|off|none)$/u.test(value);
  const write = (text: string): void => {
    const open = stack.at(-1);
    if (open !== undefined && inDeleted === 0 && !isHidden) open.text += isCaps ? text.toLocaleUpperCase() : text;
  };
  const endParagraph = (): void => {
    const paragraph = stack.pop();
    if (paragraph === undefined) return;
    const row = tables.at(-1)?.at(-1);
    if (row !== undefined) {
      const cell = row.length - 1;
      row[cell] = `${row[cell] ?? ''} ${paragraph.text}`.trim();
    } else blocks.push({ kind: 'paragraph', style: paragraph.style, text: paragraph.text });
  };
  parser.on('opentag', ({ name, attributes }) => {
    const value = attributes['w:val'];
    switch (name) {
      case 'w:p':
        stack.push({ text: '', style: '' });
        break;
      case 'w:pStyle': {
        const open = stack.at(-1);
        if (open !== undefined) open.style = value ?? '';
        break;
      }
      case 'w:r':
        isHidden = false;
        isCaps = false;
        break;
      case 'w:rPr':
        inRunProperties += 1;
        break;
      case 'w:vanish':
        if (inRunProperties > 0) isHidden = isOn(value);
        break;
      case 'w:caps':
        if (inRunProperties > 0) isCaps = isOn(value);
        break;
      case 'w:t':
        inText += 1;
        break;
      case 'w:tab':
        if (inRunProperties === 0) write('\t');
        break;
      case 'w:br':
      case 'w:cr':
        write('\n');
        break;
      case 'w:noBreakHyphen':
        write('-');
        break;
      case 'w:del':
      case 'w:moveFrom':
        inDeleted += 1;
        deletions += 1;
        break;
      case 'w:footnoteReference':
      case 'w:endnoteReference':
        footnotes += 1;
        break;
      case 'w:tbl':
        tables.push([]);
        break;
      case 'w:tr':
        tables.at(-1)?.push([]);
        break;
      case 'w:tc':
        tables.at(-1)?.at(-1)?.push('');
        break;
      default:
    }
  });
  parser.on('text', (text) => {
    if (inText > 0) write(text);
  });
  parser.on('closetag', ({ name }) => {
    if (name === 'w:p') endParagraph();
    else if (name === 'w:r') isHidden = isCaps = false;
    else if (name === 'w:rPr') inRunProperties -= 1;
    else if (name === 'w:t') inText -= 1;
    else if (name === 'w:del' || name === 'w:moveFrom') inDeleted -= 1;
    else if (name === 'w:tbl') {
      const rows = tables.pop() ?? [];
      // A table in a table is read with the cell it stands in.
      const outer = tables.at(-1)?.at(-1);
      if (outer !== undefined) outer[outer.length - 1] = `${outer.at(-1) ?? ''} ${rows.flat().join(' ')}`.trim();
      else blocks.push({ kind: 'table', rows });
    }
  });
  try {
    parser.write(xml).close();
  } catch (error) {
    throw broken(error);
  }
  return { blocks, deletions, footnotes };
};

/** Text of one element of the file's properties, such as `dc:title`. */
export const readProperty = (xml: string, element: string): string | null => {
  const parser = new SaxesParser();
  let inside = false;
  let text = '';
  parser.on('opentag', ({ name }) => {
    inside = name === element;
  });
  parser.on('text', (piece) => {
    if (inside) text += piece;
  });
  parser.on('closetag', () => {
    inside = false;
  });
  try {
    parser.write(xml).close();
  } catch {
    return null;
  }
  return text.trim() || null;
};
