import { useEffect, useState } from 'react';
import { Label, TextArea, TextField } from 'react-aria-components';
import type { HistoryEntry } from '#contract/history.ts';
import { useStudio } from '../../app/studio-context.ts';
import { cx } from '../../components/cx.ts';
import { modKey } from '../../components/format.ts';
import { wordsOf } from '../../words/words.ts';
import styles from './history-screen.module.css';

/** A remark on an entry, kept when it is left; Escape takes back what was typed. */
export const NoteField = ({ entry }: { readonly entry: HistoryEntry }) => {
  const { history } = useStudio();
  const t = wordsOf('history');
  const [note, setNote] = useState(entry.note);
  useEffect(() => setNote(entry.note), [entry.note]);
  const save = (): void => void history.setNote(entry, note);
  return (
    <TextField className={cx(styles.note)} value={note} onChange={setNote} onBlur={save}>
      <Label>{t('colNote')}</Label>
      <TextArea
        rows={2}
        maxLength={4000}
        placeholder={t('noteHint', { key: modKey })}
        onKeyDown={(event) => {
          if (event.key === 'Escape') setNote(entry.note);
          if (event.key === 'Escape' || (event.key === 'Enter' && (event.ctrlKey || event.metaKey))) {
            event.preventDefault();
            event.stopPropagation();
            event.currentTarget.blur();
          }
        }}
      />
    </TextField>
  );
};
