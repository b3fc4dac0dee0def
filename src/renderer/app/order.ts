import type { Estimate } from '#contract/entities.ts';
import { formatCount, formatCredits, plural } from '../components/format.ts';
import type { Studio } from '../stores/studio.ts';

export const priceOf = ({ credits, fresh }: Estimate): string => {
  if (fresh === 0 || credits === 0) return 'free';
  return credits === null ? 'credits unknown until first render' : `~${formatCredits(credits)} credits`;
};

export const hasErrors = (estimate: Estimate): boolean =>
  estimate.problems.some(({ severity }) => severity === 'error');

/** `24 variants → 61 new lines, 18 owned, free`: everything the click will do. */
export const orderSentence = (estimate: Estimate): string => {
  const { variants, fresh, owned, open } = estimate;
  const parts = [fresh === 0 ? 'nothing new' : plural(fresh, 'new line')];
  if (owned > 0) parts.push(`${formatCount(owned)} owned`);
  if (open > 0) parts.push(`${formatCount(open)} already queued`);
  return `${plural(variants, 'variant')} → ${parts.join(', ')}, ${priceOf(estimate)}`;
};

/** Places the order shown and says what came of it. */
export const placeOrder = async (studio: Studio): Promise<void> => {
  await studio.script.save();
  const render = await studio.order.place();
  if (render === null) return;
  studio.renders.open(render.id);
  const { units, owned } = render.progress;
  const fresh = units - owned;
  studio.messages.show(
    'notice',
    fresh === 0
      ? `Everything is owned already: ${plural(owned, 'line')}, nothing to render.`
      : `Rendering ${plural(fresh, 'line')}.`,
  );
  studio.messages.announce(fresh === 0 ? 'Nothing to render.' : `Rendering ${plural(fresh, 'line')}.`);
  studio.navigation.show(null);
};

/** Renders at once what costs nothing; anything else is asked about once, on the sheet. */
export const pressRender = async (studio: Studio): Promise<void> => {
  await studio.script.save();
  if (studio.order.getState().stale) await studio.order.refresh();
  const { estimate, failure, choice } = studio.order.getState();
  const plain =
    estimate !== null && failure === null && !hasErrors(estimate) && estimate.credits === 0 && choice.only === null;
  if (plain) await placeOrder(studio);
  else studio.navigation.show('render');
};
