import { Pencil, Trash2 } from 'lucide-react';
import { type FormEvent, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { LexiconEntry } from '#contract/entities.ts';
import { useStudio } from '../../app/studio-context.ts';
import { Badge } from '../../components/badge.tsx';
import { Button, IconButton } from '../../components/button.tsx';
import { SearchField, SwitchField, TextField } from '../../components/field.tsx';
import { plural } from '../../components/format.ts';
import styles from './lexicon-tab.module.css';

const blank: LexiconEntry = { word: '', say: '', language: null, caseSensitive: false };

const EntryForm = ({
  entry,
  words,
  onSave,
  onCancel,
}: {
  readonly entry: LexiconEntry;
  readonly words: string;
  readonly onSave: (entry: LexiconEntry) => Promise<boolean>;
  readonly onCancel?: () => void;
}) => {
  const [draft, setDraft] = useState(entry);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (draft.word.trim() === '' || draft.say.trim() === '') return;
    const saved = await onSave({
      ...draft,
      word: draft.word.trim(),
      say: draft.say.trim(),
      language: draft.language?.trim() || null,
    });
    if (saved && onCancel === undefined) setDraft(blank);
  };
  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)}>
      <TextField
        label="Word"
        value={draft.word}
        onChange={(word) => setDraft({ ...draft, word })}
        placeholder="Leicester"
      />
      <TextField label="Say" value={draft.say} onChange={(say) => setDraft({ ...draft, say })} placeholder="Lester" />
      <TextField
        label="Language"
        value={draft.language ?? ''}
        onChange={(language) => setDraft({ ...draft, language })}
        placeholder="All"
      />
      <SwitchField
        label="Match case"
        isSelected={draft.caseSensitive}
        onChange={(caseSensitive) => setDraft({ ...draft, caseSensitive })}
      />
      <Button type="submit" isDisabled={draft.word.trim() === '' || draft.say.trim() === ''}>
        {words}
      </Button>
      {onCancel !== undefined && (
        <Button look="quiet" onPress={onCancel}>
          Cancel
        </Button>
      )}
    </form>
  );
};

/** Words and how they are said, for every script of the project. */
export const LexiconTab = () => {
  const { lexicon, script, order, projects } = useStudio();
  const projectId = useStore(script, (state) => state.script?.projectId);
  const project = useStore(projects, (state) => state.projects.find(({ id }) => id === projectId)?.name);
  const entries = useStore(lexicon, (state) => state.entries);
  const changes = useStore(order, (state) => state.estimate?.lexicon);
  const [editing, setEditing] = useState<number | null>(null);
  const [search, setSearch] = useState('');
  useEffect(() => {
    if (projectId !== undefined) void lexicon.open(projectId);
  }, [lexicon, projectId]);
  const countOf = (word: string): number => changes?.find((change) => change.word === word)?.count ?? 0;
  return (
    <div className={styles.tab}>
      <EntryForm entry={blank} words="Add" onSave={lexicon.add} />
      <div className={styles.bar}>
        <p className={styles.soft}>
          {entries.length === 0
            ? `Write a word once the way it should sound; it holds for every script of ${project}.`
            : `${plural(entries.length, 'word')} in ${project}. Applied before the text is sent, so a change renders the lines it touches anew.`}
        </p>
        {entries.length > 8 && <SearchField label="Find a word" value={search} onChange={setSearch} />}
      </div>
      <ul className={styles.list}>
        {entries.map((entry, at) => {
          if (!`${entry.word} ${entry.say}`.toLowerCase().includes(search.toLowerCase())) return null;
          if (editing === at) {
            const save = async (changed: LexiconEntry): Promise<boolean> => {
              const saved = await lexicon.replace(at, changed);
              if (saved) setEditing(null);
              return saved;
            };
            return (
              <li key={entry.word}>
                <EntryForm entry={entry} words="Save" onSave={save} onCancel={() => setEditing(null)} />
              </li>
            );
          }
          return (
            <li key={`${entry.word}/${entry.language}`} className={styles.entry}>
              <span className={styles.word}>{entry.word}</span>
              <span aria-hidden className={styles.arrow}>
                →
              </span>
              <span className={styles.say}>{entry.say}</span>
              <span className={styles.badges}>
                {entry.language !== null && <Badge>{entry.language}</Badge>}
                {entry.caseSensitive && <Badge>Aa</Badge>}
                {countOf(entry.word) > 0 && <Badge tone="cue">{plural(countOf(entry.word), 'use')} here</Badge>}
              </span>
              <IconButton size="small" label={`Edit ${entry.word}`} onPress={() => setEditing(at)}>
                <Pencil aria-hidden />
              </IconButton>
              <IconButton size="small" label={`Delete ${entry.word}`} onPress={() => void lexicon.remove(at)}>
                <Trash2 aria-hidden />
              </IconButton>
            </li>
          );
        })}
      </ul>
    </div>
  );
};
