import { useState } from 'react';
import { useStore } from 'zustand';
import { useStudio } from '../../app/studio-context.ts';
import { Button } from '../../components/button.tsx';
import { TextField } from '../../components/field.tsx';
import { Sheet } from '../../components/sheet.tsx';
import styles from './sheet-form.module.css';

export const NewScriptSheet = () => {
  const { projects, navigation } = useStudio();
  const current = useStore(projects, (state) => {
    const open = state.scripts.find((script) => script.id === navigation.getState().scriptId);
    return (state.projects.find(({ id }) => id === open?.projectId) ?? state.projects[0])?.name;
  });
  const [title, setTitle] = useState('');
  const [project, setProject] = useState(current ?? 'My campaign');
  const create = (): void => {
    if (title.trim() === '' || project.trim() === '') return;
    navigation.show(null);
    void projects.createScript(project.trim(), title.trim());
  };
  return (
    <Sheet
      title="New script"
      onClose={() => navigation.show(null)}
      footer={
        <Button look="primary" type="submit" form="new-script" isDisabled={title.trim() === ''}>
          Create script
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
        <TextField label="Title" value={title} onChange={setTitle} autoFocus placeholder="Spring sale" />
        <TextField
          label="Project"
          value={project}
          onChange={setProject}
          hint="An existing name adds to that campaign; a new one starts it."
        />
      </form>
    </Sheet>
  );
};
