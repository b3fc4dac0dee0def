/** What the list can show of an entry, and which of it this person chose. */
import { AudioLines, CircleAlert, CloudDownload, CloudOff, LoaderCircle } from 'lucide-react';
import { z } from 'zod';
import type { HistoryEntry } from '#contract/history.ts';
import { formatCredits, formatDecimal } from '../../components/format.ts';
import { type Translate, wordsOf } from '../../words/words.ts';
import styles from './history-screen.module.css';
import type { LongColumn } from './long-table-row.tsx';
import { soundOf, statusWords } from './status-words.ts';
import { formatFull, formatWhen } from './when.ts';

const StatusMark = ({ entry, t }: { readonly entry: HistoryEntry; readonly t: Translate<'history'> }) => {
  const words = statusWords(t, entry.status);
  if (entry.suspect !== null) return <CircleAlert role="img" aria-label={entry.suspect} className={styles.suspect} />;
  const sound = soundOf(entry);
  if (sound === 'here') return <AudioLines role="img" aria-label={words} className={styles.here} />;
  if (sound === 'there') return <CloudDownload role="img" aria-label={words} className={styles.there} />;
  const Icon = entry.status === 'failed' || entry.status === 'lost' ? CloudOff : LoaderCircle;
  return <Icon role="img" aria-label={words} className={styles.gone} />;
};

const soft = (text: string | null) =>
  text === null || text === '' ? null : <span className={styles.soft}>{text}</span>;

export const columnIds = [
  'status',
  'when',
  'text',
  'voice',
  'credits',
  'seconds',
  'project',
  'person',
  'workspace',
  'model',
  'source',
  'script',
  'note',
] as const;
export type ColumnId = (typeof columnIds)[number];

interface Kind {
  readonly width: number;
  readonly stretches?: number;
  readonly align?: 'end';
  /** Not among those that are shown at first. */
  readonly isExtra?: true;
  readonly title: (t: Translate<'history'>) => string;
  readonly cell: (entry: HistoryEntry, t: Translate<'history'>) => React.ReactNode;
}
const kinds: Readonly<Record<ColumnId, Kind>> = {
  status: { width: 20, title: (t) => t('colStatus'), cell: (entry, t) => <StatusMark entry={entry} t={t} /> },
  when: {
    width: 104,
    title: (t) => t('colWhen'),
    cell: ({ at }) => (
      <span className={styles.soft} title={formatFull(at)}>
        {formatWhen(at)}
      </span>
    ),
  },
  text: { width: 160, stretches: 1, title: (t) => t('colText'), cell: ({ text }) => text },
  voice: { width: 112, stretches: 0.08, title: (t) => t('colVoice'), cell: ({ voiceName }) => voiceName },
  credits: {
    width: 62,
    align: 'end',
    title: (t) => t('colCredits'),
    cell: ({ credits }) => (credits === null ? soft('–') : formatCredits(credits)),
  },
  seconds: {
    width: 52,
    align: 'end',
    title: (t) => t('colSeconds'),
    cell: ({ durationMs }) => (durationMs === null ? soft('–') : formatDecimal(durationMs / 1000)),
  },
  project: { width: 120, stretches: 0.14, title: (t) => t('colProject'), cell: ({ project }) => project },
  person: { width: 84, title: (t) => t('colPerson'), cell: ({ person }) => soft(person) },
  workspace: { width: 96, title: (t) => t('colWorkspace'), cell: ({ workspaceName }) => soft(workspaceName) },
  model: { width: 120, isExtra: true, title: (t) => t('colModel'), cell: ({ model }) => soft(model) },
  source: {
    width: 96,
    isExtra: true,
    title: (t) => t('colSource'),
    cell: ({ origin, vendorSource }, t) =>
      soft(origin === 'cuebooth' ? t('originHere') : (vendorSource ?? t('originThere'))),
  },
  script: { width: 120, isExtra: true, title: (t) => t('colScript'), cell: ({ script }) => soft(script) },
  note: { width: 140, isExtra: true, title: (t) => t('colNote'), cell: ({ note }) => soft(note) },
};

export const columnTitle = (id: ColumnId): string => kinds[id].title(wordsOf('history'));

export interface ColumnChoice {
  readonly id: ColumnId;
  readonly width: number;
  readonly isShown: boolean;
}
const Stored = z.array(z.object({ id: z.enum(columnIds), width: z.number().min(16).max(1200), isShown: z.boolean() }));

/** What was kept for this person, with columns that came since behind it. */
export const choiceOf = (kept: unknown): readonly ColumnChoice[] => {
  const stored = Stored.safeParse(kept).data ?? [];
  const known = new Set(stored.map(({ id }) => id));
  const rest = columnIds.filter((id) => !known.has(id));
  return [...stored, ...rest.map((id) => ({ id, width: kinds[id].width, isShown: kinds[id].isExtra !== true }))];
};

export const columnsOf = (choice: readonly ColumnChoice[]): readonly LongColumn<HistoryEntry>[] => {
  const t = wordsOf('history');
  return choice
    .filter(({ isShown }) => isShown)
    .map(({ id, width }) => {
      const { stretches, align, title, cell } = kinds[id];
      return {
        id,
        width,
        title: title(t),
        ...(id === 'status' ? { titleHidden: true as const } : {}),
        ...(stretches === undefined ? {} : { stretches }),
        ...(align === undefined ? {} : { align }),
        cell: (entry: HistoryEntry) => cell(entry, t),
      };
    });
};
