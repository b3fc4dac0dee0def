import { MicVocal, Repeat2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { Voice } from '#contract/voices.ts';
import { useStudio } from '../../app/studio-context.ts';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { plural } from '../../components/format.ts';
import { AuditionButton } from '../voices/audition-button.tsx';
import { VoiceBadges } from '../voices/voice-badges.tsx';
import styles from './cast-tab.module.css';
import { VoicePicker } from './voice-picker.tsx';

interface Role {
  readonly character: string;
  readonly reference: string | null;
  readonly lines: number;
  /** A line to try the voice with, as the first variant says it. */
  readonly sample: string;
}

const spoken = (text: string, values: Readonly<Record<string, string>>): string =>
  text
    .replace(
      /\{\{\s*([\w-]+)(?:\|"([^"]*)")?\s*\}\}/g,
      (_, name: string, given?: string) => values[name] || (given ?? name.replaceAll('_', ' ')),
    )
    .replace(/\[pause[^\]]*\]/gi, ' ')
    .replace(/\s+/g, ' ')
    .trim();

const useRoles = (): readonly Role[] => {
  const { script, variants } = useStudio();
  const first = useStore(variants, (state) => state.table?.variants[0]?.values) ?? {};
  const checked = useStore(script, (state) => state.checked);
  const lines = checked?.lines ?? [];
  const names = new Set([
    ...(checked?.cast.map(({ character }) => character) ?? []),
    ...lines.map(({ character }) => character),
  ]);
  return [...names].map((character) => {
    const own = lines.filter((line) => line.character === character);
    const reference = checked?.cast.find((entry) => entry.character === character)?.voice ?? null;
    return { character, reference, lines: own.length, sample: spoken(own[0]?.text ?? '', first) };
  });
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
  const missing = role.reference !== null && voice === undefined;
  return (
    <li className={styles.role}>
      <div className={styles.who}>
        <h2 className={styles.character}>{role.character}</h2>
        <p className={styles.sample}>
          {plural(role.lines, 'line')}
          {role.sample !== '' && ` · “${role.sample}”`}
        </p>
      </div>
      <div className={styles.voice}>
        {role.reference === null ? (
          <Badge tone="warning">No voice yet</Badge>
        ) : (
          <>
            <span className={styles.named}>
              <span className={styles.name}>{voice?.name ?? role.reference}</span>
              {voice !== undefined && <VoiceBadges voice={voice} />}
            </span>
            <span className={styles.note}>
              {missing
                ? 'Not found in any workspace'
                : [voice?.workspaceName, voice?.language, voice?.gender].filter(Boolean).join(' · ')}
            </span>
          </>
        )}
      </div>
      {voice !== undefined && <AuditionButton voice={voice} text={role.sample} />}
      <Button icon={role.reference === null ? <MicVocal aria-hidden /> : <Repeat2 aria-hidden />} onPress={onPick}>
        {role.reference === null ? 'Cast' : 'Recast'}
        <span className={styles.hidden}> {role.character}</span>
      </Button>
    </li>
  );
};

/** Who speaks with which voice. Choosing writes the script's front matter. */
export const CastTab = () => {
  const { script, voices } = useStudio();
  const list = useStore(voices, (state) => state.voices);
  const roles = useRoles();
  const [picking, setPicking] = useState<Role | null>(null);
  const language = useStore(script, (state) => state.checked?.language ?? null);
  useEffect(() => void voices.refresh(), [voices]);
  if (roles.length === 0) {
    return (
      <EmptyState icon={<MicVocal aria-hidden />} title="Nobody speaks yet">
        Begin a line with a name in capitals and a colon, such as ANNOUNCER: and the character appears here to be cast.
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
            voice={list.find(({ reference }) => reference === role.reference)}
            onPick={() => setPicking(role)}
          />
        ))}
      </ul>
      {picking !== null && (
        <VoicePicker
          character={picking.character}
          sample={picking.sample}
          language={language}
          current={picking.reference}
          onClose={() => setPicking(null)}
          onChoose={(voice) => {
            setPicking(null);
            void script.setCast({ [picking.character]: voice.reference });
          }}
        />
      )}
    </>
  );
};
