import { Pencil, Trash2 } from 'lucide-react';
import type { LexiconEntry } from '#contract/entities.ts';
import { Badge } from '../../../components/badge.tsx';
import { IconButton } from '../../../components/button.tsx';
import { wordsOf } from '../../../words/words.ts';
import styles from './lexicon-tab.module.css';

export interface ShownEntry {
  readonly entry: LexiconEntry;
  /** Its place in the lexicon. */
  readonly at: number;
}

/** Every word with how it is said, and how many lines of the project say it. */
export const EntryTable = ({
  shown,
  editing,
  linesOf,
  onEdit,
  onRemove,
}: {
  readonly shown: readonly ShownEntry[];
  readonly editing: number | null;
  /** Null: not counted yet. */
  readonly linesOf: (word: string) => number | null;
  readonly onEdit: (at: number) => void;
  readonly onRemove: (at: number) => void;
}) => {
  const t = wordsOf('lexicon');
  const uses = (word: string): string => {
    const lines = linesOf(word);
    return lines === null ? '' : lines === 0 ? t('notUsed') : t('lines', { count: lines });
  };
  return (
    <table className={styles.table} aria-label={t('words')}>
      <colgroup>
        <col />
        <col />
        <col />
        <col style={{ width: 92 }} />
        <col style={{ width: 84 }} />
        <col style={{ width: 64 }} />
      </colgroup>
      <thead>
        <tr>
          <th scope="col">{t('word')}</th>
          <th scope="col">{t('say')}</th>
          <th scope="col">{t('phonemes')}</th>
          <th scope="col">{t('language')}</th>
          <th scope="col">{t('uses')}</th>
          <th scope="col">
            <span className={styles.hidden}>{t('actions')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {shown.map(({ entry, at }) => (
          <tr key={`${at} ${entry.word}`} data-open={editing === at || undefined}>
            <td className={styles.word} title={entry.word}>
              {entry.word}
            </td>
            <td title={entry.say}>{entry.say}</td>
            <td title={entry.phonemes?.symbols}>
              {entry.phonemes ? (
                <>
                  <span className={styles.symbols}>{entry.phonemes.symbols}</span>
                  <span className={styles.alphabet}>{t(entry.phonemes.alphabet)}</span>
                </>
              ) : (
                <span className={styles.faint}>–</span>
              )}
            </td>
            <td>
              {entry.language ?? <span className={styles.faint}>{t('allLanguages')}</span>}{' '}
              {entry.caseSensitive && <Badge title={t('matchCase')}>Aa</Badge>}
            </td>
            <td className={styles.soft} data-figures>
              {uses(entry.word)}
            </td>
            <td className={styles.end}>
              <IconButton size="small" label={t('edit', { word: entry.word })} onPress={() => onEdit(at)}>
                <Pencil aria-hidden />
              </IconButton>
              <IconButton size="small" label={t('remove', { word: entry.word })} onPress={() => onRemove(at)}>
                <Trash2 aria-hidden />
              </IconButton>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};
