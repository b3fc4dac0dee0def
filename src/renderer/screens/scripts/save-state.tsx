import { History } from 'lucide-react';
import { useStore } from 'zustand';
import { useStudio } from '../../app/studio-context.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { cx } from '../../components/cx.ts';
import { modKey } from '../../components/format.ts';
import { wordsOf } from '../../words/words.ts';
import styles from './save-state.module.css';
import { useKeys } from './use-keys.ts';

/** Whether the text is safe on disk, in words, and the way out where it is not. */
export const SaveState = () => {
  const { script } = useStudio();
  const save = useStore(script, (state) => state.save);
  const path = useStore(script, (state) => state.script?.path);
  const revision = useStore(script, (state) => state.script?.revision);
  const t = wordsOf('scripts');
  const { navigation } = useStudio();
  const keys = useKeys('script.revisions');
  const words = {
    saved: t('saved', { revision: String(revision) }),
    unsaved: t('unsaved', { key: modKey }),
    saving: t('saving'),
    failed: t('saveFailed'),
    elsewhere: t('elsewhere'),
  } as const;
  return (
    <div className={styles.state}>
      <span className={styles.path}>{path}</span>
      <span role="status" className={cx(styles.words, (save === 'failed' || save === 'elsewhere') && styles.bad)}>
        {words[save]}
      </span>
      {revision !== undefined && (
        <IconButton size="small" label={t('showRevisions')} keys={keys} onPress={() => navigation.show('revisions')}>
          <History aria-hidden />
        </IconButton>
      )}
      {save === 'failed' && (
        <Button size="small" onPress={() => void script.save()}>
          {t('saveAgain')}
        </Button>
      )}
      {save === 'elsewhere' && (
        <>
          <Button size="small" onPress={() => void script.settle('ours')}>
            {t('keepMine')}
          </Button>
          <Button size="small" onPress={() => void script.settle('theirs')}>
            {t('takeTheirs')}
          </Button>
        </>
      )}
    </div>
  );
};
