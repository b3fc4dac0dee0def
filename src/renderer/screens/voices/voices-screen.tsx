import { MicVocal } from 'lucide-react';
import { type KeyboardEvent, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { Voice } from '#contract/voices.ts';
import { useStudio } from '../../app/studio-context.ts';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { SearchField, SwitchField, TextField } from '../../components/field.tsx';
import { VirtualTable } from '../../components/virtual-table.tsx';
import { everyVoice, findVoices, isFiltered } from '../../stores/voice-search.ts';
import { wordsOf } from '../../words/words.ts';
import { Catalogues } from './catalogues.tsx';
import { ChosenFacets } from './chosen-facets.tsx';
import { ImpactStrip } from './impact-strip.tsx';
import { LibrarySheet } from './library-sheet.tsx';
import { Shelves } from './shelves.tsx';
import { playOnMoveName, usePlayOnMove } from './use-play-on-move.ts';
import { keyOfVoice, voiceColumns } from './voice-columns.tsx';
import { VoiceDetail } from './voice-detail.tsx';
import { VoiceFacets } from './voice-facets.tsx';
import styles from './voices-screen.module.css';

/** What the room shows now; typing never waits for ten thousand voices. */
const useFound = () => {
  const { voices } = useStudio();
  const all = useStore(voices, (state) => state.voices);
  const filter = useDeferredValue(useStore(voices, (state) => state.filter));
  const palette = useStore(voices, (state) => state.palette?.voices);
  return useMemo(
    () =>
      findVoices(
        all,
        filter,
        (palette ?? []).map(({ reference }) => reference),
      ),
    [all, filter, palette],
  );
};

const NothingFound = () => {
  const { voices, navigation } = useStudio();
  const t = wordsOf('voices');
  const isEmpty = useStore(voices, (state) => state.voices.length === 0);
  const filter = useStore(voices, (state) => state.filter);
  if (isEmpty) {
    return (
      <EmptyState
        icon={<MicVocal aria-hidden />}
        title={t('noVoices')}
        action={<Button onPress={() => navigation.go({ room: 'settings' })}>{t('addWorkspace')}</Button>}
      >
        {t('noVoicesHint')}
      </EmptyState>
    );
  }
  if (!isFiltered(filter)) {
    return (
      <EmptyState icon={<MicVocal aria-hidden />} title={t(`empty_${filter.shelf}`)}>
        {t(`emptyHint_${filter.shelf}`)}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={<MicVocal aria-hidden />}
      title={t('noMatch')}
      action={
        <Button onPress={() => voices.filter({ ...everyVoice, shelf: filter.shelf })}>{t('clearFilters')}</Button>
      }
    >
      {t('noMatchHint')}
    </EmptyState>
  );
};

/** Every voice of every workspace, to be heard before it is cast. */
export const VoicesScreen = () => {
  const { voices, sound, preferences, navigation } = useStudio();
  const t = wordsOf('voices');
  const status = useStore(voices, (state) => state.status);
  const filter = useStore(voices, (state) => state.filter);
  const sample = useStore(voices, (state) => state.sample);
  const active = useStore(voices, (state) => state.active);
  const searchTurn = useStore(voices, (state) => state.searchTurn);
  const wanted = useStore(navigation, (state) => state.query);
  const [library, setLibrary] = useState(false);
  const { voices: found, counts } = useFound();
  const { on: plays, rest } = usePlayOnMove();
  const search = useRef<HTMLDivElement>(null);
  const table = useRef<HTMLDivElement>(null);

  useEffect(() => {
    void voices.open();
    void voices.loadImpact();
    return sound.forget;
  }, [voices, sound]);
  useEffect(() => {
    if (wanted['voice'] !== undefined) voices.activate(wanted['voice']);
    if (wanted['search'] !== undefined) voices.filter({ ...everyVoice, search: wanted['search'] });
    if (wanted['shelf'] === 'leaving') voices.filter({ ...everyVoice, shelf: 'leaving' });
  }, [voices, wanted]);
  useEffect(() => {
    if (searchTurn > 0) search.current?.querySelector('input')?.focus();
  }, [searchTurn]);

  const speech = { text: sample };
  const columns = useMemo(() => voiceColumns(() => ({ text: sample }), wordsOf('voices')('audition')), [sample]);
  const move = (voice: Voice): void => {
    voices.activate(voice.reference);
    rest(voice, speech);
  };
  const toTable = (event: KeyboardEvent): void => {
    const first = found.find(({ reference }) => reference === active) ?? found[0];
    if (event.key !== 'ArrowDown' || first === undefined) return;
    event.preventDefault();
    table.current?.querySelector<HTMLElement>('[role=grid]')?.focus();
    move(first);
  };
  return (
    <section className={styles.screen} aria-labelledby="voices-title">
      <aside className={styles.side} aria-label={t('filters')}>
        <Shelves
          shelf={filter.shelf}
          onChange={(shelf) => voices.filter({ shelf })}
          onLibrary={() => setLibrary(true)}
        />
        <VoiceFacets counts={counts} facets={filter.facets} onChange={(facets) => voices.filter({ facets })} />
        <Catalogues />
      </aside>
      <div className={styles.main}>
        <header className={styles.head}>
          <h1 id="voices-title" className={styles.title}>
            {t('voices')} <span className={styles.count}>{t('found', { count: found.length })}</span>
          </h1>
          <SwitchField
            label={t('playOnMove')}
            isSelected={plays}
            onChange={(on) => void preferences.setLayout(playOnMoveName, on)}
          />
          <div ref={search} onKeyDown={toTable}>
            <SearchField
              label={t('find')}
              value={filter.search}
              onChange={(words) => voices.filter({ search: words })}
            />
          </div>
          <TextField label={t('auditionWith')} value={sample} onChange={voices.setSample} />
          <ChosenFacets filter={filter} onChange={voices.filter} />
          <ImpactStrip />
        </header>
        {status === 'ready' && found.length === 0 ? (
          <NothingFound />
        ) : (
          <div ref={table} className={styles.table} aria-busy={status === 'loading'}>
            <VirtualTable
              label={t('voices')}
              columns={columns}
              rows={found}
              rowKey={keyOfVoice}
              activeKey={active}
              onActive={move}
              onEnter={(voice) => void sound.inPlace(voice, speech)}
              minWidth={620}
            />
          </div>
        )}
      </div>
      <VoiceDetail />
      {library && <LibrarySheet onClose={() => setLibrary(false)} />}
    </section>
  );
};
