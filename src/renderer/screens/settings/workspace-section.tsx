import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import type { Workspace } from '#contract/entities.ts';
import { useStudio } from '../../app/studio-context.ts';
import { Button } from '../../components/button.tsx';
import { ConfirmSheet } from '../../components/sheet.tsx';
import { wordsOf } from '../../words/words.ts';
import { KeySheet } from './key-sheet.tsx';
import { SectionFrame } from './section-frame.tsx';
import frame from './settings-screen.module.css';
import { WorkspaceForm } from './workspace-form.tsx';
import { WorkspaceItem } from './workspace-item.tsx';
import styles from './workspace-section.module.css';

type Open =
  | { readonly sheet: 'add' }
  | { readonly sheet: 'edit' | 'key' | 'remove'; readonly workspace: Workspace }
  | null;

/** Connections to vendor accounts. A key goes in, and only its last characters are ever shown. */
export const WorkspaceSection = () => {
  const { workspaces, navigation } = useStudio();
  const list = useStore(workspaces, (state) => state.workspaces);
  const status = useStore(workspaces, (state) => state.status);
  /** Whom a message sent here for: `key=set` asks for a new key at once. */
  const query = useStore(navigation, (state) => state.query);
  const [chosen, setOpen] = useState<Open>(null);
  const t = wordsOf('settings');
  const asked = list.find(({ id }) => id === query['workspace']);
  const open: Open =
    chosen ?? (asked !== undefined && query['key'] === 'set' ? { sheet: 'key', workspace: asked } : null);
  const close = (): void => {
    setOpen(null);
    if (query['key'] !== undefined) navigation.go({ room: 'settings', query: { section: 'workspaces' } }, 'replace');
  };
  const onlyFree = status === 'ready' && list.every(({ abilities }) => !abilities.needsKey);
  return (
    <SectionFrame
      title={t('workspaces')}
      about={t('workspacesAbout')}
      action={
        <Button
          look={onlyFree ? 'primary' : 'plain'}
          icon={<Plus aria-hidden />}
          onPress={() => setOpen({ sheet: 'add' })}
        >
          {t('addWorkspace')}
        </Button>
      }
    >
      {onlyFree && <p className={frame.notice}>{t('addFirst')}</p>}
      <ul className={styles.list}>
        {list.map((workspace) => (
          <WorkspaceItem
            key={workspace.id}
            workspace={workspace}
            pointed={workspace.id === asked?.id}
            onKey={() => setOpen({ sheet: 'key', workspace })}
            onEdit={() => setOpen({ sheet: 'edit', workspace })}
            onRemove={() => setOpen({ sheet: 'remove', workspace })}
          />
        ))}
      </ul>
      {open?.sheet === 'add' && <WorkspaceForm workspace={null} onClose={close} />}
      {open?.sheet === 'edit' && <WorkspaceForm workspace={open.workspace} onClose={close} />}
      {open?.sheet === 'key' && <KeySheet workspace={open.workspace} onClose={close} />}
      {open?.sheet === 'remove' && (
        <ConfirmSheet
          title={t('removeTitle', { name: open.workspace.name })}
          confirm={t('removeConfirm')}
          onClose={close}
          onConfirm={() => void workspaces.remove(open.workspace.id)}
        >
          {t('removeAbout')}
        </ConfirmSheet>
      )}
    </SectionFrame>
  );
};
