import type { Voice } from '#contract/voices.ts';
import { Badge } from '../../components/badge.tsx';
import { formatDate } from '../../components/credit-words.ts';
import { formatCredits } from '../../components/format.ts';

/** How long a voice is still there; null where nothing is known against it. */
export const availabilityWords = ({
  availability,
  noticeEndsAt,
}: Pick<Voice, 'availability' | 'noticeEndsAt'>): string | null => {
  if (availability === 'available') return null;
  if (availability === 'gone') return 'gone';
  return noticeEndsAt === null ? 'being withdrawn' : `until ${formatDate(noticeEndsAt)}`;
};

/** `×2`; null at the model's own rate, or where it is not told. */
export const multiplierWords = ({ priceMultiplier }: Pick<Voice, 'priceMultiplier'>): string | null =>
  priceMultiplier === null || priceMultiplier === 1 ? null : `×${formatCredits(priceMultiplier)}`;

/** What to know before a voice is cast: that it goes, and that it costs more or less than others. */
export const VoiceBadges = ({ voice }: { readonly voice: Voice }) => {
  const availability = availabilityWords(voice);
  const multiplier = multiplierWords(voice);
  return (
    <>
      {availability !== null && (
        <Badge
          tone={voice.availability === 'gone' ? 'danger' : 'warning'}
          title={
            voice.availability === 'gone'
              ? 'It is not in the workspace’s list any more. Takes made with it stay.'
              : 'It will be withdrawn. Takes made with it stay.'
          }
        >
          {availability}
        </Badge>
      )}
      {multiplier !== null && (
        <Badge title={`Costs ${formatCredits(voice.priceMultiplier ?? 1)} times the model’s own rate`}>
          {multiplier}
        </Badge>
      )}
    </>
  );
};
