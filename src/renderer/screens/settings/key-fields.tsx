import { SwitchField, TextField } from '../../components/field.tsx';
import { wordsOf } from '../../words/words.ts';

/** A key goes in and never comes out: the field is empty whenever it opens. */
export const KeyFields = ({
  value,
  onChange,
  sessionOnly,
  onSessionOnly,
  hint,
  autoFocus = false,
}: {
  readonly value: string;
  readonly onChange: (key: string) => void;
  readonly sessionOnly: boolean;
  readonly onSessionOnly: (on: boolean) => void;
  readonly hint?: string;
  readonly autoFocus?: boolean;
}) => {
  const t = wordsOf('settings');
  return (
    <>
      <TextField
        label={t('apiKey')}
        type="password"
        autoComplete="off"
        value={value}
        onChange={onChange}
        autoFocus={autoFocus}
        hint={hint ?? t('keyHint')}
      />
      <SwitchField
        label={t('sessionOnly')}
        hint={t('sessionOnlyHint')}
        isSelected={sessionOnly}
        onChange={onSessionOnly}
      />
    </>
  );
};
