import { useStore } from 'zustand';
import { useStudio } from '../../app/studio-context.ts';
import { Button } from '../../components/button.tsx';
import { cx } from '../../components/cx.ts';
import { modKey } from '../../components/format.ts';
import styles from './save-state.module.css';

/** Whether the text is safe on disk, in words, and the way out where it is not. */
export const SaveState = () => {
  const { script } = useStudio();
  const save = useStore(script, (state) => state.save);
  const path = useStore(script, (state) => state.script?.path);
  const revision = useStore(script, (state) => state.script?.revision);
  const words = {
    saved: `Saved · revision ${revision}`,
    unsaved: `Not saved yet · ${modKey} S saves now`,
    saving: 'Saving…',
    failed: 'Not saved. Your text is kept here.',
    elsewhere: 'Changed in another place. Your text is kept here.',
  } as const;
  return (
    <div className={styles.state}>
      <span className={styles.path}>{path}</span>
      <span role="status" className={cx(styles.words, (save === 'failed' || save === 'elsewhere') && styles.bad)}>
        {words[save]}
      </span>
      {save === 'failed' && (
        <Button size="small" onPress={() => void script.save()}>
          Save again
        </Button>
      )}
      {save === 'elsewhere' && (
        <>
          <Button size="small" onPress={() => void script.settle('ours')}>
            Keep mine
          </Button>
          <Button size="small" onPress={() => void script.settle('theirs')}>
            Take theirs
          </Button>
        </>
      )}
    </div>
  );
};
