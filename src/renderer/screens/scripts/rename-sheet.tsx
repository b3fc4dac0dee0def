import { useState } from 'react';
import type { Project, ScriptSummary } from '#contract/entities.ts';
import { useStudio } from '../../app/studio-context.ts';
import { Button } from '../../components/button.tsx';
import { TextField } from '../../components/field.tsx';
import { Sheet } from '../../components/sheet.tsx';
import { wordsOf } from '../../words/words.ts';
import styles from './sheet-form.module.css';

export type Renamed =
  | { readonly kind: 'script'; readonly script: ScriptSummary }
  | { readonly kind: 'project'; readonly project: Project };

/** Another name for a script or a project; Undo takes it back. */
export const RenameSheet = ({ what, onClose }: { readonly what: Renamed; readonly onClose: () => void }) => {
  const { projects } = useStudio();
  const [name, setName] = useState(what.kind === 'script' ? what.script.title : what.project.name);
  const [path, setPath] = useState(what.kind === 'script' ? what.script.path : '');
  const t = wordsOf('scripts');
  const isScript = what.kind === 'script';
  const isComplete = name.trim() !== '' && (!isScript || path.trim() !== '');
  const rename = (): void => {
    if (!isComplete) return;
    onClose();
    if (what.kind === 'script') void projects.renameScript(what.script, { title: name.trim(), path: path.trim() });
    else if (name.trim() !== what.project.name) void projects.renameProject(what.project, name.trim());
  };
  return (
    <Sheet
      title={isScript ? t('renameScript') : t('renameProject')}
      onClose={onClose}
      footer={
        <Button look="primary" type="submit" form="rename" isDisabled={!isComplete}>
          {t('rename')}
        </Button>
      }
    >
      <form
        id="rename"
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          rename();
        }}
      >
        <TextField
          label={isScript ? t('title') : t('name')}
          value={name}
          onChange={setName}
          autoFocus
          hint={isScript ? t('titleHint') : undefined}
        />
        {isScript && <TextField label={t('fileName')} value={path} onChange={setPath} hint={t('fileNameHint')} />}
      </form>
    </Sheet>
  );
};
