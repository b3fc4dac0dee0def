import { LoaderCircle, Play, Plus } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { WorkspaceId } from '#contract/entities.ts';
import type { LibraryVoice } from '#contract/voices.ts';
import { useStudio } from '../../app/studio-context.ts';
import { Badge } from '../../components/badge.tsx';
import { Button, IconButton } from '../../components/button.tsx';
import { SearchField, SelectField } from '../../components/field.tsx';
import { formatCount, formatCredits } from '../../components/format.ts';
import { Sheet } from '../../components/sheet.tsx';
import { wordsOf } from '../../words/words.ts';
import styles from './library-sheet.module.css';
import { useLibrary } from './use-library.ts';
import { genderWords, labelWords, languageName } from './voice-words.ts';

const tongues = ['en', 'de', 'fr', 'es', 'it', 'nl', 'pl', 'pt', 'sv', 'tr', 'ja', 'ko', 'zh'];

const Entry = ({
  workspaceId,
  voice,
  onAdded,
}: {
  readonly workspaceId: WorkspaceId;
  readonly voice: LibraryVoice;
  readonly onAdded: () => void;
}) => {
  const { voices, sound, messages } = useStudio();
  const t = wordsOf('voices');
  const fetching = useStore(sound, (state) => state.fetching === voice.libraryId);
  const [state, setState] = useState<'offered' | 'adding' | 'added'>('offered');
  const { name, language, accent, gender, age, useCase, priceMultiplier, noticePeriodDays } = voice;
  const add = async (): Promise<void> => {
    setState('adding');
    const added = await voices.addFromLibrary(workspaceId, voice.libraryId, name);
    setState(added === null ? 'offered' : 'added');
    if (added === null) return;
    messages.show('notice', t('addedFromLibrary', { name }));
    onAdded();
  };
  const kind = [
    language === null ? null : languageName(language),
    gender === null ? null : genderWords(gender),
    ...[age, accent, useCase].map((label) => (label === null ? null : labelWords(label))),
  ];
  return (
    <li className={styles.row}>
      {voice.hasPreview ? (
        <IconButton
          size="small"
          label={t('previewLabel', { name })}
          onPress={() => void sound.previewOfLibrary(workspaceId, voice.libraryId, name)}
        >
          {fetching ? <LoaderCircle aria-hidden className={styles.busy} /> : <Play aria-hidden />}
        </IconButton>
      ) : (
        <span />
      )}
      <span className={styles.words}>
        <span className={styles.name}>
          {name}
          {priceMultiplier !== null && priceMultiplier !== 1 && (
            <Badge title={t('multiplierHint', { times: formatCredits(priceMultiplier) })}>
              ×{formatCredits(priceMultiplier)}
            </Badge>
          )}
          {noticePeriodDays !== null && noticePeriodDays > 0 && (
            <Badge title={t('noticeDays', { count: noticePeriodDays })}>{t('days', { count: noticePeriodDays })}</Badge>
          )}
        </span>
        <span className={styles.note}>{kind.filter(Boolean).join(' · ')}</span>
        {voice.description !== null && <span className={styles.note}>{voice.description}</span>}
      </span>
      <Button
        size="small"
        icon={<Plus aria-hidden />}
        busy={state === 'adding'}
        isDisabled={state === 'added'}
        onPress={() => void add()}
      >
        {state === 'added' ? t('added') : t('addSlot')}
        <span className={styles.hidden}> {name}</span>
      </Button>
    </li>
  );
};

/** A vendor's public library: searched and heard for nothing; adding a voice takes one of the workspace's slots. */
export const LibrarySheet = ({ onClose }: { readonly onClose: () => void }) => {
  const { workspaces } = useStudio();
  const t = wordsOf('voices');
  const list = useStore(workspaces, (state) => state.workspaces);
  // The one vendor whose library can be searched stands first; others say so themselves.
  const paid = list
    .filter(({ provider }) => provider !== 'scratch')
    .toSorted((a, b) => Number(b.provider === 'elevenlabs') - Number(a.provider === 'elevenlabs'));
  const [workspaceId, setWorkspaceId] = useState<WorkspaceId | null>(paid[0]?.id ?? null);
  const [query, setQuery] = useState({ search: '', language: '', gender: '' });
  const { found, hasMore, loading, failure, slots, more, readSlots } = useLibrary(workspaceId, query);
  useEffect(() => readSlots(), [readSlots]);
  return (
    <Sheet title={t('libraryTitle')} width="wide" onClose={onClose}>
      {workspaceId === null ? (
        <p className={styles.note}>{t('libraryNoWorkspace')}</p>
      ) : (
        <div className={styles.library}>
          <div className={styles.search}>
            <SearchField
              label={t('librarySearch')}
              value={query.search}
              onChange={(search) => setQuery({ ...query, search })}
            />
            <SelectField
              label={t('facet_language')}
              labelHidden
              value={query.language}
              onChange={(language) => setQuery({ ...query, language })}
              options={[{ id: '', label: t('anyLanguage') }, ...tongues.map((id) => ({ id, label: languageName(id) }))]}
            />
            <SelectField
              label={t('facet_gender')}
              labelHidden
              value={query.gender}
              onChange={(gender) => setQuery({ ...query, gender })}
              options={[
                { id: '', label: t('anyGender') },
                ...['female', 'male', 'neutral'].map((id) => ({ id, label: genderWords(id) })),
              ]}
            />
            {paid.length > 1 && (
              <SelectField
                label={t('facet_workspace')}
                labelHidden
                value={workspaceId}
                onChange={setWorkspaceId}
                options={paid.map(({ id, name }) => ({ id, label: name }))}
              />
            )}
          </div>
          <p className={styles.slots} role="status">
            {slots === null
              ? t('slotHint')
              : t('slotsUsed', { used: formatCount(slots.used), limit: formatCount(slots.limit) })}
          </p>
          {failure !== null && <p className={styles.failure}>{failure}</p>}
          <ul className={styles.list} aria-label={t('libraryTitle')} aria-busy={loading}>
            {found.map((voice) => (
              <Entry key={voice.libraryId} workspaceId={workspaceId} voice={voice} onAdded={readSlots} />
            ))}
          </ul>
          {!loading && failure === null && found.length === 0 && <p className={styles.note}>{t('libraryNothing')}</p>}
          {hasMore && (
            <Button busy={loading} onPress={more}>
              {t('libraryMore')}
            </Button>
          )}
        </div>
      )}
    </Sheet>
  );
};
