import { useStore } from 'zustand';
import { useStudio } from '../../app/studio-context.ts';
import { Button } from '../../components/button.tsx';
import { formatCredits } from '../../components/format.ts';
import { Sheet } from '../../components/sheet.tsx';
import { wordsOf } from '../../words/words.ts';

/** A line that costs credits is asked about once, with its price. */
export const RetakeSheet = () => {
  const { review } = useStudio();
  const t = wordsOf('review');
  const price = useStore(review, (state) => state.price);
  if (price === null) return null;
  return (
    <Sheet
      alert
      title={t('retakeTitle')}
      onClose={review.forgetRetake}
      footer={
        <>
          <Button onPress={review.forgetRetake}>{t('keepAsIs')}</Button>
          <Button look="primary" autoFocus onPress={() => void review.confirmRetake()}>
            {t('retakeConfirm')}
          </Button>
        </>
      }
    >
      <p>
        {price.credits === null
          ? t('retakeCostsUnknown', { note: price.note })
          : t('retakeCosts', { credits: formatCredits(price.credits) })}
      </p>
    </Sheet>
  );
};
