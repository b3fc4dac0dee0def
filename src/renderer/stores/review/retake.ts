/** Doing one line again, in its place, with the price before the click. */
import type { ReviewItem } from '#contract/review.ts';
import { wordsOf } from '../../words/words.ts';
import type { List } from './list.ts';
import type { Desk, Price, ReviewState } from './state.ts';

/** Exactly this line of one variant: whatever says the same gets the new take, too. */
const orderOf = ({ scriptId }: ReviewState, { lineId, variants }: ReviewItem) =>
  scriptId === null || lineId === null || variants[0] === undefined
    ? null
    : { scriptId, only: [variants[0]], lineIds: [lineId as string], retake: true };

export const createRetake = ({ client, messages, store, player }: Desk, list: List) => {
  const t = () => wordsOf('review');

  const priceOf = async (item: ReviewItem): Promise<Price | null> => {
    const order = orderOf(store.getState(), item);
    if (order === null) return null;
    const estimate = await client.call('render.estimate', order);
    const [problem] = estimate.problems.filter(({ severity }) => severity === 'error');
    // The line is gone from the script, or the script has errors: what was rendered earlier stands alone.
    if (problem !== undefined || estimate.items === 0) return null;
    return { recipeHash: item.recipeHash, credits: estimate.credits, note: estimate.creditsNote };
  };
  const place = async (item: ReviewItem): Promise<void> => {
    const order = orderOf(store.getState(), item);
    if (order === null) return;
    store.setState({ asksRetake: false });
    try {
      await client.call('render.enqueue', { ...order, priority: 50 });
      list.patch(
        ({ recipeHash }) => recipeHash === item.recipeHash,
        () => ({ rendering: true }),
      );
      messages.announce(t()('retakeOrdered'));
    } catch (error) {
      messages.fail(error);
    }
  };

  return {
    /** Read when the hands rest on a line, so that the button shows it. */
    loadPrice: async (): Promise<void> => {
      const { active } = store.getState();
      if (active === null) return;
      try {
        const price = await priceOf(active);
        if (store.getState().active?.recipeHash === active.recipeHash) store.setState({ price });
      } catch {
        // Without a price there is no button; the reason is told when a retake is asked for.
      }
    },
    /** Free at once; what costs credits, or may, is asked about. */
    retake: async (): Promise<void> => {
      const { active, price } = store.getState();
      if (active === null) return;
      if (active.rendering) return messages.show('notice', t()('retakeUnderWay'));
      try {
        const known = price?.recipeHash === active.recipeHash ? price : await priceOf(active);
        if (known === null) return messages.show('warning', t()('retakeImpossible'));
        store.setState({ price: known });
        if (known.credits === 0) await place(active);
        else store.setState({ asksRetake: true });
      } catch (error) {
        messages.fail(error);
      }
    },
    confirmRetake: async (): Promise<void> => {
      const { active } = store.getState();
      if (active !== null) await place(active);
    },
    forgetRetake: () => store.setState({ asksRetake: false }),
    /** A new take of the line in front: it is shown, and heard when nothing else is. */
    arrived: (takeId: NonNullable<ReviewState['shownTakeId']>, takeNo: number): void => {
      store.setState({ shownTakeId: takeId, comparison: null });
      messages.announce(t()('retakeArrived', { number: takeNo }));
      if (store.getState().autoplay && player.getState().phase === 'stopped') void list.play();
    },
  };
};
