/** An order from the sentence on its button to what came of it. */
import type { CreditMeter } from '#contract/account.ts';
import type { Estimate } from '#contract/entities.ts';
import { formatLeft } from '../components/format.ts';
import { isEverything } from '../stores/order-store.ts';
import type { Studio } from '../stores/studio.ts';
import { wordsOf } from '../words/words.ts';
import { orderPrices, priceWords, shareWords, type UnitOf } from './price-words.ts';

export const hasErrors = (estimate: Estimate): boolean =>
  estimate.problems.some(({ severity }) => severity === 'error');

export interface OrderFacts {
  readonly unitOf: UnitOf;
  readonly meters: readonly CreditMeter[];
}

/** `240 variants → 31 new lines, 18 owned, ~4,120 credits, 2.1 % of what is left, ~6 min`: everything the click will do. */
export const orderSentence = (estimate: Estimate, { unitOf, meters }: OrderFacts): string => {
  const t = wordsOf('renders');
  const { variants, fresh, owned, open, renderSeconds } = estimate;
  const parts = [fresh === 0 ? t('nothingNew') : t('newLines', { count: fresh })];
  if (owned > 0) parts.push(t('owned', { count: owned }));
  if (open > 0) parts.push(t('queuedAlready', { count: open }));
  parts.push(priceWords(orderPrices(estimate, unitOf)));
  const share = fresh === 0 ? null : shareWords(estimate, meters);
  if (share !== null) parts.push(share);
  if (fresh > 0 && renderSeconds !== null && renderSeconds > 0)
    parts.push(t('takesTime', { time: formatLeft(renderSeconds) }));
  return `${wordsOf('common')('variants', { count: variants })} → ${parts.join(', ')}`;
};

/** Places the order shown and says what came of it. */
export const placeOrder = async (studio: Studio): Promise<void> => {
  await studio.script.save();
  const render = await studio.order.place();
  if (render === null) return;
  studio.renders.placed(render);
  const { units, owned } = render.progress;
  const fresh = units - owned;
  const t = wordsOf('renders');
  studio.messages.show(
    'notice',
    fresh === 0 ? t('everythingOwned', { count: owned }) : t('renderingLines', { count: fresh }),
  );
  if (fresh === 0) studio.messages.announce(t('everythingOwned', { count: owned }));
  studio.navigation.show(null);
};

/** Renders at once what costs nothing; anything else is asked about once, on the sheet. */
export const pressRender = async (studio: Studio): Promise<void> => {
  await studio.script.save();
  if (studio.order.getState().stale) await studio.order.refresh();
  const { estimate, failure, choice } = studio.order.getState();
  const plain =
    estimate !== null && failure === null && !hasErrors(estimate) && estimate.credits === 0 && isEverything(choice);
  if (plain) await placeOrder(studio);
  else studio.navigation.show('render');
};
