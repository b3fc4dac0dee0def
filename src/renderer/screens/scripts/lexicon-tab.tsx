import { Speech } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { LexiconEntry } from '#contract/entities.ts';
import { useStudio } from '../../app/studio-context.ts';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { SearchField } from '../../components/field.tsx';
import { wordsOf } from '../../words/words.ts';
import { EntryForm } from './lexicon/entry-form.tsx';
import { EntryTable } from './lexicon/entry-table.tsx';
import styles from './lexicon/lexicon-tab.module.css';

const blank: LexiconEntry = { word: '', say: '', language: null, caseSensitive: false };
const example: LexiconEntry = {
  word: 'Grüße',
  say: 'Grew-seh',
  phonemes: { alphabet: 'ipa', symbols: 'ˈɡʁyːsə' },
  language: null,
  caseSensitive: false,
};
/** More are found by searching; nobody reads further down. */
const mostShown = 300;

const isSameWord = (a: LexiconEntry, b: LexiconEntry): boolean =>
  a.caseSensitive === b.caseSensitive &&
  (a.language ?? '').toLowerCase() === (b.language ?? '').toLowerCase() &&
  (a.caseSensitive ? a.word === b.word : a.word.toLowerCase() === b.word.toLowerCase());

/** What the form holds; another number begins it anew. */
interface Work {
  readonly start: LexiconEntry;
  readonly at: number | null;
  readonly turn: number;
}

/** Words and how they are said, for every script of the project. */
export const LexiconTab = () => {
  const { lexicon, script, projects } = useStudio();
  const projectId = useStore(script, (state) => state.script?.projectId);
  const project = useStore(projects, (state) => state.projects.find(({ id }) => id === projectId)?.name ?? '');
  const entries = useStore(lexicon, (state) => state.entries);
  const impact = useStore(lexicon, (state) => state.impact);
  const [work, setWork] = useState<Work>({ start: blank, at: null, turn: 0 });
  const [search, setSearch] = useState('');
  const t = wordsOf('lexicon');
  useEffect(() => {
    if (projectId !== undefined) void lexicon.open(projectId);
  }, [lexicon, projectId]);
  useEffect(() => lexicon.watch(), [lexicon]);
  useEffect(() => () => lexicon.consider(null), [lexicon]);

  const begin = (start: LexiconEntry, at: number | null): void => {
    setWork((before) => ({ start, at, turn: before.turn + 1 }));
    lexicon.consider(null);
  };
  const withEntry = (entry: LexiconEntry): readonly LexiconEntry[] =>
    work.at === null ? [entry, ...entries] : entries.map((old, at) => (at === work.at ? entry : old));
  const save = async (entry: LexiconEntry): Promise<boolean> => {
    const saved = await (work.at === null ? lexicon.add(entry) : lexicon.replace(work.at, entry));
    if (saved) begin(blank, null);
    return saved;
  };
  const wanted = search.trim().toLowerCase();
  const found = entries.flatMap((entry, at) =>
    `${entry.word} ${entry.say} ${entry.phonemes?.symbols ?? ''}`.toLowerCase().includes(wanted) ? [{ entry, at }] : [],
  );
  const linesOf = (word: string): number | null =>
    impact === null ? null : (impact.words.find((use) => use.word === word)?.lines ?? 0);
  return (
    <div className={styles.tab}>
      <EntryForm
        key={work.turn}
        start={work.start}
        mode={work.at === null ? 'add' : 'edit'}
        isKnown={(entry) => entries.some((old, at) => at !== work.at && isSameWord(old, entry))}
        onChange={(entry) => lexicon.consider(entry === null ? null : withEntry(entry))}
        onSave={save}
        onCancel={() => begin(blank, null)}
      />
      {entries.length === 0 ? (
        <EmptyState
          icon={<Speech aria-hidden />}
          title={t('emptyTitle')}
          action={
            <Button
              onPress={() => {
                begin(example, null);
                lexicon.consider([example]);
              }}
            >
              {t('tryExample')}
            </Button>
          }
        >
          {t('emptyText', { word: example.word, say: example.say })}
        </EmptyState>
      ) : (
        <>
          <div className={styles.bar}>
            <p className={styles.soft}>{t('intro', { project })}</p>
            {entries.length > 8 && <SearchField label={t('find')} value={search} onChange={setSearch} />}
          </div>
          <EntryTable
            shown={found.slice(0, mostShown)}
            editing={work.at}
            linesOf={linesOf}
            onEdit={(at) => begin(entries[at] ?? blank, at)}
            onRemove={(at) => {
              if (work.at !== null) begin(blank, null);
              void lexicon.remove(at);
            }}
          />
          {found.length > mostShown && <p className={styles.soft}>{t('more', { count: mostShown })}</p>}
        </>
      )}
    </div>
  );
};
