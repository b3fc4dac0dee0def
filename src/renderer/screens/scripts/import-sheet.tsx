import { CircleAlert, FileText, FileUp } from 'lucide-react';
import { useState } from 'react';
import { FileTrigger } from 'react-aria-components';
import { useStore } from 'zustand';
import type { ProjectId } from '#contract/entities.ts';
import { useStudio } from '../../app/studio-context.ts';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { SelectField, TextField } from '../../components/field.tsx';
import { FileDrop } from '../../components/file-drop.tsx';
import { PendingMark } from '../../components/pending-mark.tsx';
import { Sheet } from '../../components/sheet.tsx';
import { type ImportItem, isTable } from '../../stores/import-store.ts';
import { wordsOf } from '../../words/words.ts';
import styles from './import-sheet.module.css';

/** The first spoken rows, as a taste of what was understood. */
const tasteOf = (source: string): string => {
  const body = /^---\n[\s\S]*?\n---\n([\s\S]*)$/u.exec(source)?.[1] ?? source;
  return body.trim().split('\n').slice(0, 6).join('\n');
};

const Item = ({ item, isTaken }: { readonly item: ImportItem; readonly isTaken: boolean }) => {
  const { imports, script } = useStudio();
  const openTitle = useStore(script, (state) => state.script?.title);
  const t = wordsOf('scripts');
  const c = wordsOf('common');
  const { id, file, understood, failure, use, path } = item;
  const uses = [
    { id: 'script' as const, label: t('asScript') },
    ...(isTable(file) && openTitle !== undefined
      ? [{ id: 'variants' as const, label: t('asVariants', { title: openTitle }) }]
      : []),
    { id: 'leave' as const, label: t('leaveOut') },
  ];
  return (
    <li className={styles.item}>
      <div className={styles.head}>
        <FileText aria-hidden />
        <span className={styles.file} dir="auto">
          {file.name}
        </span>
        {understood !== null && <Badge>{t(`format_${understood.format}`)}</Badge>}
        {understood === null && failure === null && (
          <span className={styles.soft}>
            <PendingMark /> {t('reading')}
          </span>
        )}
      </div>
      {failure !== null && (
        <p className={styles.failure} role="alert">
          <CircleAlert aria-hidden /> {failure}
        </p>
      )}
      {understood !== null && (
        <>
          <div className={styles.fields}>
            <SelectField
              label={t('useAs')}
              value={use}
              options={uses}
              onChange={(next) => imports.change(id, { use: next })}
            />
            {use === 'script' && (
              <TextField
                label={t('fileName')}
                value={path}
                onChange={(next) => imports.change(id, { path: next })}
                hint={isTaken ? t('replacesScript') : undefined}
              />
            )}
          </div>
          {use === 'script' && (
            <>
              <p className={styles.title} dir="auto">
                {understood.title} <span className={styles.soft}>{c('lines', { count: understood.lines })}</span>
              </p>
              {understood.notes.length > 0 && (
                <ul className={styles.notes} aria-label={t('understood')}>
                  {understood.notes.map((note) => (
                    <li key={note}>{note}</li>
                  ))}
                </ul>
              )}
              <pre className={styles.taste} dir="auto">
                {tasteOf(understood.source)}
              </pre>
            </>
          )}
        </>
      )}
    </li>
  );
};

/** Files on their way in, and what was understood of each, before anything is saved. */
export const ImportSheet = () => {
  const { imports, projects, navigation, variants, script } = useStudio();
  const items = useStore(imports, (state) => state.items);
  const saving = useStore(imports, (state) => state.saving);
  const all = useStore(projects, (state) => state.projects);
  const scripts = useStore(projects, (state) => state.scripts);
  const openId = useStore(navigation, (state) => state.scriptId);
  const start = scripts.find(({ id }) => id === openId)?.projectId ?? all[0]?.id ?? '';
  const [project, setProject] = useState<string>(start);
  const t = wordsOf('scripts');
  const count = items.filter(({ use, understood }) => use === 'script' && understood !== null).length;
  const hasTable = items.some(({ use }) => use === 'variants');
  const isReading = items.some(({ understood, failure }) => understood === null && failure === null);
  const taken = new Set(scripts.filter(({ projectId }) => projectId === project).map(({ path }) => path));
  const take = (files: readonly File[]): void => {
    if (files.length > 0) void imports.take(files);
  };
  const save = (): void => {
    const open = script.getState().script;
    const table = open === null ? null : { scriptId: open.id, importFile: variants.importFile };
    void imports.save(project === '' ? null : (project as ProjectId), table);
  };
  return (
    <Sheet
      title={t('importTitle')}
      width="wide"
      onClose={() => navigation.show(null)}
      footer={
        items.length > 0 && (
          <Button look="primary" busy={saving} isDisabled={isReading || (count === 0 && !hasTable)} onPress={save}>
            {count === 0 ? t('importVariants') : t('importDo', { count })}
          </Button>
        )
      }
    >
      <FileDrop label={t('dropHere')} onFiles={take}>
        {items.length === 0 ? (
          <div className={styles.empty}>
            <p className={styles.help}>{t('importHelp')}</p>
            <FileTrigger allowsMultiple onSelect={(files) => take([...(files ?? [])])}>
              <Button icon={<FileUp aria-hidden />}>{t('chooseFiles')}</Button>
            </FileTrigger>
          </div>
        ) : (
          <div className={styles.form}>
            {count > 0 && all.length > 0 && (
              <SelectField
                label={t('importInto')}
                value={project}
                onChange={setProject}
                options={all.map(({ id, name }) => ({ id: id as string, label: name }))}
              />
            )}
            <ul className={styles.items}>
              {items.map((item) => (
                <Item key={item.id} item={item} isTaken={taken.has(item.path)} />
              ))}
            </ul>
          </div>
        )}
      </FileDrop>
    </Sheet>
  );
};
