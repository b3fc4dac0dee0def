/** What can be done about a problem of a script, as changes of its text. Pure, so that the editor, the list beside it and tests share it. */
import type { Problem } from '#contract/entities.ts';
import { wordsOf } from '../../words/words.ts';
import { frontMatterOf, nearestOf } from './script-text.ts';

export interface TextChange {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
  /** Where the cursor goes, after the change; null: it stays. */
  readonly cursor: number | null;
}
export interface Fix {
  readonly label: string;
  /** Null: a place where something is chosen instead. */
  readonly change: TextChange | null;
  /** The cast, to choose a voice. */
  readonly opens?: 'cast' | 'variants';
  /** Names are offered at the cursor afterwards. */
  readonly completes?: boolean;
}
export interface Known {
  /** References of all voices. */
  readonly voices: readonly string[];
  /** Columns of the variants. */
  readonly columns: readonly string[];
}

interface Spot {
  readonly from: number;
  readonly to: number;
  readonly row: string;
  readonly rowFrom: number;
}

const spotOf = (source: string, { line, column, endColumn }: Problem): Spot | null => {
  if (line === null || line < 1) return null;
  let rowFrom = 0;
  for (let at = 1; at < line; at += 1) {
    const end = source.indexOf('\n', rowFrom);
    if (end === -1) return null;
    rowFrom = end + 1;
  }
  const end = source.indexOf('\n', rowFrom);
  const row = source.slice(rowFrom, end === -1 ? undefined : end);
  const from = rowFrom + Math.min(row.length, Math.max(0, (column ?? 1) - 1));
  return { from, to: rowFrom + Math.min(row.length, (endColumn ?? row.length + 1) - 1), row, rowFrom };
};

const put = (at: number, insert: string, cursor: number | null = null): TextChange => ({
  from: at,
  to: at,
  insert,
  cursor,
});
const replace = (from: number, to: number, insert: string, cursor: number | null = null): TextChange => ({
  from,
  to,
  insert,
  cursor,
});
const removeRow = ({ row, rowFrom }: Spot, source: string): TextChange => ({
  from: rowFrom,
  to: Math.min(source.length, rowFrom + row.length + 1),
  insert: '',
  cursor: null,
});

