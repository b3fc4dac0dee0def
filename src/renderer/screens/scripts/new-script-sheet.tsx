import { useState } from 'react';
import { useStore } from 'zustand';
import { useStudio } from '../../app/studio-context.ts';
import { Button } from '../../components/button.tsx';
import { SelectField, TextField } from '../../components/field.tsx';
import { Sheet } from '../../components/sheet.tsx';
import { currentLocale, wordsOf } from '../../words/words.ts';
import styles from './sheet-form.module.css';

const slots = [15, 20, 30, 45, 60] as const;
const spokenLanguages = [
  'en-US',
  'en-GB',
  'de-DE',
  'fr-FR',
  'es-ES',
  'it-IT',
  'nl-NL',
  'pl-PL',
  'pt-BR',
  'ja-JP',
  'ko-KR',
] as const;
const newProject = 'new';

/** A first text with one speaker, in an existing project or a new one. */
export const NewScriptSheet = () => {
  const { projects, navigation } = useStudio();
  const all = useStore(projects, (state) => state.projects);
  const asked = useStore(navigation, (state) => state.subject);
  const current = useStore(projects, (state) => {
    const open = state.scripts.find((script) => script.id === navigation.getState().scriptId);
    return state.projects.find(({ id }) => id === (asked ?? open?.projectId)) ?? state.projects[0];
  });
  const t = wordsOf('scripts');
  const [title, setTitle] = useState('');
  const [project, setProject] = useState<string>(current?.id ?? newProject);
  const [name, setName] = useState(current === undefined ? t('firstCampaign') : '');
  const [slot, setSlot] = useState('30');
  const [language, setLanguage] = useState<string>(currentLocale().startsWith('de') ? 'de-DE' : 'en-US');
  const isNew = project === newProject;
  const projectName = isNew ? name.trim() : (all.find(({ id }) => id === project)?.name ?? '');
  const isComplete = title.trim() !== '' && projectName !== '';
  const names = new Intl.DisplayNames([currentLocale()], { type: 'language' });
  const create = (): void => {
    if (!isComplete) return;
    navigation.show(null);
    const slotSeconds = slot === '' ? null : Number(slot);
    void projects.createScript(projectName, { title: title.trim(), slotSeconds, language });
  };
  return (
    <Sheet
      title={t('newScript')}
      onClose={() => navigation.show(null)}
      footer={
        <Button look="primary" type="submit" form="new-script" isDisabled={!isComplete}>
          {t('createScript')}
        </Button>
      }
    >
      <form
        id="new-script"
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          create();
        }}
      >
        <TextField label={t('title')} value={title} onChange={setTitle} autoFocus placeholder={t('titlePlaceholder')} />
        <SelectField
          label={t('project')}
          value={project}
          onChange={setProject}
          options={[
            ...all.map(({ id, name: label }) => ({ id: id as string, label })),
            { id: newProject, label: t('newProject') },
          ]}
        />
        {isNew && <TextField label={t('newProjectName')} value={name} onChange={setName} />}
        <div className={styles.pair}>
          <SelectField
            label={t('slot')}
            value={slot}
            onChange={setSlot}
            options={[
              ...slots.map((seconds) => ({ id: String(seconds), label: t('slotSeconds', { seconds }) })),
              { id: '', label: t('noSlot') },
            ]}
          />
          <SelectField
            label={t('scriptLanguage')}
            value={language}
            onChange={setLanguage}
            options={spokenLanguages.map((id) => ({ id: id as string, label: names.of(id) ?? id }))}
          />
        </div>
      </form>
    </Sheet>
  );
};
