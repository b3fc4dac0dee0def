import { History } from 'lucide-react';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { HistoryEntry } from '#contract/history.ts';
import { useStudio } from '../../app/studio-context.ts';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { SearchField, SelectField } from '../../components/field.tsx';
import { formatCount } from '../../components/format.ts';
import { isWhole } from '../../stores/history-filter.ts';
import { type Translate, wordsOf } from '../../words/words.ts';
import { choiceOf, type ColumnChoice, columnsOf } from './columns.tsx';
import { ColumnsMenu } from './columns-menu.tsx';
import { EntryPanel } from './entry-panel.tsx';
import { FilterBar } from './filter-bar.tsx';
import styles from './history-screen.module.css';
import { LongTable } from './long-table.tsx';
import { playEntry, stepThrough } from './play-entry.ts';
import { Readings } from './readings.tsx';
import { SavedSearches } from './saved-searches.tsx';
import { formatDay } from './when.ts';

const layoutName = 'history.columns';
const narrowest = 24;

/** Widths follow the pointer at once, and are kept a moment later. */
const useColumns = (): readonly [readonly ColumnChoice[], (choice: readonly ColumnChoice[]) => void] => {
  const { preferences } = useStudio();
  const kept = useStore(preferences, (state) => state.layout[layoutName]);
  const [own, setOwn] = useState<readonly ColumnChoice[] | null>(null);
  const choice = useMemo(() => own ?? choiceOf(kept), [own, kept]);
  useEffect(() => {
    if (own === null) return undefined;
    const later = setTimeout(
      () =>
        void preferences.setLayout(
          layoutName,
          own.map((one) => ({ ...one })),
        ),
      400,
    );
    return () => clearTimeout(later);
  }, [own, preferences]);
  return [choice, setOwn];
};

const Count = ({ t }: { readonly t: Translate<'history'> }) => {
  const { history } = useStudio();
  const list = useStore(history, (state) => state.list);
  const status = useStore(history, (state) => state.status);
  const isSearching = useStore(history, (state) => state.isSearching);
  if (status !== 'ready')
    return (
      <p role="status" className={styles.count}>
        {t('loading')}
      </p>
    );
  const shown = formatCount(list.total);
  const last = list.isEnd ? undefined : list.rowAt(list.total - 1);
  return (
    <p role="status" className={styles.count}>
      {list.isEnd ? t('entries', { count: list.total }) : t('entriesSoFar', { shown })}
      {last !== undefined && ` ${t('backTo', { day: formatDay(last.at) })}`}
      {isSearching && <span className={styles.searching} aria-hidden />}
    </p>
  );
};

const Table = ({
  choice,
  onChange,
}: {
  readonly choice: readonly ColumnChoice[];
  readonly onChange: (choice: readonly ColumnChoice[]) => void;
}) => {
  const studio = useStudio();
  const { history, player } = studio;
  const t = wordsOf('history');
  const list = useStore(history, (state) => state.list);
  const active = useStore(history, (state) => state.active);
  const anchor = useStore(history, (state) => state.anchor);
  const onAir = useStore(player, (state) => (state.phase === 'stopped' ? null : (state.program?.id ?? null)));
  const columns = useMemo(() => columnsOf(choice), [choice]);
  const toneOf = useCallback(
    ({ takeId, suspect }: HistoryEntry) =>
      takeId !== null && takeId === onAir ? ('onAir' as const) : suspect === null ? undefined : ('warning' as const),
    [onAir],
  );
  return (
    <LongTable
      label={t('title')}
      columns={columns}
      total={list.total}
      rowAt={list.rowAt}
      turn={list.turn}
      grown={list.grown}
      active={active}
      anchor={anchor}
      onActivate={history.activate}
      onEnter={(row) => {
        const entry = list.rowAt(row);
        if (entry !== undefined) void playEntry(studio, entry);
      }}
      onRange={history.want}
      toneOf={toneOf}
      resizeLabel={(column) => t('resize', { column })}
      onResize={(id, width) =>
        onChange(choice.map((one) => (one.id === id ? { ...one, width: Math.max(narrowest, Math.round(width)) } : one)))
      }
    />
  );
};

const Nothing = () => {
  const { history, navigation } = useStudio();
  const filter = useStore(history, (state) => state.filter);
  const t = wordsOf('history');
  return isWhole(filter) ? (
    <EmptyState
      icon={<History aria-hidden />}
      title={t('emptyTitle')}
      action={
        <Button look="primary" onPress={() => navigation.go({ room: 'scripts' })}>
          {t('openScripts')}
        </Button>
      }
    >
      {t('emptyText')}
    </EmptyState>
  ) : (
    <EmptyState
      icon={<History aria-hidden />}
      title={t('noneTitle')}
      action={<Button onPress={() => history.only({})}>{t('showEverything')}</Button>}
    >
      {t('noneText')}
    </EmptyState>
  );
};

/** One list over what was rendered here and what vendors know: find it, hear it, file it, take it away. */
export const HistoryScreen = () => {
  const studio = useStudio();
  const { history, player } = studio;
  const t = wordsOf('history');
  const filter = useStore(history, (state) => state.filter);
  const status = useStore(history, (state) => state.status);
  const isEmpty = useStore(history, ({ list }) => list.total === 0 && list.isEnd);
  const hasActive = useStore(history, (state) => state.active >= 0);
  const [choice, setChoice] = useColumns();
  useEffect(() => {
    history.open();
    player.stepOutside((by) => stepThrough(studio, by));
    return () => player.stepOutside(undefined);
  }, [history, player, studio]);
  return (
    <div className={styles.screen} data-room="history">
      <section className={styles.main} aria-labelledby="history-title">
        <header className={styles.head}>
          <div className={styles.top}>
            <h1 id="history-title" className={styles.title}>
              {t('title')}
            </h1>
            <SearchField label={t('find')} value={filter.text ?? ''} onChange={(text) => history.filter({ text })} />
            <SelectField
              label={t('order')}
              labelHidden
              value={filter.order === 'best' ? 'best' : 'newest'}
              onChange={(order) => history.filter({ order: order === 'best' ? 'best' : undefined })}
              options={[
                { id: 'newest', label: t('orderNewest') },
                { id: 'best', label: t('orderBest') },
              ]}
            />
            <SavedSearches />
            <Readings />
            <ColumnsMenu choice={choice} onChange={setChoice} />
          </div>
          <div className={styles.under}>
            <FilterBar />
            <Count t={t} />
          </div>
        </header>
        {status === 'ready' && isEmpty ? (
          <Nothing />
        ) : (
          <div className={styles.table}>
            <Table choice={choice} onChange={setChoice} />
          </div>
        )}
      </section>
      <aside className={styles.side} aria-label={t('about')}>
        {hasActive ? <EntryPanel /> : !isEmpty && <EmptyState title={t('pickTitle')}>{t('pickText')}</EmptyState>}
      </aside>
    </div>
  );
};
