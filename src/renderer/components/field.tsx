import { ChevronDown, Minus, Plus, Search, X } from 'lucide-react';
import type { ReactNode } from 'react';
import {
  Button,
  FieldError,
  Group,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  NumberField as AriaNumberField,
  type NumberFieldProps,
  Popover,
  SearchField as AriaSearchField,
  Select,
  SelectValue,
  Switch,
  Text,
  TextField as AriaTextField,
  type TextFieldProps,
} from 'react-aria-components';
import { cx } from './cx.ts';
import styles from './field.module.css';

interface Labelled {
  readonly label: string;
  readonly hint?: ReactNode;
  /** Keeps the name for screen readers only. */
  readonly labelHidden?: boolean;
}

const FieldLabel = ({ label, labelHidden }: Labelled) => (
  <Label className={cx(labelHidden ? styles.hidden : styles.label)}>{label}</Label>
);
const Hint = ({ children }: { readonly children: ReactNode }) =>
  children === undefined ? null : (
    <Text slot="description" className={cx(styles.hint)}>
      {children}
    </Text>
  );

export const TextField = ({
  label,
  hint,
  labelHidden = false,
  placeholder = '',
  error,
  ...rest
}: Labelled &
  Omit<TextFieldProps, 'className' | 'style'> & { readonly placeholder?: string; readonly error?: string | null }) => (
  <AriaTextField {...rest} isInvalid={Boolean(error)} className={cx(styles.field)}>
    <FieldLabel label={label} labelHidden={labelHidden} />
    <Input placeholder={placeholder} className={cx(styles.input)} />
    <Hint>{hint}</Hint>
    <FieldError className={cx(styles.error)}>{error}</FieldError>
  </AriaTextField>
);

export const NumberField = ({
  label,
  hint,
  labelHidden = false,
  placeholder = '',
  ...rest
}: Labelled & Omit<NumberFieldProps, 'className' | 'style'> & { readonly placeholder?: string }) => (
  <AriaNumberField {...rest} className={cx(styles.field)}>
    <FieldLabel label={label} labelHidden={labelHidden} />
    <Group className={cx(styles.group)}>
      <Input placeholder={placeholder} className={cx(styles.bare)} />
      <Button slot="decrement" className={cx(styles.step)}>
        <Minus aria-hidden />
      </Button>
      <Button slot="increment" className={cx(styles.step)}>
        <Plus aria-hidden />
      </Button>
    </Group>
    <Hint>{hint}</Hint>
  </AriaNumberField>
);

export const SearchField = ({
  label,
  value,
  onChange,
  placeholder,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly placeholder?: string;
}) => (
  <AriaSearchField aria-label={label} value={value} onChange={onChange} className={cx(styles.search)}>
    <Search aria-hidden className={styles.searchIcon} />
    <Input placeholder={placeholder ?? label} className={cx(styles.bare)} />
    <Button className={cx(styles.clear)}>
      <X aria-hidden />
    </Button>
  </AriaSearchField>
);

export interface Option<T extends string> {
  readonly id: T;
  readonly label: string;
  readonly note?: string;
}

export const SelectField = <T extends string>({
  label,
  hint,
  labelHidden = false,
  options,
  value,
  onChange,
  quiet = false,
}: Labelled & {
  readonly options: readonly Option<T>[];
  readonly value: T;
  readonly onChange: (value: T) => void;
  readonly quiet?: boolean;
}) => (
  <Select value={value} onChange={(key) => onChange(key as T)} className={cx(styles.field)}>
    <FieldLabel label={label} labelHidden={labelHidden} />
    <Button className={cx(styles.select, quiet && styles.quietSelect)}>
      <SelectValue className={cx(styles.value)} />
      <ChevronDown aria-hidden />
    </Button>
    <Hint>{hint}</Hint>
    <Popover className={cx(styles.popover)} offset={4}>
      <ListBox className={cx(styles.list)}>
        {options.map((option) => (
          <ListBoxItem key={option.id} id={option.id} textValue={option.label} className={cx(styles.option)}>
            <Text slot="label">{option.label}</Text>
            {option.note !== undefined && (
              <Text slot="description" className={cx(styles.note)}>
                {option.note}
              </Text>
            )}
          </ListBoxItem>
        ))}
      </ListBox>
    </Popover>
  </Select>
);

export const SwitchField = ({
  label,
  hint,
  isSelected,
  onChange,
}: {
  readonly label: string;
  readonly hint?: string;
  readonly isSelected: boolean;
  readonly onChange: (on: boolean) => void;
}) => (
  <Switch isSelected={isSelected} onChange={onChange} className={cx(styles.switch)}>
    <span className={styles.track}>
      <span className={styles.thumb} />
    </span>
    <span>
      {label}
      {hint !== undefined && <span className={styles.switchHint}>{hint}</span>}
    </span>
  </Switch>
);
