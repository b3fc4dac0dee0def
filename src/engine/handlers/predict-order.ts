/**
 * Before the first takes of a voice, a vendor that predicts lengths is asked for a few lines, free: at most twenty distinct
 * ones a voice, because it counts these calls against its rate limit. The rest follow from the rate that shows.
 */
import type { SpeechRecipe } from '#contract/entities.ts';
import { countPredictions, hasPrediction, savePrediction } from '../database/predictions.ts';
import { listVoiceRates } from '../database/takes.ts';
import { requireWorkspace } from './lookups.ts';
import { viewOf } from '../providers/workspace-view.ts';
import type { ExpandedItem, ExpandedPart } from '../scripts/expansion.ts';
import { voiceKey } from '../scripts/forecast.ts';
import { spokenWords } from '../scripts/spoken-words.ts';
import type { EngineContext } from './context.ts';

const mostPerVoice = 20;
/** Takes of a voice after which its own rate is better than any prediction. */
const enoughTakes = 3;
/** An estimate waits this long for predictions at most, in ms; what came by then is kept. */
const patienceMs = 4_000;

interface Question {
  readonly workspaceId: ExpandedItem['workspaceId'];
  readonly part: ExpandedPart;
  readonly key: string;
}

/** The lines worth asking for; an order of many is looked at only until its voices have enough. */
const questionsOf = (context: EngineContext, items: Iterable<ExpandedItem>): readonly Question[] => {
  const { database } = context.ports;
  const rates = listVoiceRates(database);
  const left = new Map<string, number>();
  const questions = new Map<string, Question>();
  let looked = 0;
  for (const { workspaceId, parts } of items) {
    looked += 1;
    if (looked > 2_000) break;
    for (const part of parts) {
      if (!context.providers.get(part.recipe.provider).abilities.durationPrediction) continue;
      const key = voiceKey(part.recipe);
      const room = left.get(key) ?? mostPerVoice - countPredictions(database, key);
      left.set(key, room);
      if (room <= 0 || (rates.get(key)?.takes ?? 0) >= enoughTakes) continue;
      if (questions.has(part.recipeHash) || hasPrediction(database, part.recipeHash)) continue;
      questions.set(part.recipeHash, { workspaceId, part, key });
      left.set(key, room - 1);
    }
  }
  return [...questions.values()];
};

const speedOf = ({ settings }: SpeechRecipe): number => {
  const speed = Number(settings['speed'] ?? 1);
  return Number.isFinite(speed) && speed > 0 ? speed : 1;
};

/** Never fails: an estimate without predictions is still one. */
export const predictOrder = async (context: EngineContext, items: () => Iterable<ExpandedItem>): Promise<void> => {
  const { database, clock, vault, logger } = context.ports;
  if (context.options.readOnly === true) return;
  if (!context.providers.all.some(({ abilities }) => abilities.durationPrediction)) return;
  const questions = questionsOf(context, items());
  if (questions.length === 0) return;
  const patience = new AbortController();
  const endPatience = clock.after(patienceMs, () => patience.abort());
  try {
    for (const { workspaceId, part, key } of questions) {
      const row = requireWorkspace(database, workspaceId);
      const provider = context.providers.get(row.provider);
      const apiKey = provider.abilities.needsKey ? await vault.get(row.id) : null;
      if (provider.abilities.needsKey && apiKey === null) return;
      const call = { workspace: viewOf(row, provider), key: apiKey, signal: patience.signal };
      const seconds = (await provider.predictSeconds?.(call, part.recipe)) ?? null;
      const words = spokenWords(part.recipe.text);
      if (seconds === null || !(seconds > 0) || words === 0) continue;
      database.transaction(() =>
        savePrediction(database, {
          recipeHash: part.recipeHash,
          voiceKey: key,
          words,
          seconds: seconds * speedOf(part.recipe),
        }),
      );
    }
  } catch (error) {
    logger.debug('Lengths could not be predicted; the estimate goes by the learned rate.', { error });
  } finally {
    endPatience();
  }
};
