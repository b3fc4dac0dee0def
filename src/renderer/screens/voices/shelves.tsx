import { Clock3, LibraryBig, ListMusic, type LucideIcon, Star, TriangleAlert, UsersRound } from 'lucide-react';
import { useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import type { ProjectId } from '#contract/entities.ts';
import type { Voice } from '#contract/voices.ts';
import { useStudio } from '../../app/studio-context.ts';
import { cx } from '../../components/cx.ts';
import { SelectField } from '../../components/field.tsx';
import { formatCount } from '../../components/format.ts';
import { shelfNames, type ShelfName } from '../../stores/voice-search.ts';
import { wordsOf } from '../../words/words.ts';
import styles from './shelves.module.css';

const icons: Readonly<Record<ShelfName, LucideIcon>> = {
  all: UsersRound,
  favourites: Star,
  recent: Clock3,
  palette: ListMusic,
  leaving: TriangleAlert,
};

/** Which project's palette is shown: the open script's, until another is chosen. */
export const usePaletteProject = (): ProjectId | null => {
  const { voices, script, projects } = useStudio();
  const loaded = useStore(voices, (state) => state.palette?.projectId ?? null);
  const open = useStore(script, (state) => state.script?.projectId ?? null);
  const first = useStore(projects, (state) => state.projects[0]?.id ?? null);
  const wanted = loaded ?? open ?? first;
  useEffect(() => {
    if (loaded === null && wanted !== null) void voices.loadPalette(wanted);
  }, [voices, loaded, wanted]);
  return wanted;
};

/** Where voices are looked for: all of them, or those that people set aside. */
export const Shelves = ({
  shelf,
  onChange,
  onLibrary,
}: {
  readonly shelf: ShelfName;
  readonly onChange: (shelf: ShelfName) => void;
  /** Absent: the vendors' libraries are not offered here. */
  readonly onLibrary?: () => void;
}) => {
  const { voices, projects } = useStudio();
  const t = wordsOf('voices');
  const all = useStore(voices, (state) => state.voices);
  const palette = useStore(voices, (state) => state.palette);
  const list = useStore(projects, (state) => state.projects);
  const projectId = usePaletteProject();
  const sizes = useMemo((): Readonly<Record<ShelfName, number>> => {
    const count = (fits: (voice: Voice) => boolean): number => all.filter(fits).length;
    return {
      all: count(({ availability }) => availability !== 'gone'),
      favourites: count(({ favourite }) => favourite),
      recent: count(({ lastUsedAt }) => lastUsedAt !== null),
      palette: palette?.voices.length ?? 0,
      leaving: count(({ availability }) => availability !== 'available'),
    };
  }, [all, palette]);
  return (
    <nav aria-label={t('shelves')} className={styles.shelves}>
      {shelfNames.map((name) => {
        const Icon = icons[name];
        return (
          <button
            key={name}
            type="button"
            aria-current={shelf === name ? 'true' : undefined}
            className={cx(styles.shelf, shelf === name && styles.current)}
            onClick={() => onChange(name)}
          >
            <Icon aria-hidden />
            <span className={styles.name}>{t(`shelf_${name}`)}</span>
            <span className={cx(styles.count, name === 'leaving' && sizes.leaving > 0 && styles.warning)}>
              {formatCount(sizes[name])}
            </span>
          </button>
        );
      })}
      {shelf === 'palette' && list.length > 1 && projectId !== null && (
        <div className={styles.project}>
          <SelectField
            label={t('paletteOf')}
            labelHidden
            value={projectId}
            onChange={(id) => void voices.loadPalette(id)}
            options={list.map(({ id, name }) => ({ id, label: name }))}
          />
        </div>
      )}
      {onLibrary !== undefined && (
        <button type="button" className={styles.shelf} onClick={onLibrary}>
          <LibraryBig aria-hidden />
          <span className={styles.name}>{t('openLibrary')}</span>
        </button>
      )}
    </nav>
  );
};
