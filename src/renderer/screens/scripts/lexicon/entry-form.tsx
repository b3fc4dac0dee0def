import { Volume2 } from 'lucide-react';
import { type FormEvent, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { LexiconEntry } from '#contract/entities.ts';
import { useStudio } from '../../../app/studio-context.ts';
import { Button } from '../../../components/button.tsx';
import { SelectField, SwitchField, TextField } from '../../../components/field.tsx';
import { formatCredits } from '../../../components/format.ts';
import type { Hearing } from '../../../stores/lexicon-store.ts';
import { wordsOf } from '../../../words/words.ts';
import { Impact } from './impact.tsx';
import styles from './lexicon-tab.module.css';
import { type CastSpeaker, useSpeakers } from './use-speakers.ts';

const isWhole = ({ word, say }: LexiconEntry): boolean => word.trim() !== '' && say.trim() !== '';
/** As it will be saved: no space around it, no phonemes where none are written. */
const tidy = (draft: LexiconEntry): LexiconEntry => {
  const symbols = draft.phonemes?.symbols.trim() ?? '';
  const { phonemes, ...rest } = draft;
  return {
    ...rest,
    word: draft.word.trim(),
    say: draft.say.trim(),
    language: draft.language?.trim() || null,
    ...(symbols === '' || !phonemes ? {} : { phonemes: { ...phonemes, symbols } }),
  };
};

const hearWords = (hearing: Hearing | null, speaker: CastSpeaker): string => {
  const t = wordsOf('lexicon');
  if (speaker.free || hearing?.credits === 0) return t(hearing?.owned ? 'hearOwned' : 'hearFree');
  if (hearing?.credits != null) return t('hearCosts', { credits: formatCredits(hearing.credits) });
  return t('hearUnknown');
};

/** Hears the word alone, in a voice of the cast, with what that voice gets. */
const Hear = ({ draft }: { readonly draft: LexiconEntry }) => {
  const { lexicon, player } = useStudio();
  const speakers = useSpeakers();
  const hearing = useStore(lexicon, (state) => state.hearing);
  const auditioning = useStore(lexicon, (state) => state.auditioning);
  const [character, setCharacter] = useState('');
  const t = wordsOf('lexicon');
  const speaker = speakers.find((one) => one.character === character) ?? speakers[0];
  const whole = isWhole(draft);
  const key = JSON.stringify([tidy(draft), speaker]);
  useEffect(() => {
    const timer = setTimeout(() => {
      const [entry, who] = JSON.parse(key) as [LexiconEntry, CastSpeaker | undefined];
      void lexicon.ask(whole ? entry : null, who ?? null);
    }, 250);
    return () => clearTimeout(timer);
  }, [lexicon, key, whole]);
  if (speaker === undefined) return <p className={styles.sent}>{t('hearNothing')}</p>;
  const hear = async (): Promise<void> => {
    const takeId = await lexicon.audition(tidy(draft), speaker);
    if (takeId !== null) await player.startTakeId(takeId);
  };
  const how = { ipa: t('sentIpa'), cmu: t('sentCmu'), alias: t('sentAlias') };
  return (
    <>
      <div className={styles.voice}>
        <SelectField
          label={t('hearIn')}
          labelHidden
          value={speaker.character}
          onChange={setCharacter}
          options={speakers.map((one) => ({ id: one.character, label: `${one.character}: ${one.name}` }))}
        />
      </div>
      <Button icon={<Volume2 aria-hidden />} busy={auditioning} isDisabled={!whole} onPress={() => void hear()}>
        {hearWords(hearing, speaker)}
      </Button>
      {hearing !== null && draft.phonemes?.symbols && (
        <p className={styles.sent}>
          {t('sentAs')} {how[hearing.how]}: <code>{hearing.text}</code>
        </p>
      )}
    </>
  );
};

/** A word and how it is said, with what saving it changes. */
export const EntryForm = ({
  start,
  isKnown,
  mode,
  onChange,
  onSave,
  onCancel,
}: {
  readonly start: LexiconEntry;
  /** Another entry holds for the same word, language and case. */
  readonly isKnown: (entry: LexiconEntry) => boolean;
  readonly mode: 'add' | 'edit';
  /** What would be saved; null while it is not whole. */
  readonly onChange: (entry: LexiconEntry | null) => void;
  readonly onSave: (entry: LexiconEntry) => Promise<boolean>;
  readonly onCancel: () => void;
}) => {
  const [draft, setDraft] = useState(start);
  const t = wordsOf('lexicon');
  const common = wordsOf('common');
  const change = (part: Partial<LexiconEntry>): void => {
    const next = { ...draft, ...part };
    setDraft(next);
    onChange(isWhole(next) ? tidy(next) : null);
  };
  const known = isWhole(draft) && isKnown(tidy(draft));
  const alphabet = draft.phonemes?.alphabet ?? 'ipa';
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (isWhole(draft) && !known) await onSave(tidy(draft));
  };
  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)}>
      <div className={styles.fields}>
        <TextField label={t('word')} value={draft.word} onChange={(word) => change({ word })} placeholder="Leicester" />
        <TextField
          label={t('say')}
          value={draft.say}
          onChange={(say) => change({ say })}
          placeholder="Lester"
          hint={t('sayHint')}
        />
        <TextField
          label={t('phonemes')}
          value={draft.phonemes?.symbols ?? ''}
          onChange={(symbols) => change({ phonemes: { alphabet, symbols } })}
          placeholder={alphabet === 'ipa' ? 'ˈlɛstər' : 'L EH1 S T ER0'}
          hint={t('phonemesHint')}
        />
        <SelectField
          label={t('alphabet')}
          value={alphabet}
          onChange={(id) => change({ phonemes: { alphabet: id, symbols: draft.phonemes?.symbols ?? '' } })}
          options={[
            { id: 'ipa', label: t('ipa') },
            { id: 'cmu', label: t('cmu') },
          ]}
        />
        <TextField
          label={t('language')}
          value={draft.language ?? ''}
          onChange={(language) => change({ language })}
          placeholder={t('allLanguages')}
        />
      </div>
      <div className={styles.row}>
        <Hear draft={draft} />
      </div>
      {known && <p className={styles.warning}>{t('known', { word: draft.word.trim() })}</p>}
      <div className={styles.row}>
        <Impact isConsidered={isWhole(draft)} />
        <div className={styles.actions}>
          <SwitchField
            label={t('matchCase')}
            isSelected={draft.caseSensitive}
            onChange={(caseSensitive) => change({ caseSensitive })}
          />
          {(mode === 'edit' || draft.word !== '') && (
            <Button look="quiet" onPress={onCancel}>
              {common('cancel')}
            </Button>
          )}
          <Button type="submit" look="primary" isDisabled={!isWhole(draft) || known}>
            {t(mode === 'add' ? 'add' : 'save')}
          </Button>
        </div>
      </div>
    </form>
  );
};
