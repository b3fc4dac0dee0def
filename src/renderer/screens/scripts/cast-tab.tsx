import { MicVocal, Repeat2, SlidersHorizontal } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { Voice } from '#contract/voices.ts';
import { useStudio } from '../../app/studio-context.ts';
import { Badge } from '../../components/badge.tsx';
import { Button, IconButton } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { wordsOf } from '../../words/words.ts';
import { AuditionButton } from '../voices/audition-button.tsx';
import { languageWords } from '../voices/voice-columns.tsx';
import { VoiceBadges } from '../voices/voice-badges.tsx';
import { genderWords } from '../voices/voice-words.ts';
import styles from './cast-tab.module.css';
import { RoleSettings } from './role-settings.tsx';
import { readable, type Role, speechOf, useRoles, voiceNamed } from './roles.ts';
import { VoicePicker } from './voice-picker.tsx';

const VoiceOf = ({ role, voice }: { readonly role: Role; readonly voice: Voice | undefined }) => {
  const t = wordsOf('cast');
  const { entry } = role;
  if (entry === null) return <Badge tone="warning">{t('noVoice')}</Badge>;
  const said = entry.voice.slice(entry.voice.indexOf('/') + 1);
  const set = Object.keys(entry.settings).length;
  return (
    <>
      <span className={styles.named}>
        <span className={styles.name}>{voice?.alias ?? voice?.name ?? said}</span>
        {voice !== undefined && <VoiceBadges voice={voice} />}
      </span>
      <span className={styles.note}>
        {voice === undefined
          ? t('notFound', { workspace: entry.voice.slice(0, entry.voice.indexOf('/')) })
          : [
              voice.workspaceName,
              languageWords(voice),
              voice.gender === null ? null : genderWords(voice.gender),
              entry.model,
              set === 0 ? null : t('settingsSet', { count: set }),
            ]
              .filter((part) => part !== null)
              .join(' · ')}
      </span>
    </>
  );
};

const RoleRow = ({
  role,
  voice,
  onPick,
}: {
  readonly role: Role;
  readonly voice: Voice | undefined;
  readonly onPick: () => void;
}) => {
  const { script } = useStudio();
  const t = wordsOf('cast');
  const projectId = useStore(script, (state) => state.script?.projectId);
  const language = useStore(script, (state) => state.checked?.language ?? null);
  const [open, setOpen] = useState(false);
  const [line] = role.lines;
  return (
    <li className={styles.role}>
      <div className={styles.row}>
        <div className={styles.who}>
          <h2 className={styles.character}>{role.character}</h2>
          <p className={styles.sample}>
            {wordsOf('common')('lines', { count: role.lines.length })}
            {line !== undefined && ` · ${t('quoted', { text: readable(line.text) })}`}
          </p>
        </div>
        <div className={styles.voice}>
          <VoiceOf role={role} voice={voice} />
        </div>
        {voice !== undefined && line !== undefined ? (
          <AuditionButton voice={voice} speech={speechOf(role, line, { projectId, language }, voice)} />
        ) : (
          <span />
        )}
        <div className={styles.buttons}>
          {voice !== undefined && (
            <IconButton
              label={t(open ? 'closeSettings' : 'openSettings', { character: role.character })}
              pressed={open}
              aria-expanded={open}
              onPress={() => setOpen(!open)}
            >
              <SlidersHorizontal aria-hidden />
            </IconButton>
          )}
          <Button icon={role.entry === null ? <MicVocal aria-hidden /> : <Repeat2 aria-hidden />} onPress={onPick}>
            {role.entry === null ? t('cast') : t('recast')}
            <span className={styles.hidden}> {role.character}</span>
          </Button>
        </div>
      </div>
      {open && voice !== undefined && role.entry !== null && (
        <RoleSettings role={role} entry={role.entry} voice={voice} />
      )}
    </li>
  );
};

/** Who speaks with which voice. Choosing writes the script's front matter. */
export const CastTab = () => {
  const { voices, cast } = useStudio();
  const t = wordsOf('cast');
  const list = useStore(voices, (state) => state.voices);
  const roles = useRoles();
  const [picking, setPicking] = useState<string | null>(null);
  const picked = roles.find(({ character }) => character === picking);
  useEffect(() => void voices.open(), [voices]);
  if (roles.length === 0) {
    return (
      <EmptyState icon={<MicVocal aria-hidden />} title={t('nobody')}>
        {t('nobodyHint')}
      </EmptyState>
    );
  }
  return (
    <>
      <ul className={styles.list}>
        {roles.map((role) => (
          <RoleRow
            key={role.character}
            role={role}
            voice={voiceNamed(list, role.entry?.voice)}
            onPick={() => setPicking(role.character)}
          />
        ))}
      </ul>
      {picked !== undefined && (
        <VoicePicker
          role={picked}
          current={voiceNamed(list, picked.entry?.voice)}
          onClose={() => {
            cast.clearPins();
            setPicking(null);
          }}
        />
      )}
    </>
  );
};
