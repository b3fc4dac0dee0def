/** Plain rows of text, as people type them: who speaks, what is said, what is only a note. Shared by text, Markdown and Word. */
import { counted, type DraftRow, lineRow } from './draft.ts';

export interface DialogueRow {
  readonly kind: 'text' | 'heading' | 'note' | 'blank';
  readonly text: string;
}

const named =
  /^\s*(?<name>[\p{L}][\p{L}\p{M}\p{N} _.'’&/#-]{0,39}?)\s*(?:[([](?<direction>[^)\]]{1,120})[)\]])?\s*[:：]\s+(?<text>\S.*)$/u;
const nameAlone =
  /^\s*(?<name>[\p{Lu}][\p{Lu}\p{M}\p{N} _.'’&/#-]{1,39}?)\s*(?:[([](?<direction>[^)\]]{1,120})[)\]])?\s*[:：]?\s*$/u;
const isCapital = (name: string): boolean => name === name.toUpperCase() && /\p{Lu}/u.test(name);
/** `[SFX: door]`, `(MUSIC UNDER)`, `[Musik]` on a row of their own are for the studio, not for the voice. */
const cue =
  /^\s*(?:\[(?!\s*pause\b)[^\]]{1,200}\]|\((?:[^)]*\b(?:SFX|MUSIC|FX|SOUND|MUSIK|GERÄUSCH|TON|JINGLE)\b[^)]*)\)|(?:SFX|FX|MUSIC|MUSIK|JINGLE|SOUND)\s*[:：-].*)\s*$/iu;
const leading = /^\s*[([](?<direction>[^)\]]{1,80})[)\]]\s*(?<text>\S.*)$/u;

/** `Anna: Hello` is a speaker when it happens again, `Remember: only today` is text. */
const speakersOf = (rows: readonly DialogueRow[]): ReadonlySet<string> => {
  const counts = new Map<string, number>();
  for (const { kind, text } of rows) {
    const name = kind === 'text' ? named.exec(text)?.groups?.['name'] : undefined;
    if (name !== undefined)
      counts.set(name.toUpperCase(), (counts.get(name.toUpperCase()) ?? 0) + (isCapital(name) ? 2 : 1));
  }
  return new Set(
    [...counts].filter(([name, count]) => count >= 2 && name.split(' ').length <= 4).map(([name]) => name),
  );
};

const placeholders =
  /(?<!\{)\{(?<braced>[\p{L}][\p{L}\p{N} _-]{0,39})\}(?!\})|<<(?<angled>[\p{L}][\p{L}\p{N} _-]{0,39})>>|«(?<merged>[\p{L}][\p{L}\p{N}_]{0,39})»/gu;

/** `{city}`, `<<city>>` and Word's «City» become variables. */
export const withVariables = (text: string, found: Set<string>): string =>
  text.replaceAll(placeholders, (...match) => {
    const groups = match.at(-1) as Readonly<Record<string, string | undefined>>;
    const name = (groups['braced'] ?? groups['angled'] ?? groups['merged'] ?? '')
      .trim()
      .toLowerCase()
      .replaceAll(' ', '_');
    found.add(name);
    return `{{${name}}}`;
  });

/** Rows that were broken by hand at the same width belong together; a blank row ends a paragraph. */
export const joinWrapped = (
  rows: readonly DialogueRow[],
): { readonly rows: readonly DialogueRow[]; readonly joined: number } => {
  const texts = rows.filter(({ kind }) => kind === 'text');
  const hasBlanks = rows.some(({ kind }) => kind === 'blank');
  const longest = texts.reduce((most, { text }) => Math.max(most, text.trimEnd().length), 0);
  const isWrapped = hasBlanks && longest >= 45 && longest <= 100;
  if (!isWrapped) return { rows, joined: 0 };
  const out: DialogueRow[] = [];
  let joined = 0;
  for (const row of rows) {
    const last = out.at(-1);
    const goesOn =
      row.kind === 'text' &&
      last?.kind === 'text' &&
      !named.test(row.text) &&
      !nameAlone.test(row.text) &&
      !nameAlone.test(last.text) &&
      !cue.test(row.text) &&
      !cue.test(last.text);
    const lastRow = last?.text.split('\n').at(-1)?.trimEnd() ?? '';
    if (goesOn && last !== undefined && lastRow.length > longest * 0.6) {
      out[out.length - 1] = { kind: 'text', text: `${last.text.trimEnd()}\n${row.text.trim()}` };
      joined += 1;
    } else out.push(row);
  }
  return { rows: out, joined };
};

/** Reads rows as dialogue. `NAME: text`, `NAME` on a row of its own above its text, `(warm) text`. */
export const readDialogue = (
  source: readonly DialogueRow[],
): { readonly rows: readonly DraftRow[]; readonly notes: readonly string[] } => {
  const { rows, joined } = joinWrapped(source);
  const speakers = speakersOf(rows);
  const out: DraftRow[] = [];
  const variables = new Set<string>();
  const guessedNames = new Set<string>();
  let cues = 0;
  let speaker: string | null = null;
  let direction: string | null = null;
  for (const [index, row] of rows.entries()) {
    if (row.kind === 'blank') {
      continue;
    }
    if (row.kind !== 'text') {
      out.push({ kind: row.kind, text: row.text });
      continue;
    }
    const text = withVariables(row.text.replaceAll(/\s*\n\s*/gu, ' ').trim(), variables);
    if (text === '') continue;
    if (cue.test(text)) {
      cues += 1;
      out.push({ kind: 'note', text: text.replace(/^[[(]\s*(.*?)\s*[\])]$/u, '$1') });
      continue;
    }
    const said = named.exec(text)?.groups;
    if (said !== undefined && speakers.has((said['name'] ?? '').toUpperCase())) {
      speaker = said['name'] ?? null;
      if (speaker !== null && !isCapital(speaker)) guessedNames.add(speaker);
      out.push(lineRow(said['text'] ?? '', speaker, said['direction'] ?? null));
      direction = null;
      continue;
    }
    const alone = nameAlone.exec(text)?.groups;
    const below = rows[index + 1];
    if (
      alone !== undefined &&
      below?.kind === 'text' &&
      nameAlone.exec(below.text) === null &&
      !/[.!?…]$/u.test(text)
    ) {
      speaker = alone['name'] ?? null;
      direction = alone['direction'] ?? null;
      continue;
    }
    const mannered = leading.exec(text)?.groups;
    const isManner = mannered !== undefined && !/^pause\b/iu.test(mannered['direction'] ?? '') && speaker !== null;
    out.push(
      isManner
        ? lineRow(mannered['text'] ?? '', speaker, mannered['direction'] ?? null)
        : lineRow(text, speaker, direction),
    );
    direction = null;
  }
  const notes: string[] = [];
  if (joined > 0)
    notes.push(
      `${counted(joined, 'row')} that had been broken by hand ${joined === 1 ? 'was' : 'were'} joined into paragraphs.`,
    );
  if (guessedNames.size > 0)
    notes.push(`Taken for speakers: ${[...guessedNames].join(', ')}. Their names are in capitals now.`);
  if (cues > 0)
    notes.push(`${counted(cues, 'sound cue')} became ${cues === 1 ? 'a note' : 'notes'}; notes are not spoken.`);
  if (variables.size > 0)
    notes.push(`Placeholders became variables: ${[...variables].map((name) => `{{${name}}}`).join(', ')}.`);
  return { rows: out, notes };
};
