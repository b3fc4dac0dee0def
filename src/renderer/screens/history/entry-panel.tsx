import { Copy, Download, ExternalLink, FolderOpen, Link, Pause, Play, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import type { HistoryDetails, HistoryEntry } from '#contract/history.ts';
import { useStudio } from '../../app/studio-context.ts';
import { Badge } from '../../components/badge.tsx';
import { Button, IconButton } from '../../components/button.tsx';
import { formatSeconds } from '../../components/format.ts';
import { wordsOf } from '../../words/words.ts';
import { TakeWave } from '../takes/take-wave.tsx';
import styles from './history-screen.module.css';
import { NoteField } from './note-field.tsx';
import { playEntry, toggleActive } from './play-entry.ts';
import { ProjectField } from './project-field.tsx';
import { SettingsFacts } from './settings-facts.tsx';
import { soundOf, statusWords } from './status-words.ts';
import { copyDetails, copyLink, copyPath, downloadTake } from './take-away.ts';
import { formatFull } from './when.ts';

const Actions = ({ entry }: { readonly entry: HistoryEntry }) => {
  const studio = useStudio();
  const { player, navigation, history } = studio;
  const isPlaying = useStore(player, (state) => state.program?.id === entry.takeId && state.phase !== 'stopped');
  const isFetching = useStore(history, (state) => state.fetching.has(entry.id));
  const t = wordsOf('history');
  const c = wordsOf('common');
  const { takeId } = entry;
  const sound = soundOf(entry);
  if (sound === 'none') {
    return (
      <div className={styles.actions}>
        <p className={styles.silent}>{entry.status === 'failed' ? t('failedHint') : t('noAudioHint')}</p>
        <IconButton label={t('copyDetails')} keys="C" onPress={() => void copyDetails(studio, entry)}>
          <Copy aria-hidden />
        </IconButton>
      </div>
    );
  }
  return (
    <div className={styles.actions}>
      <Button
        look="primary"
        busy={isFetching}
        icon={isPlaying ? <Pause aria-hidden /> : <Play aria-hidden />}
        onPress={() => toggleActive(studio)}
      >
        {isPlaying ? c('pause') : takeId === null ? t('fetchAndPlay') : c('play')}
      </Button>
      {takeId !== null && (
        <>
          <IconButton label={t('openTake')} keys="O" onPress={() => navigation.openTake(takeId)}>
            <ExternalLink aria-hidden />
          </IconButton>
          <IconButton label={t('download')} keys="D" onPress={() => void downloadTake(studio, takeId)}>
            <Download aria-hidden />
          </IconButton>
          <IconButton label={t('copyPath')} onPress={() => void copyPath(studio, takeId)}>
            <FolderOpen aria-hidden />
          </IconButton>
          <IconButton label={t('copyLink')} keys="L" onPress={() => void copyLink(studio, takeId)}>
            <Link aria-hidden />
          </IconButton>
        </>
      )}
      <IconButton label={t('copyDetails')} keys="C" onPress={() => void copyDetails(studio, entry)}>
        <Copy aria-hidden />
      </IconButton>
    </div>
  );
};

const Fact = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

const Facts = ({ entry, details }: { readonly entry: HistoryEntry; readonly details: HistoryDetails | null }) => {
  const { navigation } = useStudio();
  const t = wordsOf('history');
  const { scriptId } = entry;
  return (
    <dl className={styles.facts}>
      <Fact name={t('colWhen')}>{formatFull(entry.at)}</Fact>
      <Fact name={t('colProject')}>
        <ProjectField entries={[entry]} />
      </Fact>
      {scriptId !== null && (
        <Fact name={t('colScript')}>
          <Button look="quiet" size="small" onPress={() => navigation.openScript(scriptId, 'script')}>
            {entry.script}
          </Button>
        </Fact>
      )}
      <Fact name={t('colPerson')}>{entry.person ?? t('personUnknown')}</Fact>
      <Fact name={t('factCost')}>
        {entry.credits === null
          ? t('costUnknown')
          : entry.credits === 0
            ? wordsOf('common')('free')
            : wordsOf('common')('credits', { count: entry.credits })}
      </Fact>
      {entry.durationMs !== null && <Fact name={t('factLength')}>{formatSeconds(entry.durationMs / 1000)}</Fact>}
      <Fact name={t('colWorkspace')}>
        {entry.workspaceName} · {entry.provider}
      </Fact>
      <Fact name={t('colSource')}>
        {entry.origin === 'cuebooth' ? t('originHere') : t('originThere')}
        {entry.vendorSource !== null && ` · ${entry.vendorSource}`}
      </Fact>
      {entry.model !== null && <Fact name={t('colModel')}>{entry.model}</Fact>}
      {details !== null && <SettingsFacts details={details} />}
    </dl>
  );
};

const Many = ({ entries }: { readonly entries: readonly HistoryEntry[] }) => {
  const t = wordsOf('history');
  const credits = entries.reduce((sum, entry) => sum + (entry.credits ?? 0), 0);
  return (
    <article className={styles.panel}>
      <h2 className={styles.said}>{t('selectedMany', { count: entries.length })}</h2>
      <dl className={styles.facts}>
        <Fact name={t('factCost')}>{wordsOf('common')('credits', { count: credits })}</Fact>
        {entries.some(({ origin }) => origin === 'vendor') && (
          <Fact name={t('colProject')}>
            <ProjectField entries={entries} />
          </Fact>
        )}
      </dl>
      <p className={styles.silent}>{t('filingHint')}</p>
    </article>
  );
};

/** What is known about the active entry, and what can be done with it. */
export const EntryPanel = () => {
  const studio = useStudio();
  const { history } = studio;
  const list = useStore(history, (state) => state.list);
  const active = useStore(history, (state) => state.active);
  const anchor = useStore(history, (state) => state.anchor);
  const known = useStore(history, (state) => state.details);
  const t = wordsOf('history');
  if (active >= 0 && active !== anchor) return <Many entries={history.selected()} />;
  const entry = active < 0 ? undefined : list.rowAt(active);
  if (entry === undefined) return null;
  const details = known?.id === entry.id ? known : null;
  return (
    <article className={styles.panel}>
      <p className={styles.line}>
        <span>{entry.voiceName}</span>
        <Badge tone={soundOf(entry) === 'here' ? 'plain' : soundOf(entry) === 'there' ? 'cue' : 'warning'}>
          {statusWords(t, entry.status)}
        </Badge>
      </p>
      <h2 className={styles.said} dir="auto">
        {entry.text === '' ? t('noText') : entry.text}
      </h2>
      {entry.suspect !== null && (
        <p className={styles.odd}>
          <TriangleAlert aria-hidden /> {entry.suspect}
        </p>
      )}
      {entry.takeId !== null && entry.durationMs !== null && (
        <TakeWave
          takeId={entry.takeId}
          durationMs={entry.durationMs}
          height={64}
          onStart={() => playEntry(studio, entry)}
        />
      )}
      <Actions entry={entry} />
      <NoteField key={entry.id} entry={entry} />
      <Facts entry={entry} details={details} />
    </article>
  );
};
