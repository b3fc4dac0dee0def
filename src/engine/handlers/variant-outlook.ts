/**
 * The outlook of a table is remembered: a changed cell expands its own row, a new take looks up its own sound. Lists of
 * ten thousand rows are worked out in slices.
 */
import type { RecipeHash, ScriptId, Variant } from '#contract/entities.ts';
import { AppError } from '#contract/errors.ts';
import type { MethodOutput } from '#contract/methods/index.ts';
import { getSound } from '../database/sounds.ts';
import { listVoiceRates } from '../database/takes.ts';
import type { Handlers } from '../router.ts';
import { createExpander } from '../scripts/expand.ts';
import { type ExpandInput, selectVariants } from '../scripts/expansion.ts';
import { createForecaster, type VoiceRates } from '../scripts/forecast.ts';
import { addToPlan, createOutlook, emptyPlan, type RowPlan, type Sound } from '../scripts/outlook.ts';
import { hasErrors } from '../scripts/problem.ts';
import type { EngineContext } from './context.ts';
import { requireScript } from './lookups.ts';
import { expansionOf } from './order.ts';

type Outlook = MethodOutput<'variant.outlook'>;

/** Longest work without letting others run, in ms. */
const sliceMs = 5;
const mostScripts = 4;

interface Known {
  /** By the row's cells; null: it cannot be spoken. */
  readonly plans: Map<string, RowPlan | null>;
  readonly sounds: Map<RecipeHash, Sound>;
  rates: string;
}

/** Changes when voices were learned about: then lengths are worth predicting again. */
const stampOf = (rates: VoiceRates): string =>
  [...rates].map(([key, { takes }]) => `${key} ${Math.floor(Math.log2(takes + 1))}`).join('\n');
const keyOf = ({ values, voices }: Variant): string => JSON.stringify([values, voices]);

export const variantOutlookHandlers = (context: EngineContext): Pick<Handlers, 'variant.outlook'> => {
  const { database, clock } = context.ports;
  const known = new Map<ScriptId, Known>();
  const running = new Map<ScriptId, { readonly revision: number; readonly result: Promise<Outlook> }>();
  /** Rises with every push that may have made a running answer old. */
  let changes = 0;

  context.follow(({ name, payload }) => {
    if (['script.changed', 'lexicon.changed', 'workspace.changed', 'voice.changed'].includes(name)) {
      changes += 1;
      known.clear();
    }
    if (name === 'variant.changed') changes += 1;
    if (name === 'take.added' || name === 'take.selected') {
      const { recipeHash } = payload as { readonly recipeHash: RecipeHash };
      for (const { sounds } of known.values()) forget(sounds.get(recipeHash));
    }
    if (name === 'render.changed') {
      for (const { sounds } of known.values())
        for (const sound of sounds.values()) if (sound.state !== 'owned') forget(sound);
    }
  });
  const forget = (sound: Sound | undefined): void => {
    if (sound !== undefined) sound.state = null;
  };
  const slices = () => {
    let started = clock.monotonic();
    return async (): Promise<void> => {
      if (clock.monotonic() - started < sliceMs) return;
      await clock.breathe();
      started = clock.monotonic();
    };
  };

  const soundOf = ({ sounds }: Known, recipeHash: RecipeHash, parts: readonly RecipeHash[]): Sound => {
    const sound = sounds.get(recipeHash) ?? { recipeHash, parts, state: null, durationMs: 0 };
    sounds.set(recipeHash, sound);
    return sound;
  };
  const planRows = async (memory: Known, input: ExpandInput, rows: readonly Variant[], rates: VoiceRates) => {
    const forecaster = createForecaster(rates);
    const expandRow = createExpander(input);
    const breathe = slices();
    for (const row of rows) {
      let plan: RowPlan | null = emptyPlan();
      try {
        for (const item of expandRow(row)) {
          const parts = item.parts.map(({ recipeHash }) => recipeHash);
          addToPlan(plan, item, soundOf(memory, item.recipeHash, parts), forecaster);
          await breathe();
        }
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        plan = null;
      }
      memory.plans.set(keyOf(row), plan);
    }
  };
  const lookUp = (sound: Sound): void => {
    const { durationMs, isOpen } = getSound(database, sound.recipeHash);
    const partIsOpen = () => sound.parts.some((part) => part !== sound.recipeHash && getSound(database, part).isOpen);
    sound.state = durationMs !== null ? 'owned' : isOpen || partIsOpen() ? 'open' : 'fresh';
    sound.durationMs = durationMs ?? 0;
  };

  const workOut = async (scriptId: ScriptId): Promise<Outlook> => {
    const { parsed, stored, input } = await expansionOf(context, requireScript(database, scriptId), { voices: {} });
    const { revision } = stored;
    if (hasErrors(parsed.problems)) return { revision, variants: [] };
    const rates = listVoiceRates(database);
    const stamp = stampOf(rates);
    let memory = known.get(scriptId);
    if (memory === undefined || memory.rates !== stamp) memory = { plans: new Map(), sounds: new Map(), rates: stamp };
    known.delete(scriptId);
    known.set(scriptId, memory);
    const oldest = known.keys().next().value;
    if (known.size > mostScripts && oldest !== undefined) known.delete(oldest);

    const { variants } = selectVariants(stored.variants, undefined);
    const { plans, sounds } = memory;
    const keys = variants.map(keyOf);
    const missing = new Map(
      variants.flatMap((row, at) => (plans.has(keys[at] ?? '') ? [] : [[keys[at], row] as const])),
    );
    await planRows(memory, input, [...missing.values()], rates);
    const breathe = slices();
    for (const sound of sounds.values()) {
      if (sound.state !== null) continue;
      lookUp(sound);
      await breathe();
    }
    const add = createOutlook(parsed.slotSeconds);
    const outlook: Outlook['variants'] = [];
    for (const [at, { name, row }] of variants.entries()) {
      const plan = plans.get(keys[at] ?? '') ?? null;
      if (plan !== null) outlook.push(add(name, row, plan));
      await breathe();
    }
    // Cells that were typed over are not asked for again.
    if (plans.size > 2 * variants.length + 100) {
      const used = new Set(keys);
      for (const key of plans.keys()) if (!used.has(key)) plans.delete(key);
    }
    return { revision, variants: outlook };
  };

  return {
    'variant.outlook': ({ scriptId }) => {
      const under = running.get(scriptId);
      if (under?.revision === changes) return under.result;
      const result = workOut(scriptId).finally(() => {
        if (running.get(scriptId)?.result === result) running.delete(scriptId);
      });
      running.set(scriptId, { revision: changes, result });
      return result;
    },
  };
};
