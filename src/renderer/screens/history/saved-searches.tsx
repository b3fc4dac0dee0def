import { Bookmark, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Button as AriaButton, Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { useStore } from 'zustand';
import type { SavedSearch } from '#contract/history.ts';
import { useStudio } from '../../app/studio-context.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { cx } from '../../components/cx.ts';
import { TextField } from '../../components/field.tsx';
import { filterOf, isWhole } from '../../stores/history-filter.ts';
import { wordsOf } from '../../words/words.ts';
import styles from './filter-bar.module.css';

const Saved = ({ search, onPick }: { readonly search: SavedSearch; readonly onPick: () => void }) => {
  const { history } = useStudio();
  const t = wordsOf('history');
  const [name, setName] = useState<string | null>(null);
  if (name !== null)
    return (
      <form
        className={styles.rename}
        onSubmit={(event) => {
          event.preventDefault();
          void history.save(name, search.id).then((done) => done && setName(null));
        }}
      >
        <TextField label={t('newName')} labelHidden autoFocus value={name} onChange={setName} />
        <Button type="submit" size="small" isDisabled={name.trim() === ''}>
          {wordsOf('common')('save')}
        </Button>
      </form>
    );
  return (
    <>
      <AriaButton className={cx(styles.pick)} onPress={onPick}>
        {search.name}
      </AriaButton>
      <IconButton size="small" label={t('renameSearch', { name: search.name })} onPress={() => setName(search.name)}>
        <Pencil aria-hidden />
      </IconButton>
      <IconButton
        size="small"
        label={t('removeSearch', { name: search.name })}
        onPress={() => void history.forget(search)}
      >
        <Trash2 aria-hidden />
      </IconButton>
    </>
  );
};

/** Searches under a name: pick one, keep the one that is set, rename, remove. */
export const SavedSearches = () => {
  const { history } = useStudio();
  const t = wordsOf('history');
  const saved = useStore(history, (state) => state.saved);
  const filter = useStore(history, (state) => state.filter);
  const [name, setName] = useState('');
  return (
    <DialogTrigger>
      <AriaButton className={cx(styles.chip, styles.square)}>
        <Bookmark aria-hidden /> {t('saved')}
      </AriaButton>
      <Popover className={cx(styles.popover)} placement="bottom end" offset={4}>
        <Dialog aria-label={t('saved')} className={cx(styles.dialog, styles.wide)}>
          {({ close }) => (
            <>
              {saved.length === 0 ? (
                <p className={styles.hint}>{t('noSaved')}</p>
              ) : (
                <ul className={styles.saved}>
                  {saved.map((search) => (
                    <li key={search.id}>
                      <Saved
                        search={search}
                        onPick={() => {
                          history.only(filterOf(search.query));
                          close();
                        }}
                      />
                    </li>
                  ))}
                </ul>
              )}
              {isWhole(filter) ? (
                saved.length > 0 && <p className={styles.hint}>{t('setSomething')}</p>
              ) : (
                <form
                  className={styles.saveForm}
                  onSubmit={(event) => {
                    event.preventDefault();
                    void history.save(name).then((done) => {
                      if (!done) return;
                      setName('');
                      close();
                    });
                  }}
                >
                  <TextField label={t('saveAs')} value={name} onChange={setName} />
                  <Button type="submit" isDisabled={name.trim() === ''}>
                    {wordsOf('common')('save')}
                  </Button>
                </form>
              )}
            </>
          )}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
};
