import { FolderInput } from 'lucide-react';
import { Button as AriaButton, Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { useStore } from 'zustand';
import type { ProjectId } from '#contract/entities.ts';
import type { HistoryEntry } from '#contract/history.ts';
import { useStudio } from '../../app/studio-context.ts';
import { cx } from '../../components/cx.ts';
import { wordsOf } from '../../words/words.ts';
import { ChoiceList } from './filter-chip.tsx';
import bar from './filter-bar.module.css';
import styles from './history-screen.module.css';

const none = '-';

/** Files what was made elsewhere under a project. What was rendered here has the project of its render. */
export const ProjectField = ({ entries }: { readonly entries: readonly HistoryEntry[] }) => {
  const { history, projects } = useStudio();
  const known = useStore(projects, (state) => state.projects);
  const t = wordsOf('history');
  const others = entries.filter(({ origin }) => origin === 'vendor');
  const [first] = others;
  if (first === undefined) return <>{entries[0]?.project ?? '–'}</>;
  const isSame = others.every(({ projectId }) => projectId === first.projectId);
  const words = others.length > 1 ? t('fileMany', { count: others.length }) : (first.project ?? t('fileUnder'));
  return (
    <DialogTrigger>
      <AriaButton className={cx(bar.chip, styles.file)} data-command="history.file">
        <FolderInput aria-hidden /> {words}
      </AriaButton>
      <Popover className={cx(bar.popover)} placement="bottom end" offset={4}>
        <Dialog aria-label={t('fileUnder')} className={cx(bar.dialog)}>
          {({ close }) => (
            <ChoiceList
              label={t('fileUnder')}
              choices={[{ id: none, label: t('noProject') }, ...known.map(({ id, name }) => ({ id, label: name }))]}
              value={isSame ? (first.projectId ?? none) : null}
              onClose={close}
              onChoose={(id) => {
                void history.assign(others, id === none ? null : (id as ProjectId));
                close();
              }}
            />
          )}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
};
