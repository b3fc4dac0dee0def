import { useState } from 'react';
import { useStore } from 'zustand';
import { useStudio } from '../../app/studio-context.ts';
import { Button } from '../../components/button.tsx';
import { SwitchField } from '../../components/field.tsx';
import { formatBytes } from '../../components/format.ts';
import type { CleanUp, Storage } from '../../stores/library-store.ts';
import { wordsOf } from '../../words/words.ts';
import { SectionFrame } from './section-frame.tsx';
import frame from './settings-screen.module.css';
import styles from './storage-section.module.css';

/** What could go, with its size, before anything goes. Audio that was paid for is not even offered. */
export const CleanUpPart = ({ storage }: { readonly storage: Storage }) => {
  const { library } = useStudio();
  const work = useStore(library, (state) => state.work.kind);
  // What a person may still want is left until they say otherwise.
  const [left, setLeft] = useState<readonly CleanUp[]>(['previews', 'exports']);
  const t = wordsOf('settings');
  const { unreferenced, previews, exports } = storage;
  const all = [
    {
      what: 'unreferenced',
      name: t('cleanUnreferenced'),
      files: unreferenced.removable,
      bytes: unreferenced.removableBytes,
    },
    { what: 'previews', name: t('cleanPreviews'), ...previews },
    { what: 'exports', name: t('cleanExports'), ...exports },
  ] as const;
  const offered = all.filter(({ files }) => files > 0);
  const chosen = offered.filter(({ what }) => !left.includes(what));
  const kept = unreferenced.files - unreferenced.removable;
  return (
    <SectionFrame level={3} title={t('cleanTitle')} about={t('cleanAbout')}>
      {offered.length === 0 && <p className={frame.soft}>{t('cleanNothing')}</p>}
      <div className={styles.choices}>
        {offered.map(({ what, name, files, bytes }) => (
          <div key={what} className={styles.choice}>
            <SwitchField
              label={name}
              hint={t('files', { count: files })}
              isSelected={!left.includes(what)}
              onChange={(on) => setLeft(on ? left.filter((one) => one !== what) : [...left, what])}
            />
            <span className={styles.size}>{formatBytes(bytes)}</span>
          </div>
        ))}
      </div>
      {kept > 0 && <p className={frame.faint}>{t('keptPaid', { count: kept })}</p>}
      {offered.length > 0 && (
        <div className={frame.row}>
          <Button
            busy={work === 'cleaning'}
            isDisabled={chosen.length === 0 || work !== 'idle'}
            onPress={() => void library.cleanUp(chosen.map(({ what }) => what))}
          >
            {t('cleanButton', { size: formatBytes(chosen.reduce((sum, { bytes }) => sum + bytes, 0)) })}
          </Button>
        </div>
      )}
    </SectionFrame>
  );
};
