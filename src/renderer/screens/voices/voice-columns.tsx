import { Star } from 'lucide-react';
import { memo } from 'react';
import type { Voice } from '#contract/voices.ts';
import { useStudio } from '../../app/studio-context.ts';
import { cx } from '../../components/cx.ts';
import type { Column } from '../../components/virtual-table.tsx';
import type { Speech } from '../../stores/voice-sound.ts';
import { wordsOf } from '../../words/words.ts';
import { AuditionButton } from './audition-button.tsx';
import { PreviewButton } from './preview-button.tsx';
import { RowButton } from './row-button.tsx';
import { VoiceBadges } from './voice-badges.tsx';
import { genderWords, labelWords, languageName } from './voice-words.ts';
import styles from './voices-screen.module.css';

export const keyOfVoice = ({ reference }: Voice): string => reference;

export const StarButton = memo(({ voice }: { readonly voice: Voice }) => {
  const { voices } = useStudio();
  const t = wordsOf('voices');
  return (
    <RowButton
      label={t(voice.favourite ? 'unfavour' : 'favour', { name: voice.name })}
      pressed={voice.favourite}
      onPress={() => void voices.favour(voice)}
      className={cx(styles.star, voice.favourite && styles.starred)}
    >
      <Star aria-hidden />
    </RowButton>
  );
});
StarButton.displayName = 'StarButton';

/** `en-US, de and 27 more`, in the studio's language. */
export const languageWords = (voice: Voice): string => {
  const own = voice.language ?? voice.languages[0];
  if (own === undefined) return '–';
  const others = voice.languages.filter((tag) => tag !== own).length;
  const name = languageName(own);
  return others === 0 ? name : wordsOf('voices')('languageAndMore', { name, more: others });
};

/** The columns that the Voices room and the picker share. */
export const voiceColumns = (speechOf: (voice: Voice) => Speech, said: string): readonly Column<Voice>[] => {
  const t = wordsOf('voices');
  return [
    {
      id: 'star',
      title: t('favourite'),
      titleHidden: true,
      width: '24px',
      cell: (voice) => <StarButton voice={voice} />,
    },
    {
      id: 'preview',
      title: t('preview'),
      titleHidden: true,
      width: '24px',
      cell: (voice) => <PreviewButton voice={voice} />,
    },
    {
      id: 'name',
      title: t('voice'),
      width: 'minmax(150px, 1.4fr)',
      cell: (voice) => (
        <span className={styles.voice}>
          <span className={styles.name} title={voice.description ?? voice.name}>
            {voice.alias ?? voice.name}
            {voice.alias !== null && <span className={styles.soft}> {voice.name}</span>}
          </span>
          <VoiceBadges voice={voice} />
        </span>
      ),
    },
    { id: 'language', title: t('facet_language'), width: 'minmax(104px, 1.1fr)', cell: languageWords },
    {
      id: 'kind',
      title: t('character'),
      width: 'minmax(96px, 1.1fr)',
      cell: ({ gender, age, accent }) => (
        <span className={styles.soft}>
          {[gender === null ? null : genderWords(gender), age, accent]
            .filter((part) => part !== null)
            .map(labelWords)
            .join(' · ')}
        </span>
      ),
    },
    {
      id: 'workspace',
      title: t('facet_workspace'),
      width: 'minmax(70px, 0.7fr)',
      cell: ({ workspaceName }) => <span className={styles.soft}>{workspaceName}</span>,
    },
    {
      id: 'audition',
      title: said,
      width: '124px',
      cell: (voice) => <AuditionButton voice={voice} speech={speechOf(voice)} />,
    },
  ];
};