/** Adds `NAME: voice` to the cast, making what is missing around it. */
export const castChange = (source: string, character: string, voice: string): TextChange => {
  const front = frontMatterOf(source);
  const name = /[:#"'{}[\],&*!|>%@`]/u.test(character) ? JSON.stringify(character) : character;
  const entry = `${name}: ${voice}`;
  if (front === null) {
    const head = `---\ncast:\n  ${entry}`;
    return put(0, `${head}\n---\n`, head.length);
  }
  const known = front.cast.find((one) => one.name.toLowerCase() === character.toLowerCase());
  if (known !== undefined)
    return replace(known.valueFrom, known.valueTo, ` ${voice}`, known.valueFrom + voice.length + 1);
  if (front.castEnd !== null) {
    const insert = `\n${front.castIndent}${entry}`;
    return put(front.castEnd, insert, front.castEnd + insert.length);
  }
  const insert = `cast:\n  ${entry}\n`;
  return put(front.bodyFence, insert, front.bodyFence + insert.length - 1);
};

const frontKeys = ['title', 'slot', 'language', 'cast'] as const;

/** The first is the likeliest. */
export const fixesOf = (source: string, problem: Problem, known: Known): readonly Fix[] => {
  const spot = spotOf(source, problem);
  if (spot === null) return [];
  const t = wordsOf('scripts');
  const { from, to, row, rowFrom } = spot;
  const marked = source.slice(from, to);
  const speaker = /^\s*([^\s:(){}][^:(){}]*?)\s*[:({]/u.exec(row)?.[1] ?? '';
  switch (problem.code) {
    case 'character_not_cast':
    case 'voice_missing': {
      const name = /^(.+?) (?:is not in the cast|has no voice)/u.exec(problem.message)?.[1] ?? speaker;
      const inText = problem.code === 'character_not_cast' && name === speaker;
      return [
        { label: t('fixCast', { name }), change: castChange(source, name, ''), completes: true },
        ...(inText
          ? [{ label: t('fixNoSpeaker'), change: put(rowFrom + (row.length - row.trimStart().length), '\\') }]
          : []),
      ];
    }
    case 'cast_voice_missing': {
      const end = rowFrom + row.trimEnd().length;
      return [
        {
          label: t('fixChooseVoice'),
          change: put(end, row.trimEnd().endsWith(':') ? ' ' : ': ', end + (row.trimEnd().endsWith(':') ? 1 : 2)),
          completes: true,
        },
      ];
    }
    case 'cast_voice_form':
      return nearestOf(marked, known.voices, 3).map((voice) => ({
        label: t('fixUse', { name: voice }),
        change: replace(from, to, voice),
      }));
    case 'cast_unused':
      return [{ label: t('fixRemoveRow'), change: removeRow(spot, source) }];
    case 'voice_unknown': {
      const name = /^([^:]+):/u.exec(problem.message)?.[1] ?? speaker;
      const entry = frontMatterOf(source)?.cast.find((one) => one.name.toLowerCase() === name.toLowerCase());
      if (entry === undefined) return [{ label: t('fixOpenCast'), change: null, opens: 'cast' }];
      const written = source.slice(entry.valueFrom, entry.valueTo).trim();
      return [
        ...nearestOf(written, known.voices, 3).map((voice) => ({
          label: t('fixUse', { name: voice }),
          change: replace(entry.valueFrom, entry.valueTo, ` ${voice}`),
        })),
        { label: t('fixOpenCast'), change: null, opens: 'cast' as const },
      ];
    }
    case 'front_matter_unclosed': {
      const rows = source.split('\n');
      let end = 1;
      while (end < rows.length && /^(?:\s+\S|[\w-]+\s*:|\s*#)/u.test(rows[end] ?? '')) end += 1;
      const at = rows.slice(0, end).join('\n').length;
      return [{ label: t('fixCloseHead'), change: put(at, '\n---') }];
    }
    case 'front_matter_key_unknown': {
      const near = nearestOf(marked, frontKeys, 1);
      return near.map((key) => ({
        label: t('fixUse', { name: key }),
        change: replace(from, from + marked.length, key),
      }));
    }
    case 'variable_unclosed': {
      const name = /^\{\{\s*[\p{L}\p{N}_.-]*/u.exec(source.slice(from, rowFrom + row.length))?.[0] ?? '{{';
      return [
        ...(name.length > 2
          ? [{ label: t('fixClose'), change: put(from + name.length, '}}', from + name.length + 2) }]
          : []),
        { label: t('fixLiteral'), change: put(from, '\\') },
      ];
    }
    case 'variable_syntax':
    case 'pause_syntax':
      return [
        ...(problem.code === 'pause_syntax'
          ? [{ label: t('fixUse', { name: '[pause 500ms]' }), change: replace(from, to, '[pause 500ms]') }]
          : []),
        { label: t('fixLiteral'), change: put(from, '\\') },
      ];
    case 'pause_too_long':
      return [{ label: t('fixUse', { name: '[pause 60s]' }), change: replace(from, to, '[pause 60s]') }];
    case 'variable_unknown': {
      const name = marked.replace(/^\{\{\s*|\s*\}\}$/gu, '');
      return [
        ...nearestOf(name, known.columns, 2).map((column) => ({
          label: t('fixUse', { name: `{{${column}}}` }),
          change: replace(from, to, `{{${column}}}`),
        })),
        { label: t('fixDefault'), change: replace(from, to, `{{${name}|""}}`, from + name.length + 4) },
        { label: t('fixColumn'), change: null, opens: 'variants' },
      ];
    }
    case 'value_missing': {
      const name = /\{\{([^}|]+)\}\}/u.exec(problem.message)?.[1];
      const at =
        name === undefined
          ? -1
          : row.search(new RegExp(`\\{\\{\\s*${name.replaceAll(/[.*+?^$()|[\]\\]/g, '\\$&')}\\s*\\}\\}`, 'u'));
      if (at === -1 || name === undefined) return [{ label: t('fixOpenVariants'), change: null, opens: 'variants' }];
      const place = rowFrom + row.indexOf('}}', at);
      return [
        { label: t('fixDefault'), change: put(place, '|""', place + 2) },
        { label: t('fixOpenVariants'), change: null, opens: 'variants' },
      ];
    }
    case 'variable_defaults_differ': {
      const plain = /^\{\{\s*([^|}]+?)\s*\|/u.exec(marked)?.[1];
      return plain === undefined ? [] : [{ label: t('fixSameDefault'), change: replace(from, to, `{{${plain}}}`) }];
    }
    case 'direction_unclosed':
    case 'overrides_unclosed': {
      const colon = row.indexOf(':', from - rowFrom);
      return colon === -1
        ? []
        : [{ label: t('fixClose'), change: put(rowFrom + colon, problem.code === 'direction_unclosed' ? ')' : '}') }];
    }
    case 'line_silent':
      return [{ label: t('fixRemoveRow'), change: removeRow(spot, source) }];
    default:
      return [];
  }
};
