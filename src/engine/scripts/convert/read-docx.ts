import type { Archive } from '../../ports.ts';
import { AppError } from '#contract/errors.ts';
import { counted, type Draft, type DraftRow } from './draft.ts';
import { type DialogueRow, readDialogue } from './read-dialogue.ts';
import { readTable } from './read-table.ts';
import { readProperty, readWordXml } from './read-word-xml.ts';

/** A script of a whole series is far below; what is larger was made to harm. */
const limits = { entries: 5_000, totalBytes: 40 * 1024 * 1024 } as const;
const wanted = new Set(['word/document.xml', 'docProps/core.xml']);

export const readDocx = async (bytes: Uint8Array, unpack: Archive['unpack']): Promise<Draft> => {
  const parts = await unpack(bytes, (name) => wanted.has(name), limits);
  const document = parts.get('word/document.xml');
  if (document === undefined)
    throw new AppError(
      'bad_response',
      'This is not a Word document: it has no text inside. Nothing was changed. Save it as .docx and import it again.',
    );
  const decoder = new TextDecoder('utf-8');
  const properties = parts.get('docProps/core.xml');
  const body = readWordXml(decoder.decode(document));
  let title = properties === undefined ? null : readProperty(decoder.decode(properties), 'dc:title');
  const rows: DraftRow[] = [];
  const notes: string[] = [];
  let open: DialogueRow[] = [];
  const read = (): void => {
    const dialogue = readDialogue(open);
    rows.push(...dialogue.rows);
    notes.push(...dialogue.notes);
    open = [];
  };
  for (const block of body.blocks) {
    if (block.kind === 'table') {
      read();
      const table = readTable(block.rows);
      rows.push(...table.rows);
      notes.push(...table.notes);
      continue;
    }
    const text = block.text.replaceAll('\t', ' ').trim();
    // Styles keep English ids in most languages; Word's German ones are added.
    if (text === '') open.push({ kind: 'blank', text: '' });
    else if (/^(?:title|titel)$/iu.test(block.style)) title = text;
    else if (/^(?:heading|berschrift|überschrift|subtitle|untertitel)/iu.test(block.style))
      open.push({ kind: 'heading', text });
    // A break inside a paragraph begins a new row, a paragraph is never joined with the next one.
    else
      open.push(
        ...text.split('\n').flatMap((row): DialogueRow[] => (row.trim() === '' ? [] : [{ kind: 'text', text: row }])),
      );
  }
  read();
  if (body.deletions > 0)
    notes.push(
      `${counted(body.deletions, 'deletion')} that had been tracked ${body.deletions === 1 ? 'stays' : 'stay'} deleted; insertions are in.`,
    );
  if (body.footnotes > 0)
    notes.push(`${counted(body.footnotes, 'footnote')} ${body.footnotes === 1 ? 'was' : 'were'} left out.`);
  return { title, language: null, rows, notes: [...new Set(notes)] };
};
