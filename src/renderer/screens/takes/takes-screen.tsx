import { AudioLines, Check, TriangleAlert } from 'lucide-react';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import type { ScriptId, Take } from '#contract/entities.ts';
import { useStudio } from '../../app/studio-context.ts';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { SearchField, SelectField, SwitchField } from '../../components/field.tsx';
import { formatDecimal, formatMoment } from '../../components/format.ts';
import { type Column, VirtualTable } from '../../components/virtual-table.tsx';
import { TakeDetail } from './take-detail.tsx';
import styles from './takes-screen.module.css';

const every = '';

const columns: readonly Column<Take>[] = [
  {
    id: 'mark',
    title: 'Mark',
    titleHidden: true,
    width: '18px',
    cell: ({ suspect, selected }) =>
      suspect !== null ? (
        <TriangleAlert role="img" aria-label={suspect} className={styles.suspect} />
      ) : selected ? (
        <Check role="img" aria-label="Selected for the spot" className={styles.selected} />
      ) : null,
  },
  { id: 'text', title: 'Text', width: 'minmax(220px, 3fr)', cell: ({ text }) => <span title={text}>{text}</span> },
  { id: 'voice', title: 'Voice', width: 'minmax(90px, 0.8fr)', cell: ({ voice }) => voice },
  { id: 'take', title: 'Take', width: '38px', align: 'end', cell: ({ takeNo }) => takeNo },
  {
    id: 'length',
    title: 'Seconds',
    width: '58px',
    align: 'end',
    cell: ({ durationMs }) => formatDecimal(durationMs / 1000),
  },
  {
    id: 'loudness',
    title: 'LUFS',
    width: '52px',
    align: 'end',
    cell: ({ loudnessLufs }) => (loudnessLufs === null ? '–' : formatDecimal(loudnessLufs)),
  },
  {
    id: 'made',
    title: 'Made',
    width: '96px',
    align: 'end',
    cell: ({ createdAt }) => <span className={styles.soft}>{formatMoment(createdAt)}</span>,
  },
];

const Filters = () => {
  const { takes, projects } = useStudio();
  const filter = useStore(takes, (state) => state.filter);
  const scripts = useStore(projects, (state) => state.scripts);
  return (
    <div className={styles.filters}>
      <SearchField
        label="Find takes by text, voice or character"
        value={filter.search}
        onChange={(search) => takes.filter({ search })}
      />
      <SelectField
        label="Script"
        labelHidden
        value={filter.scriptId ?? every}
        onChange={(id) => takes.filter({ scriptId: id === every ? null : (id as ScriptId) })}
        options={[
          { id: every, label: 'Every script' },
          ...scripts.map(({ id, title }) => ({ id: id as string, label: title })),
        ]}
      />
      <SwitchField
        label="Suspect only"
        isSelected={filter.suspectOnly}
        onChange={(suspectOnly) => takes.filter({ suspectOnly })}
      />
    </div>
  );
};

/** What was rendered: find it, hear it, compare it, choose it. */
export const TakesScreen = () => {
  const { takes, player, navigation } = useStudio();
  const { status, takes: list, openId, filter, siblings } = useStore(takes);
  const open = list.find(({ id }) => id === openId) ?? siblings.find(({ id }) => id === openId);
  const filtered = filter.search !== '' || filter.suspectOnly || filter.scriptId !== null;
  const hear = (take: Take): void => {
    takes.open(take.id);
    void player.startTake(take);
  };
  useEffect(() => {
    player.stepOutside((by) => {
      const { takes: rows, openId: at } = takes.getState();
      const next = rows[Math.max(0, rows.findIndex(({ id }) => id === at) + by)];
      if (next === undefined) return;
      takes.open(next.id);
      void player.startTake(next);
    });
    return () => player.stepOutside(undefined);
  }, [player, takes]);
  return (
    <div className={styles.screen}>
      <section className={styles.main} aria-labelledby="takes-title">
        <header className={styles.head}>
          <h1 id="takes-title" className={styles.title}>
            Takes
          </h1>
          <Filters />
        </header>
        {status === 'ready' && list.length === 0 ? (
          <EmptyState
            icon={<AudioLines aria-hidden />}
            title={filtered ? 'No take matches' : 'No takes yet'}
            action={
              filtered ? (
                <Button onPress={() => takes.filter({ search: '', suspectOnly: false, scriptId: null })}>
                  Show all takes
                </Button>
              ) : (
                <Button look="primary" onPress={() => navigation.go({ room: 'scripts' })}>
                  Open the sample campaign
                </Button>
              )
            }
          >
            {filtered
              ? 'Nothing rendered so far fits this search.'
              : 'Open the sample campaign and press Render: it costs nothing, and its takes appear here as they arrive.'}
          </EmptyState>
        ) : (
          <div className={styles.table}>
            <VirtualTable
              label="Takes"
              columns={columns}
              rows={list}
              rowKey={({ id }) => id}
              activeKey={openId}
              onActive={(take) => takes.open(take.id)}
              onEnter={hear}
              onNearEnd={takes.more}
              minWidth={640}
              toneOf={({ suspect }) => (suspect === null ? undefined : 'warning')}
            />
          </div>
        )}
      </section>
      <aside className={styles.side} aria-label="About this take">
        {open === undefined && list.length > 0 && (
          <EmptyState title="Pick a take">
            Arrows move, <kbd>Enter</kbd> plays, <kbd>J</kbd> and <kbd>K</kbd> hear the next and the previous.
          </EmptyState>
        )}
        {open !== undefined && <TakeDetail take={open} siblings={siblings} onHear={hear} />}
      </aside>
    </div>
  );
};
