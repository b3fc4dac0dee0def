import { FilePlus2, FileUp, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { FileTrigger } from 'react-aria-components';
import { useStore } from 'zustand';
import type { Project, ScriptSummary } from '#contract/entities.ts';
import { useStudio } from '../../app/studio-context.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { cx } from '../../components/cx.ts';
import { FileDrop } from '../../components/file-drop.tsx';
import { plural } from '../../components/format.ts';
import { ConfirmSheet } from '../../components/sheet.tsx';
import styles from './script-list.module.css';

const isTable = (file: File): boolean => /\.(csv|tsv)$/i.test(file.name) || file.type === 'text/csv';

const Entry = ({ script, onRemove }: { readonly script: ScriptSummary; readonly onRemove: () => void }) => {
  const { navigation } = useStudio();
  const current = useStore(navigation, (state) => state.scriptId === script.id);
  return (
    <li className={styles.item}>
      <button
        type="button"
        aria-current={current ? 'true' : undefined}
        className={cx(styles.entry, current && styles.current)}
        onClick={() => navigation.openScript(script.id)}
      >
        <span className={styles.title}>{script.title}</span>
        <span className={styles.note}>
          {plural(script.lineCount, 'line')}
          {script.variantCount > 0 && `, ${plural(script.variantCount, 'variant')}`}
          {script.slotSeconds !== null && `, ${script.slotSeconds} s`}
        </span>
      </button>
      <IconButton size="small" label={`Remove ${script.title}`} className={styles.remove} onPress={onRemove}>
        <Trash2 aria-hidden />
      </IconButton>
    </li>
  );
};

/** Campaigns and their scripts; files dropped here become scripts, a CSV becomes the open script's variants. */
export const ScriptList = () => {
  const { projects, navigation, variants, messages } = useStudio();
  const list = useStore(projects, (state) => state.projects);
  const scripts = useStore(projects, (state) => state.scripts);
  const scriptId = useStore(navigation, (state) => state.scriptId);
  const [removing, setRemoving] = useState<ScriptSummary | null>(null);
  const target: Project | undefined =
    list.find(({ id }) => id === scripts.find((script) => script.id === scriptId)?.projectId) ?? list[0];

  const take = async (files: readonly File[]): Promise<void> => {
    for (const file of files) {
      if (isTable(file)) {
        navigation.go({ tab: 'variants' });
        await variants.importFile(file);
      } else if (target !== undefined) await projects.importScript(target.id, file);
      else messages.show('warning', 'Make a first script; then files can be imported into its project.');
    }
  };
  return (
    <FileDrop label="Drop scripts or a CSV" onFiles={(files) => void take(files)} className={styles.side}>
      <nav aria-label="Scripts" className={styles.list}>
        {list.map((project) => (
          <section key={project.id} aria-label={project.name} className={styles.project}>
            <h2 className={styles.name}>{project.name}</h2>
            <ul>
              {scripts
                .filter((script) => script.projectId === project.id)
                .map((script) => (
                  <Entry key={script.id} script={script} onRemove={() => setRemoving(script)} />
                ))}
            </ul>
          </section>
        ))}
      </nav>
      <div className={styles.actions}>
        <Button size="small" icon={<FilePlus2 aria-hidden />} onPress={() => navigation.show('new-script')}>
          New
        </Button>
        <FileTrigger allowsMultiple onSelect={(files) => void take([...(files ?? [])])}>
          <Button size="small" icon={<FileUp aria-hidden />} isDisabled={target === undefined}>
            Import
          </Button>
        </FileTrigger>
      </div>
      {removing !== null && (
        <ConfirmSheet
          title={`Remove ${removing.title}?`}
          confirm="Remove script"
          onClose={() => setRemoving(null)}
          onConfirm={() => void projects.removeScript(removing.id)}
        >
          The text and its variants leave this library. Takes that were rendered from it stay, and stay paid for.
        </ConfirmSheet>
      )}
    </FileDrop>
  );
};
