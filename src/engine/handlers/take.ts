import type { Take } from '#contract/entities.ts';
import { AppError } from '#contract/errors.ts';
import { getPeaks, getSelectedTake, getTake, listTakes, selectTake } from '../database/takes.ts';
import type { EngineContext } from './context.ts';
import type { Handlers } from '../router.ts';
import { requireScript } from './lookups.ts';
import { readyOrder, refuseErrors } from './order.ts';

export const takeHandlers = (
  context: EngineContext,
): Pick<Handlers, 'take.list' | 'take.get' | 'take.peaks' | 'take.select' | 'take.spot'> => {
  const { database } = context.ports;
  const requireTake = (id: string): Take => {
    const take = getTake(database, id);
    if (take === null) throw new AppError('not_found', 'This take is not in the library.');
    return take;
  };
  return {
    'take.list': ({ scriptId, lineId, variant, recipeHash, search, suspectOnly, after, limit }) => {
      const { takes, cursor } = listTakes(database, {
        scriptId: scriptId ?? null,
        lineId: lineId ?? null,
        variant: variant ?? null,
        recipeHash: recipeHash ?? null,
        search: search ?? null,
        suspectOnly,
        after: after === undefined ? null : Number(after),
        limit,
      });
      return { takes, cursor: cursor === null ? null : String(cursor) };
    },
    'take.get': ({ takeId }) => requireTake(takeId),
    'take.peaks': ({ takeId }) => {
      const take = requireTake(takeId);
      const stored = getPeaks(database, takeId);
      const peaks =
        stored === null
          ? []
          : Array.from(
              new Int8Array(stored.peaks.buffer, stored.peaks.byteOffset, stored.peaks.byteLength),
              (value) => Math.round((value / 127) * 1000) / 1000,
            );
      return { takeId: take.id, durationMs: take.durationMs, samplesPerPeak: stored?.samplesPerPeak ?? 1, peaks };
    },
    'take.select': ({ takeId }) => {
      const take = requireTake(takeId);
      database.transaction(() => selectTake(database, takeId));
      context.publish('take.selected', { takeId: take.id, recipeHash: take.recipeHash });
      return requireTake(takeId);
    },
    'take.spot': async ({ scriptId, variant }) => {
      const script = requireScript(database, scriptId);
      const ready = await readyOrder(context, script, {
        scriptId,
        only: [variant],
        voices: {},
        voicesFrom: 'variants',
        takes: 1,
        retake: false,
      });
      refuseErrors(ready);
      const steps = [...ready.items()].map((item) => ({
        lineId: item.lineId,
        linePosition: item.linePosition,
        character: item.character,
        text: item.text,
        leadingPauseMs: item.leadingPauseMs,
        trailingPauseMs: item.trailingPauseMs,
        take: getSelectedTake(database, item.recipeHash),
      }));
      const durationMs = steps.reduce(
        (sum, step) => sum + step.leadingPauseMs + (step.take?.durationMs ?? 0) + step.trailingPauseMs,
        0,
      );
      return { steps, durationMs, slotSeconds: ready.slotSeconds };
    },
  };
};
