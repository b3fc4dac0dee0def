import type { RecipeHash } from '#contract/entities.ts';
import { findOpenJob, hasTake } from '../database/jobs.ts';
import { findRecipeId } from '../database/recipes.ts';
import type { Handlers } from '../router.ts';
import { auditionOf } from './audition.ts';
import type { EngineContext } from './context.ts';

export const voiceQuoteHandlers = (context: EngineContext): Pick<Handlers, 'voice.quote'> => {
  const { database } = context.ports;
  const stateOf = (recipeHash: RecipeHash): 'owned' | 'open' | 'fresh' => {
    const id = findRecipeId(database, recipeHash);
    if (id === null) return 'fresh';
    if (hasTake(database, id, 1)) return 'owned';
    return findOpenJob(database, id, 1) === null ? 'fresh' : 'open';
  };
  return {
    'voice.quote': (speech) => {
      const { row, isFree, item } = auditionOf(context, speech);
      if (stateOf(item.recipeHash) === 'owned')
        return { credits: 0, owned: true, note: 'Owned already: it plays at once and costs nothing.' };
      if (isFree) return { credits: 0, owned: false, note: 'Free: nothing is charged.' };
      const fresh = item.parts.filter((part) => stateOf(part.recipeHash) === 'fresh');
      if (fresh.length === 0)
        return { credits: 0, owned: false, note: 'On its way already: it is not paid for a second time.' };
      const prices = fresh.map(({ recipe }) => context.queue.priceOf(row.seq, recipe));
      if (prices.includes(null))
        return { credits: null, owned: false, note: `"${row.name}" tells its price with the first line it speaks.` };
      return {
        credits: prices.reduce<number>((sum, price) => sum + (price ?? 0), 0),
        owned: false,
        note: 'From the prices known so far; what the vendor charges counts.',
      };
    },
  };
};
