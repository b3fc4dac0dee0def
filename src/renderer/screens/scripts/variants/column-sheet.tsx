import { type FormEvent, useState } from 'react';
import { Button } from '../../../components/button.tsx';
import { TextField } from '../../../components/field.tsx';
import { Sheet } from '../../../components/sheet.tsx';
import { wordsOf } from '../../../words/words.ts';
import styles from './variants-tab.module.css';

/** Names a column: a new one, or one that is there under another name. */
export const ColumnSheet = ({
  title,
  start,
  wanted,
  confirm,
  onConfirm,
  onClose,
}: {
  readonly title: string;
  readonly start: string;
  /** Columns that the script asks for and the table does not have. */
  readonly wanted: readonly string[];
  readonly confirm: string;
  readonly onConfirm: (name: string) => void;
  readonly onClose: () => void;
}) => {
  const t = wordsOf('variants');
  const common = wordsOf('common');
  const [name, setName] = useState(start);
  const choose = (chosen: string): void => {
    onClose();
    if (chosen.trim() !== '' && chosen !== start) onConfirm(chosen.trim());
  };
  return (
    <Sheet title={title} onClose={onClose}>
      <form
        className={styles.form}
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          choose(name);
        }}
      >
        <TextField label={t('columnName')} hint={t('columnHint')} value={name} onChange={setName} autoFocus />
        {wanted.length > 0 && (
          <p className={styles.wanted}>
            {t('columnWanted')}
            {wanted.slice(0, 12).map((column) => (
              <Button key={column} size="small" onPress={() => choose(column)}>
                {column}
              </Button>
            ))}
          </p>
        )}
        <div className={styles.actions}>
          <Button onPress={onClose}>{common('cancel')}</Button>
          <Button type="submit" look="primary" isDisabled={name.trim() === ''}>
            {confirm}
          </Button>
        </div>
      </form>
    </Sheet>
  );
};
