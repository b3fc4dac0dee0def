import { useState } from 'react';
import { Label, Text, TextArea, TextField } from 'react-aria-components';
import type { VoiceSettings } from '#contract/entities.ts';
import { cx } from '../../components/cx.ts';
import { wordsOf } from '../../words/words.ts';
import styles from './settings-text.module.css';

const write = (settings: VoiceSettings): string =>
  Object.entries(settings)
    .map(([name, value]) => `${name}=${value}`)
    .join('\n');

const valueOf = (text: string): string | number | boolean => {
  if (text === 'true' || text === 'false') return text === 'true';
  return text !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
};

/** `name=value` on each line, as the CLI's `--set` takes them; lines without `=` are left out. */
export const readSettings = (text: string): VoiceSettings =>
  Object.fromEntries(
    text.split('\n').flatMap((line) => {
      const at = line.indexOf('=');
      const name = line.slice(0, Math.max(0, at)).trim();
      return name === '' ? [] : [[name, valueOf(line.slice(at + 1).trim())]];
    }),
  );

export const SettingsText = ({
  label,
  settings,
  onChange,
}: {
  readonly label: string;
  readonly settings: VoiceSettings;
  readonly onChange: (settings: VoiceSettings) => void;
}) => {
  const [text, setText] = useState(() => write(settings));
  const change = (next: string): void => {
    setText(next);
    onChange(readSettings(next));
  };
  return (
    <TextField value={text} onChange={change} className={cx(styles.field)}>
      <Label className={cx(styles.label)}>{label}</Label>
      <TextArea
        rows={3}
        spellCheck={false}
        placeholder={wordsOf('settings')('settingsPlaceholder')}
        className={cx(styles.text)}
      />
      <Text slot="description" className={cx(styles.hint)}>
        {wordsOf('settings')('settingsHint')}
      </Text>
    </TextField>
  );
};
