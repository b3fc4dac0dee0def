import { ChevronRight, Ellipsis, FilePlus2, FileUp } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { Button as AriaButton, FileTrigger, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { useStore } from 'zustand';
import type { Project, ScriptSummary } from '#contract/entities.ts';
import { useStudio } from '../../app/studio-context.ts';
import { Button } from '../../components/button.tsx';
import { cx } from '../../components/cx.ts';
import { SearchField } from '../../components/field.tsx';
import { formatCount } from '../../components/format.ts';
import { wordsOf } from '../../words/words.ts';
import { RenameSheet, type Renamed } from './rename-sheet.tsx';
import styles from './script-list.module.css';
import { useTakeFiles } from './take-files.ts';

interface Choice {
  readonly id: string;
  readonly words: string;
  readonly run: () => void;
}

const More = ({ label, choices }: { readonly label: string; readonly choices: readonly Choice[] }) => (
  <MenuTrigger>
    <AriaButton aria-label={label} className={cx(styles.more)}>
      <Ellipsis aria-hidden />
    </AriaButton>
    <Popover className={cx(styles.popover)} offset={2} placement="bottom end">
      <Menu
        aria-label={label}
        className={cx(styles.menu)}
        onAction={(key) => choices.find(({ id }) => id === key)?.run()}
      >
        {choices.map(({ id, words }) => (
          <MenuItem key={id} id={id} className={cx(styles.choice)}>
            {words}
          </MenuItem>
        ))}
      </Menu>
    </Popover>
  </MenuTrigger>
);

const Entry = ({ script, onRename }: { readonly script: ScriptSummary; readonly onRename: () => void }) => {
  const { navigation, projects } = useStudio();
  const current = useStore(navigation, (state) => state.scriptId === script.id);
  const place = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (current) place.current?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  const t = wordsOf('scripts');
  const c = wordsOf('common');
  const open = (overlay: 'find' | 'revisions'): void => {
    navigation.openScript(script.id);
    navigation.show(overlay);
  };
  const choices: readonly Choice[] = [
    { id: 'rename', words: t('renameEllipsis'), run: onRename },
    { id: 'revisions', words: t('history'), run: () => open('revisions') },
    { id: 'remove', words: t('remove'), run: () => void projects.removeScript(script) },
  ];
  const byKey = (event: KeyboardEvent): void => {
    if (event.key === 'F2') onRename();
    else if (event.key === 'Delete') void projects.removeScript(script);
    else return;
    event.preventDefault();
  };
  return (
    <li className={styles.item}>
      <button
        ref={place}
        type="button"
        aria-current={current ? 'true' : undefined}
        className={cx(styles.entry, current && styles.current)}
        data-entry
        onClick={() => navigation.openScript(script.id)}
        onKeyDown={byKey}
      >
        <span className={styles.title} dir="auto">
          {script.title}
        </span>
        <span className={styles.note}>
          {[
            c('lines', { count: script.lineCount }),
            ...(script.variantCount > 0 ? [c('variants', { count: script.variantCount })] : []),
            ...(script.slotSeconds === null ? [] : [t('slotNote', { seconds: script.slotSeconds })]),
          ].join(', ')}
        </span>
      </button>
      <More label={t('scriptMenu', { title: script.title })} choices={choices} />
    </li>
  );
};

const foldedName = 'scripts.folded';

const useFolded = (): readonly [ReadonlySet<string>, (projectId: string) => void] => {
  const { preferences } = useStudio();
  const kept = useStore(preferences, (state) => state.layout[foldedName]);
  const folded = new Set(Array.isArray(kept) ? kept.filter((id) => typeof id === 'string') : []);
  return [
    folded,
    (projectId) => {
      const next = new Set(folded);
      if (!next.delete(projectId)) next.add(projectId);
      void preferences.setLayout(foldedName, [...next]);
    },
  ];
};

const ProjectSection = ({
  project,
  scripts,
  isFolded,
  onFold,
  onRename,
}: {
  readonly project: Project;
  readonly scripts: readonly ScriptSummary[];
  readonly isFolded: boolean;
  readonly onFold: () => void;
  readonly onRename: (what: Renamed) => void;
}) => {
  const { navigation } = useStudio();
  const t = wordsOf('scripts');
  const choices: readonly Choice[] = [
    { id: 'new', words: t('newHere'), run: () => navigation.show('new-script', project.id) },
    { id: 'find', words: t('findHere'), run: () => navigation.show('find', project.id) },
    { id: 'rename', words: t('renameEllipsis'), run: () => onRename({ kind: 'project', project }) },
  ];
  return (
    <section aria-label={project.name} className={styles.project}>
      <div className={styles.head}>
        <h2 className={styles.heading}>
          <button
            type="button"
            aria-expanded={!isFolded}
            aria-label={t(isFolded ? 'expand' : 'collapse', { name: project.name })}
            className={styles.fold}
            data-entry
            onClick={onFold}
          >
            <ChevronRight aria-hidden className={cx(styles.arrow, !isFolded && styles.unfolded)} />
            <span className={styles.name} dir="auto">
              {project.name}
            </span>
            {isFolded && <span className={styles.count}>{formatCount(scripts.length)}</span>}
          </button>
        </h2>
        <More label={t('projectMenu', { name: project.name })} choices={choices} />
      </div>
      {!isFolded && scripts.length === 0 && <p className={styles.none}>{t('emptyProject')}</p>}
      {!isFolded && scripts.length > 0 && (
        <ul>
          {scripts.map((script) => (
            <Entry key={script.id} script={script} onRename={() => onRename({ kind: 'script', script })} />
          ))}
        </ul>
      )}
    </section>
  );
};

/** Up and down go through the list, whatever is folded. */
const byArrows = (event: KeyboardEvent<HTMLElement>): void => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined || !(event.target instanceof HTMLElement) || event.target.dataset['entry'] === undefined)
    return;
  const entries = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-entry]')];
  const next = entries[entries.indexOf(event.target) + step];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
};

