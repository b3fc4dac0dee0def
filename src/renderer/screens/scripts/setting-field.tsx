import { RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { Slider, SliderThumb, SliderTrack } from 'react-aria-components';
import type { SettingValue } from '#contract/entities.ts';
import type { SettingRange } from '#contract/voices.ts';
import { IconButton } from '../../components/button.tsx';
import { cx } from '../../components/cx.ts';
import { NumberField, SelectField, TextField } from '../../components/field.tsx';
import { wordsOf } from '../../words/words.ts';
import { exactNumber } from '../voices/voice-words.ts';
import { settingHint, settingLabel } from './setting-words.ts';
import styles from './role-settings.module.css';

/** Beyond this many steps a slider cannot be aimed with, as with a seed. */
const mostSteps = 5000;

/** Null: not set; the vendor does what it does by itself. */
type Value = SettingValue | null;
interface Field {
  readonly setting: SettingRange;
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}

const defaultWords = ({ defaultValue }: SettingRange): string => {
  const t = wordsOf('cast');
  if (defaultValue === null || defaultValue === '') return t('vendorDefault');
  if (typeof defaultValue === 'number') return t('vendorDefaultIs', { value: exactNumber(defaultValue) });
  const shown = defaultValue === true ? t('on') : defaultValue === false ? t('off') : defaultValue;
  return t('vendorDefaultIs', { value: shown });
};

const NumberSetting = ({ setting, value, onChange }: Field) => {
  const { min, max, defaultValue } = setting;
  const step = setting.step ?? 0.01;
  const start = typeof value === 'number' ? value : null;
  const [draft, setDraft] = useState(start);
  const label = settingLabel(setting);
  const slides = min !== null && max !== null && (max - min) / step <= mostSteps;
  const keep = (next: number | null): void => {
    if (next !== start && !Number.isNaN(next)) onChange(next);
  };
  const fallback = typeof defaultValue === 'number' ? defaultValue : (min ?? 0);
  return (
    <div className={styles.number}>
      {slides && (
        <Slider
          aria-label={label}
          value={draft ?? fallback}
          minValue={min}
          maxValue={max}
          step={step}
          onChange={(next) => setDraft(next as number)}
          onChangeEnd={(next) => keep(next as number)}
          className={cx(styles.slider, draft === null && styles.unset)}
        >
          <SliderTrack className={cx(styles.track)}>
            {({ state }) => (
              <>
                <div className={styles.fill} style={{ width: `${state.getThumbPercent(0) * 100}%` }} />
                <SliderThumb className={cx(styles.thumb)} />
              </>
            )}
          </SliderTrack>
        </Slider>
      )}
      <NumberField
        label={label}
        labelHidden
        value={draft ?? Number.NaN}
        {...(min === null ? {} : { minValue: min })}
        {...(max === null ? {} : { maxValue: max })}
        step={step}
        placeholder={typeof defaultValue === 'number' ? exactNumber(defaultValue) : ''}
        formatOptions={{ maximumFractionDigits: 4, useGrouping: false }}
        onChange={(next) => {
          const kept = Number.isNaN(next) ? null : next;
          setDraft(kept);
          keep(kept);
        }}
      />
    </div>
  );
};

const TextSetting = ({ setting, value, onChange }: Field) => {
  const start = value === null ? '' : String(value);
  const [draft, setDraft] = useState(start);
  const keep = (): void => {
    if (draft.trim() !== start) onChange(draft.trim() === '' ? null : draft.trim());
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        keep();
      }}
    >
      <TextField label={settingLabel(setting)} labelHidden value={draft} onChange={setDraft} onBlur={keep} />
    </form>
  );
};

const Control = (field: Field) => {
  const t = wordsOf('cast');
  const { setting, value, onChange } = field;
  if (setting.kind === 'number') return <NumberSetting {...field} />;
  if (setting.kind === 'text') return <TextSetting {...field} />;
  const choices = setting.kind === 'boolean' ? ['true', 'false'] : (setting.choices ?? []);
  const said = (choice: string): string => (setting.kind === 'boolean' ? t(choice === 'true' ? 'on' : 'off') : choice);
  const put = (choice: string): void =>
    onChange(choice === '' ? null : setting.kind === 'boolean' ? choice === 'true' : choice);
  return (
    <SelectField
      label={settingLabel(setting)}
      labelHidden
      value={value === null ? '' : String(value)}
      onChange={put}
      options={[
        { id: '', label: defaultWords(setting) },
        ...choices.map((choice) => ({ id: choice, label: said(choice) })),
      ]}
    />
  );
};

/** One setting with its real range, what it does, and the way back to the vendor's own. */
export const SettingField = (field: Field) => {
  const t = wordsOf('cast');
  const { setting, value, onChange } = field;
  const label = settingLabel(setting);
  return (
    <div className={styles.field}>
      <div className={styles.fieldHead}>
        <span className={styles.label}>{label}</span>
        <span className={styles.note}>{value === null ? defaultWords(setting) : ''}</span>
        {value !== null && (
          <IconButton
            size="small"
            label={t('resetOne', { name: label, value: defaultWords(setting) })}
            onPress={() => onChange(null)}
          >
            <RotateCcw aria-hidden />
          </IconButton>
        )}
      </div>
      <Control {...field} />
      <p className={styles.note}>{settingHint(setting)}</p>
    </div>
  );
};
