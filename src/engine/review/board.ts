/**
 * The sounds of one scope with all that is known about them. What is costly (expansion, risks) is kept until something
 * that it hangs on changes; of a changed take only its own row is read anew.
 */
import type { RecipeHash, RenderId, ScriptId } from '#contract/entities.ts';
import type { Push } from '#contract/transport.ts';
import { getScript } from '../database/scripts.ts';
import { firstUseOf, readSoundFacts, recipeHashOf, type SoundFacts } from '../database/reviews.ts';
import { listVoiceRates } from '../database/takes.ts';
import type { Ports } from '../ports.ts';
import { assessRisks, type FoundRisk, rankOf } from './risks.ts';
import type { Scope } from './scope.ts';
import { createSlices } from './slices.ts';

export interface ScopeKey {
  readonly scriptId: ScriptId;
  readonly renderId: RenderId | null;
}
export interface Board {
  readonly scope: Scope;
  /** One for each sound. */
  readonly facts: readonly SoundFacts[];
  readonly risks: readonly (readonly FoundRisk[])[];
  /** Places of the sounds, what is to be heard first in front; what has no audio last. */
  readonly byRisk: readonly number[];
}

export interface Boards {
  get(key: ScopeKey): Promise<Board>;
  /** Hears every push of the engine. */
  heed(push: Push): void;
}

interface Kept {
  readonly key: ScopeKey;
  readonly loading: Promise<{ readonly scope: Scope; readonly places: ReadonlyMap<RecipeHash, number> }>;
  changed: Set<RecipeHash> | 'all';
  board: Board | null;
  /** One after the other: two callers never read the same rows side by side. */
  turn: Promise<unknown>;
}

/** The script that is reviewed and the one looked at before it. */
const mostKept = 3;

/** Sounds of one statement: a few ms of work. */
const readAtOnce = 200;

const isSame = (a: ScopeKey, b: ScopeKey): boolean => a.scriptId === b.scriptId && a.renderId === b.renderId;
/** Whether the risks of a sound may be others now. */
const mattersForRisk = (before: SoundFacts | undefined, now: SoundFacts): boolean =>
  before?.shown?.id !== now.shown?.id ||
  before?.takes !== now.takes ||
  before?.answers.length !== now.answers.length ||
  now.answers.some(({ verdict }, index) => before?.answers[index]?.verdict !== verdict);

export const createBoards = (
  { database, clock }: Pick<Ports, 'database' | 'clock'>,
  load: (key: ScopeKey) => Promise<{ readonly scope: Scope; readonly isFinal: boolean }>,
): Boards => {
  let kept: Kept[] = [];
  const drop = (fits: (key: ScopeKey) => boolean): void => {
    kept = kept.filter(({ key }) => !fits(key));
  };
  const touch = (hash: RecipeHash | null): void => {
    for (const one of kept) {
      if (hash === null) one.changed = 'all';
      else if (one.changed !== 'all') one.changed.add(hash);
    }
  };

  const open = (key: ScopeKey): Kept => {
    const known = kept.find((one) => isSame(one.key, key));
    if (known !== undefined) return known;
    const one: Kept = {
      key,
      changed: 'all',
      board: null,
      turn: Promise.resolve(),
      loading: load(key).then(({ scope, isFinal }) => {
        if (!isFinal) drop((other) => isSame(other, key));
        return { scope, places: new Map(scope.sounds.map(({ recipeHash }, at) => [recipeHash, at])) };
      }),
    };
    one.loading.catch(() => {
      kept = kept.filter((other) => other !== one);
    });
    kept = [one, ...kept].slice(0, mostKept);
    return one;
  };

  const order = (scope: Scope, facts: readonly SoundFacts[], risks: readonly FoundRisk[][]): number[] => {
    const places = scope.sounds.map((_, at) => at);
    const ranks = places.map((at) => (facts[at]?.shown == null ? Number.MAX_SAFE_INTEGER : rankOf(risks[at] ?? [])));
    const weight = (at: number): number => risks[at]?.[0]?.weight ?? 0;
    return places.sort((a, b) => {
      const byRank = (ranks[a] ?? 0) - (ranks[b] ?? 0);
      if (byRank !== 0) return byRank;
      return weight(a) === weight(b) ? a - b : weight(b) - weight(a);
    });
  };

  const bring = async (one: Kept): Promise<Board> => {
    const { scope, places } = await one.loading;
    const { changed } = one;
    one.changed = new Set();
    const { board } = one;
    const which =
      changed === 'all' || board === null
        ? scope.sounds.map((_, at) => at)
        : [...changed].flatMap((hash) => places.get(hash) ?? []);
    const facts = board === null ? [] : [...board.facts];
    const pause = createSlices(clock);
    let assess = board === null;
    try {
      for (let from = 0; from < which.length; from += readAtOnce) {
        const places = which.slice(from, from + readAtOnce);
        const found = readSoundFacts(
          database,
          places.map((at) => scope.sounds[at]?.recipeHash ?? ''),
        );
        for (const [index, at] of places.entries()) {
          const now = found[index];
          if (now === undefined) continue;
          assess ||= mattersForRisk(facts[at], now);
          facts[at] = now;
        }
        await pause();
      }
      const risks =
        assess || board === null
          ? await assessRisks({
              scope,
              facts,
              rates: listVoiceRates(database),
              firstUse: (speaker) => firstUseOf(database, speaker),
              pause,
            })
          : (board.risks as FoundRisk[][]);
      one.board = { scope, facts, risks, byRisk: assess || board === null ? order(scope, facts, risks) : board.byRisk };
      return one.board;
    } catch (error) {
      one.changed = 'all';
      throw error;
    }
  };

  return {
    get: (key) => {
      const one = open(key);
      const next = one.turn.then(() => bring(one));
      one.turn = next.catch(() => undefined);
      return next;
    },
    heed: ({ name, payload }) => {
      switch (name) {
        case 'script.changed':
        case 'variant.changed': {
          const { scriptId } = payload as { readonly scriptId: string };
          return drop((key) => key.scriptId === scriptId);
        }
        case 'lexicon.changed': {
          const { projectId } = payload as { readonly projectId: string };
          return drop((key) => getScript(database, key.scriptId)?.projectId === projectId);
        }
        // Other voices, models or names: what is sent may be something else.
        case 'voice.changed':
        case 'workspace.changed':
          return drop(({ renderId }) => renderId === null);
        case 'take.added':
        case 'take.selected':
          return touch((payload as { readonly recipeHash: RecipeHash }).recipeHash);
        case 'review.changed': {
          const { takeIds } = payload as { readonly takeIds: readonly string[] };
          if (takeIds.length === 0) return touch(null);
          for (const takeId of takeIds) touch(recipeHashOf(database, takeId));
          return undefined;
        }
        default:
          return undefined;
      }
    },
  };
};
