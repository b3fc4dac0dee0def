/** Fountain screenplays (fountain.io/syntax): dialogue is spoken, everything else is kept as headings and notes. */
import { counted, type Draft, type DraftRow, lineRow } from './draft.ts';

const scene = /^(?:\.(?!\.)\s*\S|(?:INT|EXT|EST|INT\.?\/EXT|I\/E)[. ])/iu;
const transition = /^(?:>\s*[^<]*$|[^a-zäöüß]*\bTO:$)/u;
const character = /^(?:@\s*\S.*|(?=[^a-zäöüß]*$)(?=.*\p{Lu})[^a-z(]+(?:\([^)]*\)\s*)*\^?)$/u;

const marks = /(\*\*\*|\*\*|\*|_)(?=\S)(.+?)(?<=\S)\1/gu;
/** Twice, because marks stand inside marks. */
const emphasis = (text: string): string =>
  text
    .replaceAll(marks, '$2')
    .replaceAll(marks, '$2')
    .replaceAll(/\\([*_])/gu, '$1');

/** `MARY (V.O.) (CONT'D)^`: who, and what is said about the sound of it. */
const readName = (row: string): { readonly name: string; readonly extension: string | null } => {
  const bare = row.replace(/^@/u, '').replace(/\^\s*$/u, '');
  const inBrackets = [...bare.matchAll(/\(([^)]*)\)/gu)].map((match) => (match[1] ?? '').trim());
  const useful = inBrackets.filter(
    (text) => !/^(?:CONT['’.]?D?\.?|CONTINUED|MORE|V\.?\s?O\.?|O\.?\s?S\.?|O\.?\s?C\.?)$/iu.test(text),
  );
  return { name: bare.replaceAll(/\([^)]*\)/gu, '').trim(), extension: useful.join(', ') || null };
};

const readTitlePage = (rows: readonly string[]): { readonly title: string | null; readonly from: number } => {
  if (!/^[A-Za-z][A-Za-z ]*:/u.test(rows[0] ?? '') || /^(?:INT|EXT)\b/u.test(rows[0] ?? ''))
    return { title: null, from: 0 };
  const end = rows.findIndex((row) => row.trim() === '');
  const page = end === -1 ? rows : rows.slice(0, end);
  const at = page.findIndex((row) => /^title\s*:/iu.test(row));
  if (at === -1 && !page.every((row) => /^[A-Za-z][A-Za-z ]*:|^\s+\S/u.test(row))) return { title: null, from: 0 };
  const inline = (page[at] ?? '').replace(/^title\s*:/iu, '').trim();
  const below = page.slice(at + 1).findIndex((row) => !/^\s+\S/u.test(row));
  const more =
    inline === '' ? page.slice(at + 1, below === -1 ? undefined : at + 1 + below).map((row) => row.trim()) : [];
  return {
    title: at === -1 ? null : emphasis([inline, ...more].join(' ').trim()) || null,
    from: end === -1 ? rows.length : end + 1,
  };
};

export const readFountain = (source: string): Draft => {
  const text = source.replaceAll(/\/\*[\s\S]*?\*\//gu, '').replaceAll(/\r\n?/gu, '\n');
  const all = text.split('\n');
  const { title, from } = readTitlePage(all);
  const rows: DraftRow[] = [];
  const counts = { scenes: 0, action: 0 };
  let at = from;
  const dialogue = (): void => {
    const { name, extension } = readName(all[at]?.trim() ?? '');
    let direction = extension;
    let words: string[] = [];
    const say = (): void => {
      if (words.length > 0) rows.push(lineRow(emphasis(words.join(' ')), name, direction));
      words = [];
    };
    for (at += 1; at < all.length && ((all[at] ?? '').trim() !== '' || all[at] === '  '); at += 1) {
      const row = (all[at] ?? '').trim();
      if (/^\(.*\)$/u.test(row)) {
        say();
        direction = row.slice(1, -1).trim() || null;
      } else if (row !== '') {
        const said = row
          .replaceAll(/\[\[.*?\]\]/gu, '')
          .replace(/^~\s*/u, '')
          .trim();
        if (said !== '') words.push(said);
      }
    }
    say();
  };
  while (at < all.length) {
    const row = (all[at] ?? '').trim();
    const isFirst = at === from || (all[at - 1] ?? '').trim() === '';
    const goesOn = (all[at + 1] ?? '').trim() !== '';
    const isForced = row.startsWith('!');
    if (row === '' || /^={3,}$/u.test(row)) at += 1;
    else if (!isForced && isFirst && goesOn && character.test(row) && !scene.test(row) && !transition.test(row))
      dialogue();
    else {
      if (/^#{1,6}\s*\S/u.test(row) || (isFirst && scene.test(row))) {
        counts.scenes += 1;
        rows.push({
          kind: 'heading',
          text: emphasis(row.replace(/^#{1,6}\s*|^\./u, '').replace(/\s*#[^#]*#\s*$/u, '')),
        });
      } else {
        counts.action += 1;
        const words = row
          .replace(/^[!=>~]\s*/u, '')
          .replace(/\s*<$/u, '')
          .replace(/^\[\[\s*(.*?)\s*\]\]$/u, '$1');
        rows.push({ kind: 'note', text: emphasis(words) });
      }
      at += 1;
    }
  }
  const notes = ['Only dialogue is spoken.'];
  if (counts.scenes > 0)
    notes.push(`${counted(counts.scenes, 'scene')} became ${counts.scenes === 1 ? 'a heading' : 'headings'}.`);
  if (counts.action > 0)
    notes.push(
      `${counted(counts.action, 'row')} of action, transitions and notes ${counts.action === 1 ? 'is' : 'are'} kept as notes.`,
    );
  return { title, language: null, rows, notes };
};
