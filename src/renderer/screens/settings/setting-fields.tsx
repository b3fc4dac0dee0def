import type { SettingValue, VoiceSettings } from '#contract/entities.ts';
import type { SettingRange } from '#contract/voices.ts';
import { NumberField, SelectField, TextField } from '../../components/field.tsx';
import { wordsOf } from '../../words/words.ts';
import styles from './setting-fields.module.css';

type Change = (value: SettingValue | undefined) => void;

const defaultWords = ({ defaultValue }: SettingRange): string => {
  const t = wordsOf('settings');
  if (defaultValue === null || defaultValue === '') return t('vendorDefault');
  const value = typeof defaultValue === 'boolean' ? t(defaultValue ? 'on' : 'off') : String(defaultValue);
  return t('vendorDefaultIs', { value });
};

const unset = '\u0000default';

const ChoiceField = ({
  range,
  value,
  choices,
  onChange,
}: {
  readonly range: SettingRange;
  readonly value: string | undefined;
  readonly choices: readonly (readonly [id: string, label: string])[];
  readonly onChange: (id: string | undefined) => void;
}) => (
  <SelectField
    label={range.label}
    hint={range.hint === '' ? undefined : range.hint}
    value={value ?? unset}
    onChange={(id) => onChange(id === unset ? undefined : id)}
    options={[
      { id: unset, label: defaultWords(range) },
      ...choices.map(([id, label]) => ({ id, label })),
      // A value from an earlier version or from the command line stays visible and stays set.
      ...(value === undefined || choices.some(([id]) => id === value) ? [] : [{ id: value, label: value }]),
    ]}
  />
);

const SettingField = ({
  range,
  value,
  onChange,
}: {
  readonly range: SettingRange;
  readonly value: SettingValue | undefined;
  readonly onChange: Change;
}) => {
  const hint = range.hint === '' ? undefined : range.hint;
  switch (range.kind) {
    case 'boolean':
      return (
        <ChoiceField
          range={range}
          value={value === undefined ? undefined : String(value)}
          choices={[
            ['true', wordsOf('settings')('switchedOn')],
            ['false', wordsOf('settings')('switchedOff')],
          ]}
          onChange={(id) => onChange(id === undefined ? undefined : id === 'true')}
        />
      );
    case 'choice':
      return (
        <ChoiceField
          range={range}
          value={value === undefined ? undefined : String(value)}
          choices={(range.choices ?? []).map((choice) => [choice, choice])}
          onChange={onChange}
        />
      );
    case 'number':
      return (
        <NumberField
          label={range.label}
          hint={hint}
          value={value === undefined ? Number.NaN : Number(value)}
          placeholder={defaultWords(range)}
          {...(range.min === null ? {} : { minValue: range.min })}
          {...(range.max === null ? {} : { maxValue: range.max })}
          {...(range.step === null ? {} : { step: range.step })}
          formatOptions={{ useGrouping: false, maximumFractionDigits: 6 }}
          onChange={(number) => onChange(Number.isNaN(number) ? undefined : number)}
        />
      );
    case 'text':
      return (
        <TextField
          label={range.label}
          hint={hint}
          value={value === undefined ? '' : String(value)}
          placeholder={defaultWords(range)}
          onChange={(text) => onChange(text === '' ? undefined : text)}
        />
      );
  }
};

/** The settings that a vendor names, one field each. An empty field is not set: the vendor's default holds. */
export const SettingFields = ({
  ranges,
  settings,
  onChange,
}: {
  readonly ranges: readonly SettingRange[];
  readonly settings: VoiceSettings;
  readonly onChange: (settings: VoiceSettings) => void;
}) => (
  <div className={styles.fields}>
    {ranges.map((range) => (
      <SettingField
        key={range.name}
        range={range}
        value={settings[range.name]}
        onChange={(value) => {
          const { [range.name]: _before, ...others } = settings;
          onChange(value === undefined ? others : { ...others, [range.name]: value });
        }}
      />
    ))}
  </div>
);
