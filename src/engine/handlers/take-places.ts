import { AppError } from '#contract/errors.ts';
import type { MethodOutput } from '#contract/methods/index.ts';
import type { ScriptId, Take } from '#contract/entities.ts';
import { getScript } from '../database/scripts.ts';
import { listOrderedPlaces, nameOfTake, type OrderedPlace } from '../database/take-places.ts';
import { getTake } from '../database/takes.ts';
import type { Handlers } from '../router.ts';
import { takeFileName } from '../takes/file-name.ts';
import { mediaPath } from '../takes/store-audio.ts';
import type { EngineContext } from './context.ts';
import { readyOrder } from './order.ts';

type Place = MethodOutput<'take.places'>[number];

/** Longest work without letting others run, in ms. */
const sliceMs = 5;
/** Words that name the audio of what was made elsewhere. */
const namingWords = 6;

export const takePlacesHandlers = (context: EngineContext): Pick<Handlers, 'take.places' | 'take.file'> => {
  const { database, files, clock } = context.ports;
  const requireTake = (id: string): Take => {
    const take = getTake(database, id);
    if (take === null) throw new AppError('not_found', 'This take is not in the library.');
    return take;
  };

  /** Of the lines that it was ordered for, those that still say it: edited since, they are another recipe. */
  const placesIn = async (take: Take, scriptId: ScriptId, ordered: readonly OrderedPlace[]): Promise<Place[]> => {
    const script = getScript(database, scriptId);
    if (script === null) return [];
    const ready = await readyOrder(context, script, {
      scriptId,
      lineIds: ordered.map(({ lineId }) => lineId),
      only: [...new Set(ordered.flatMap(({ variants }) => variants))],
      voices: {},
      voicesFrom: 'variants',
      takes: 1,
      retake: false,
    });
    const places = new Map<string, Place>();
    try {
      let started = clock.monotonic();
      for (const { recipeHash, lineId, linePosition, variant } of ready.items()) {
        if (recipeHash === take.recipeHash) {
          const known = places.get(lineId);
          const { title } = script;
          places.set(
            lineId,
            known === undefined
              ? { scriptId, title, lineId, linePosition, firstVariant: variant, variants: 1 }
              : { ...known, variants: known.variants + 1 },
          );
        }
        if (clock.monotonic() - started < sliceMs) continue;
        await clock.breathe();
        started = clock.monotonic();
      }
    } catch (error) {
      // A line without a voice says nothing now, this take included.
      if (!(error instanceof AppError)) throw error;
    }
    return [...places.values()];
  };

  return {
    'take.places': async ({ takeId }) => {
      const take = requireTake(takeId);
      const byScript = new Map<ScriptId, OrderedPlace[]>();
      for (const place of listOrderedPlaces(database, takeId))
        byScript.set(place.scriptId, [...(byScript.get(place.scriptId) ?? []), place]);
      const places: Place[] = [];
      for (const [scriptId, ordered] of byScript) places.push(...(await placesIn(take, scriptId, ordered)));
      return places.sort((a, b) => a.title.localeCompare(b.title) || a.linePosition - b.linePosition);
    },
    'take.file': async ({ takeId }) => {
      const take = requireTake(takeId);
      const path = mediaPath(take.sha256, take.format);
      if ((await files.size(path)) === null) {
        throw new AppError(
          'media_missing',
          'The audio file of this take is not in the library. Its entry is kept; run the doctor to see whether a copy can be found.',
          { action: { type: 'run-doctor' } },
        );
      }
      const name = nameOfTake(database, takeId);
      const parts =
        name === null
          ? [take.voice, take.text.split(/\s+/).slice(0, namingWords).join(' ')]
          : [name.title, name.variant, String(name.linePosition).padStart(2, '0'), name.character];
      return { path: files.absolute(path), fileName: takeFileName(parts, take.takeNo, take.format) };
    },
  };
};
