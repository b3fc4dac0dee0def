import type { Voice } from '#contract/voices.ts';
import { SearchField, SelectField } from '../../components/field.tsx';
import type { VoiceFilter } from '../../stores/voice-store.ts';
import styles from './voice-facets.module.css';

const any = '';
const sorted = (values: readonly (string | null)[]): readonly string[] =>
  [...new Set(values.filter((value) => value !== null))].toSorted((a, b) => a.localeCompare(b));

const languageNames = new Intl.DisplayNames(['en'], { type: 'language' });
export const languageName = (tag: string): string => {
  try {
    return languageNames.of(tag) ?? tag;
  } catch {
    return tag;
  }
};

/** Search and facets, made of what the voices themselves say. */
export const VoiceFacets = ({
  voices,
  filter,
  onChange,
}: {
  readonly voices: readonly Voice[];
  readonly filter: VoiceFilter;
  readonly onChange: (part: Partial<VoiceFilter>) => void;
}) => {
  const languages = sorted(voices.map(({ language }) => language));
  const workspaces = sorted(voices.map(({ workspaceName }) => workspaceName));
  return (
    <div className={styles.facets}>
      <SearchField label="Find a voice" value={filter.search} onChange={(search) => onChange({ search })} />
      <SelectField
        label="Language"
        labelHidden
        value={filter.language ?? any}
        onChange={(language) => onChange({ language: language === any ? null : language })}
        options={[
          { id: any, label: 'Every language' },
          ...languages.map((tag) => ({ id: tag, label: languageName(tag) })),
        ]}
      />
      <SelectField
        label="Gender"
        labelHidden
        value={filter.gender ?? any}
        onChange={(gender) => onChange({ gender: gender === any ? null : (gender as Voice['gender']) })}
        options={[
          { id: any, label: 'Every gender' },
          { id: 'female', label: 'Female' },
          { id: 'male', label: 'Male' },
          { id: 'neutral', label: 'Neutral' },
        ]}
      />
      <SelectField
        label="Workspace"
        labelHidden
        value={filter.workspaceName ?? any}
        onChange={(name) => onChange({ workspaceName: name === any ? null : name })}
        options={[{ id: any, label: 'Every workspace' }, ...workspaces.map((name) => ({ id: name, label: name }))]}
      />
    </div>
  );
};
