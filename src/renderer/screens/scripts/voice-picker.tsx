import { useState } from 'react';
import { useStore } from 'zustand';
import type { Voice } from '#contract/voices.ts';
import { useStudio } from '../../app/studio-context.ts';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { cx } from '../../components/cx.ts';
import { plural } from '../../components/format.ts';
import { Sheet } from '../../components/sheet.tsx';
import { matchVoices, type VoiceFilter } from '../../stores/voice-store.ts';
import { AuditionButton } from '../voices/audition-button.tsx';
import { VoiceBadges } from '../voices/voice-badges.tsx';
import { VoiceFacets } from '../voices/voice-facets.tsx';
import styles from './voice-picker.module.css';

const mostShown = 300;
/** `en` fits `en-US`. */
const sameLanguage = (voice: Voice, language: string | null): boolean =>
  language !== null && voice.language !== null && voice.language.split('-')[0] === language.split('-')[0];

/** Finds a voice for one character, heard with one of its own lines. */
export const VoicePicker = ({
  character,
  sample,
  language,
  current,
  onChoose,
  onClose,
}: {
  readonly character: string;
  readonly sample: string;
  readonly language: string | null;
  readonly current: string | null;
  readonly onChoose: (voice: Voice) => void;
  readonly onClose: () => void;
}) => {
  const { voices } = useStudio();
  const all = useStore(voices, (state) => state.voices);
  const [filter, setFilter] = useState<VoiceFilter>({ search: '', language: null, gender: null, workspaceName: null });
  const found = matchVoices(all, filter).toSorted(
    (a, b) => Number(sameLanguage(b, language)) - Number(sameLanguage(a, language)),
  );
  return (
    <Sheet title={`Cast ${character}`} width="wide" onClose={onClose}>
      <div className={styles.picker}>
        <VoiceFacets voices={all} filter={filter} onChange={(part) => setFilter({ ...filter, ...part })} />
        <p className={styles.count} role="status">
          {plural(found.length, 'voice')}
        </p>
        <ul className={styles.list}>
          {found.slice(0, mostShown).map((voice) => (
            <li
              key={`${voice.workspaceId}/${voice.voiceId}`}
              className={cx(styles.voice, voice.reference === current && styles.current)}
            >
              <AuditionButton voice={voice} text={sample} />
              <span className={styles.words}>
                <span className={styles.name}>{voice.name}</span>
                <span className={styles.note}>
                  {[voice.workspaceName, voice.language, voice.gender, voice.description].filter(Boolean).join(' · ')}
                </span>
              </span>
              <VoiceBadges voice={voice} />
              {!voice.free && <Badge tone="accent">costs credits</Badge>}
              {voice.reference === current ? (
                <Badge tone="good">Cast</Badge>
              ) : (
                <Button size="small" onPress={() => onChoose(voice)}>
                  Choose<span className={styles.hidden}> {voice.name}</span>
                </Button>
              )}
            </li>
          ))}
        </ul>
      </div>
    </Sheet>
  );
};
