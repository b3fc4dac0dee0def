import { SwitchField, TextField } from '../../components/field.tsx';

/** A key goes in and never comes out: the field is empty whenever it opens. */
export const KeyFields = ({
  value,
  onChange,
  sessionOnly,
  onSessionOnly,
  hint = 'Goes into this computer’s vault and never comes back out.',
  autoFocus = false,
}: {
  readonly value: string;
  readonly onChange: (key: string) => void;
  readonly sessionOnly: boolean;
  readonly onSessionOnly: (on: boolean) => void;
  readonly hint?: string;
  readonly autoFocus?: boolean;
}) => (
  <>
    <TextField
      label="API key"
      type="password"
      autoComplete="off"
      value={value}
      onChange={onChange}
      autoFocus={autoFocus}
      hint={hint}
    />
    <SwitchField
      label="Keep the key for this session only"
      hint="It is written nowhere and is gone when Cuebooth ends."
      isSelected={sessionOnly}
      onChange={onSessionOnly}
    />
  </>
);
