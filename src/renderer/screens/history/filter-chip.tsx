/** A filter as a chip: its name, what it is set to, and a popover to set it. */
import { Check, ChevronDown, X } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import {
  Autocomplete,
  Button,
  Dialog,
  DialogTrigger,
  Input,
  ListBox,
  ListBoxItem,
  Popover,
  SearchField,
  Text,
  useFilter,
} from 'react-aria-components';
import { cx } from '../../components/cx.ts';
import { wordsOf } from '../../words/words.ts';
import styles from './filter-bar.module.css';

export const FilterChip = ({
  name,
  value,
  onClear,
  children,
}: {
  readonly name: string;
  /** Null: not set. */
  readonly value: string | null;
  readonly onClear: () => void;
  /** Gets what closes it. */
  readonly children: (close: () => void) => ReactNode;
}) => {
  const t = wordsOf('history');
  const isSet = value !== null;
  return (
    <span className={cx(styles.pair, isSet && styles.set)}>
      <DialogTrigger>
        <Button className={cx(styles.chip)}>
          {isSet ? (
            <>
              <span className={styles.name}>{name}</span> {value}
            </>
          ) : (
            <>
              {name}
              <ChevronDown aria-hidden />
            </>
          )}
        </Button>
        <Popover className={cx(styles.popover)} placement="bottom start" offset={4}>
          <Dialog aria-label={name} className={cx(styles.dialog)}>
            {({ close }) => <>{children(close)}</>}
          </Dialog>
        </Popover>
      </DialogTrigger>
      {isSet && (
        <Button aria-label={t('clearFilter', { name })} className={cx(styles.clear)} onPress={onClear}>
          <X aria-hidden />
        </Button>
      )}
    </span>
  );
};

export interface Choice {
  readonly id: string;
  readonly label: string;
  readonly note?: string;
}
/** More than these are searched through. */
const fewChoices = 8;

/** One of a list; long ones are searched through, and where `free` a text of one's own is taken, too. */
export const ChoiceList = ({
  label,
  choices,
  value,
  free,
  onChoose,
  onClose,
}: {
  readonly label: string;
  readonly choices: readonly Choice[];
  readonly value: string | null;
  /** What a text of one's own is called, such as `Voices with "rach"`. */
  readonly free?: (text: string) => string;
  readonly onChoose: (id: string) => void;
  readonly onClose: () => void;
}) => {
  const t = wordsOf('history');
  const { contains } = useFilter({ sensitivity: 'base' });
  const [text, setText] = useState('');
  const own = free !== undefined && text.trim() !== '' ? [{ id: text.trim(), label: free(text.trim()) }] : [];
  const list = (
    <ListBox
      aria-label={label}
      className={cx(styles.list)}
      selectionMode="single"
      selectedKeys={value === null ? [] : [value]}
      disallowEmptySelection={false}
      // As an action a press would only count while nothing is chosen; the chosen one pressed again is an empty choice.
      onSelectionChange={(keys) => {
        const [key = value] = keys === 'all' ? [] : [...keys];
        if (key !== null) onChoose(String(key));
      }}
      renderEmptyState={() => <p className={styles.none}>{t('nothingToChoose')}</p>}
    >
      {[...choices.filter((choice) => contains(`${choice.label} ${choice.note ?? ''}`, text)), ...own].map((choice) => (
        <ListBoxItem key={choice.id} id={choice.id} textValue={choice.label} className={cx(styles.option)}>
          <Check aria-hidden className={cx(choice.id !== value && styles.unmarked)} />
          <Text slot="label">{choice.label}</Text>
          {'note' in choice && choice.note !== undefined && (
            <Text slot="description" className={cx(styles.note)}>
              {choice.note}
            </Text>
          )}
        </ListBoxItem>
      ))}
    </ListBox>
  );
  if (choices.length <= fewChoices && free === undefined) return list;
  return (
    <Autocomplete inputValue={text} onInputChange={setText}>
      {/* One press closes it; the field's own would first empty it. */}
      <div
        role="presentation"
        className={styles.choice}
        onKeyDownCapture={(event) => {
          if (event.key !== 'Escape') return;
          event.stopPropagation();
          onClose();
        }}
      >
        <SearchField aria-label={label} autoFocus className={cx(styles.search)}>
          <Input placeholder={label} className={cx(styles.input)} />
        </SearchField>
        {list}
      </div>
    </Autocomplete>
  );
};