/** From so many scripts on, looking for one by eye takes longer than typing. */
const filterFrom = 8;

/** Campaigns and their scripts. */
export const ScriptList = () => {
  const { projects, navigation } = useStudio();
  const list = useStore(projects, (state) => state.projects);
  const scripts = useStore(projects, (state) => state.scripts);
  const [filter, setFilter] = useState('');
  const [renaming, setRenaming] = useState<Renamed | null>(null);
  const [folded, fold] = useFolded();
  const take = useTakeFiles();
  const t = wordsOf('scripts');
  const wanted = filter.trim().toLowerCase();
  const sections = list
    .map((project) => ({
      project,
      own: scripts.filter(
        ({ projectId, title, path }) =>
          projectId === project.id &&
          (`${title} ${path}`.toLowerCase().includes(wanted) || project.name.toLowerCase().includes(wanted)),
      ),
    }))
    .filter(({ own, project }) => wanted === '' || own.length > 0 || project.name.toLowerCase().includes(wanted));
  return (
    <div className={styles.side}>
      {(scripts.length >= filterFrom || filter !== '') && (
        <div className={styles.filter}>
          <SearchField label={t('filter')} value={filter} onChange={setFilter} />
        </div>
      )}
      <nav aria-label={t('scripts')} className={styles.list} onKeyDown={byArrows}>
        {sections.map(({ project, own }) => (
          <ProjectSection
            key={project.id}
            project={project}
            scripts={own}
            isFolded={wanted === '' && folded.has(project.id)}
            onFold={() => fold(project.id)}
            onRename={setRenaming}
          />
        ))}
        {sections.length === 0 && wanted !== '' && <p className={styles.none}>{t('noMatch')}</p>}
      </nav>
      <div className={styles.actions}>
        <Button size="small" icon={<FilePlus2 aria-hidden />} onPress={() => navigation.show('new-script')}>
          {t('new')}
        </Button>
        <FileTrigger allowsMultiple onSelect={(files) => take([...(files ?? [])])}>
          <Button size="small" icon={<FileUp aria-hidden />}>
            {t('import')}
          </Button>
        </FileTrigger>
      </div>
      {renaming !== null && <RenameSheet what={renaming} onClose={() => setRenaming(null)} />}
    </div>
  );
};
