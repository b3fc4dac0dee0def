import { MicVocal, TriangleAlert } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { Voice } from '#contract/voices.ts';
import { useStudio } from '../../app/studio-context.ts';
import { Badge } from '../../components/badge.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { TextField } from '../../components/field.tsx';
import { plural } from '../../components/format.ts';
import { type Column, VirtualTable } from '../../components/virtual-table.tsx';
import { matchVoices, troublesOf } from '../../stores/voice-store.ts';
import { AuditionButton } from './audition-button.tsx';
import { VoiceBadges } from './voice-badges.tsx';
import { languageName, VoiceFacets } from './voice-facets.tsx';
import styles from './voices-screen.module.css';

const columns: readonly Column<Voice>[] = [
  {
    id: 'audition',
    title: 'Hear',
    titleHidden: true,
    width: '26px',
    cell: (voice) => <AuditionButton voice={voice} />,
  },
  {
    id: 'name',
    title: 'Voice',
    width: 'minmax(190px, 1.2fr)',
    cell: (voice) => (
      <span className={styles.voice}>
        <span className={styles.name} title={voice.name}>
          {voice.name}
        </span>
        <VoiceBadges voice={voice} />
      </span>
    ),
  },
  {
    id: 'language',
    title: 'Language',
    width: 'minmax(110px, 0.9fr)',
    cell: ({ language }) => (language === null ? '–' : languageName(language)),
  },
  { id: 'gender', title: 'Gender', width: '80px', cell: ({ gender }) => gender ?? '–' },
  { id: 'workspace', title: 'Workspace', width: 'minmax(100px, 0.8fr)', cell: ({ workspaceName }) => workspaceName },
  {
    id: 'reference',
    title: 'Write in a cast',
    width: 'minmax(150px, 1fr)',
    cell: ({ reference }) => <code className={styles.reference}>{reference}</code>,
  },
  {
    id: 'cost',
    title: 'Audition',
    width: '96px',
    cell: ({ free }) => (free ? <span className={styles.soft}>free</span> : <Badge tone="accent">costs credits</Badge>),
  },
  {
    id: 'about',
    title: 'About',
    width: 'minmax(140px, 1.6fr)',
    cell: ({ description }) => <span className={styles.soft}>{description}</span>,
  },
];

const keyOf = ({ workspaceId, voiceId }: Voice): string => `${workspaceId}/${voiceId}`;

/** Every voice of every workspace, to be heard before it is cast. */
export const VoicesScreen = () => {
  const { voices, player } = useStudio();
  const { status, voices: all, unavailable, catalogues, filter, sample } = useStore(voices);
  const [active, setActive] = useState<string | null>(null);
  useEffect(() => void voices.refresh(), [voices]);
  const found = matchVoices(all, filter);
  const hear = async (voice: Voice): Promise<void> => {
    if (!voice.free) return;
    const takeId = await voices.audition(voice);
    if (takeId !== null) await player.startTakeId(takeId);
  };
  return (
    <section className={styles.screen} aria-labelledby="voices-title">
      <header className={styles.head}>
        <h1 id="voices-title" className={styles.title}>
          Voices <span className={styles.count}>{plural(found.length, 'voice')}</span>
        </h1>
        <div className={styles.sample}>
          <TextField label="Audition with" value={sample} onChange={voices.setSample} />
        </div>
        <VoiceFacets voices={all} filter={filter} onChange={voices.filter} />
        {troublesOf(unavailable, catalogues, filter).map(({ workspaceId, message }) => (
          <p key={workspaceId} className={styles.unavailable}>
            <TriangleAlert aria-hidden /> {message}
          </p>
        ))}
      </header>
      {status === 'ready' && found.length === 0 ? (
        <EmptyState icon={<MicVocal aria-hidden />} title={all.length === 0 ? 'No voices yet' : 'No voice matches'}>
          {all.length === 0
            ? 'Scratch brings voices that cost nothing; add a workspace in Settings for more.'
            : 'Clear the search or a facet; a vendor that lists no voices takes any name typed into the script’s cast.'}
        </EmptyState>
      ) : (
        <div className={styles.table}>
          <VirtualTable
            label="Voices"
            columns={columns}
            rows={found}
            rowKey={keyOf}
            activeKey={active}
            onActive={(voice) => setActive(keyOf(voice))}
            onEnter={(voice) => void hear(voice)}
            minWidth={960}
          />
        </div>
      )}
    </section>
  );
};
