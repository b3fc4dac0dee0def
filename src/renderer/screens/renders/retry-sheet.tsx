import { useStore } from 'zustand';
import { priceWords, pricesOf, unitsOf } from '../../app/price-words.ts';
import { useStudio } from '../../app/studio-context.ts';
import { Button } from '../../components/button.tsx';
import { Sheet } from '../../components/sheet.tsx';
import { wordsOf } from '../../words/words.ts';

/** A retry that costs something, with its price before the click. */
export const RetrySheet = () => {
  const { renders, workspaces } = useStudio();
  const asked = useStore(renders, (state) => state.retry);
  const known = useStore(workspaces, (state) => state.workspaces);
  const t = wordsOf('renders');
  if (asked === null) return null;
  const { calls, byWorkspace } = asked.quote;
  const prices = pricesOf(byWorkspace, unitsOf(known));
  const isKnown = prices.every(({ credits }) => credits !== null);
  const price = priceWords(prices);
  const keep = (): void => void renders.answerRetry('keep');
  return (
    <Sheet
      title={t('retryTitle', { count: calls })}
      onClose={keep}
      footer={
        <>
          <Button onPress={keep}>{wordsOf('common')('cancel')}</Button>
          <Button look="primary" autoFocus onPress={() => void renders.answerRetry('retry')}>
            {isKnown ? t('retryConfirm', { price }) : t('retryConfirmUnknown')}
          </Button>
        </>
      }
    >
      <p>{isKnown ? t('retryCost', { price }) : t('retryUnknown')}</p>
    </Sheet>
  );
};
