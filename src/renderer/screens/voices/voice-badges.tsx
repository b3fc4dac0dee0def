import type { Voice } from '#contract/voices.ts';
import { Badge } from '../../components/badge.tsx';
import { formatCredits } from '../../components/format.ts';
import { wordsOf } from '../../words/words.ts';
import { availabilityWords, multiplierWords } from './voice-words.ts';

/** What to know before a voice is cast: that it goes, and that it costs more or less than others. */
export const VoiceBadges = ({ voice }: { readonly voice: Voice }) => {
  const t = wordsOf('voices');
  const availability = availabilityWords(voice);
  const multiplier = multiplierWords(voice);
  return (
    <>
      {availability !== null && (
        <Badge
          tone={voice.availability === 'gone' ? 'danger' : 'warning'}
          title={voice.availability === 'gone' ? t('goneHint') : t('leavingHint')}
        >
          {availability}
        </Badge>
      )}
      {multiplier !== null && (
        <Badge title={t('multiplierHint', { times: formatCredits(voice.priceMultiplier ?? 1) })}>{multiplier}</Badge>
      )}
    </>
  );
};
