/** One page of a board: filtered, ordered, with what changes too often to be kept. */
import type { ReviewItem, Verdict } from '#contract/review.ts';
import { isRendering } from '../database/reviews.ts';
import type { ReadableDatabase } from '../ports.ts';
import type { Board } from './board.ts';

export interface Filter {
  readonly verdict?: Verdict | undefined;
  readonly assignee?: string | undefined;
  readonly character?: string | undefined;
  readonly variant?: string | undefined;
  readonly unheardBy?: string | undefined;
  readonly order: 'risk' | 'script' | 'newest';
}

const variantsNamed = 5;

export const itemOf = (database: ReadableDatabase, { scope, facts, risks }: Board, at: number): ReviewItem => {
  const sound = scope.sounds[at];
  const own = facts[at];
  if (sound === undefined || own === undefined) throw new Error('There is no such sound on the board.');
  return {
    recipeHash: sound.recipeHash,
    lineId: sound.lineId,
    linePosition: sound.linePosition,
    character: sound.character,
    text: sound.text,
    voice: sound.voice,
    voiceName: sound.voiceName,
    variants: sound.spots.slice(0, variantsNamed).map((place) => scope.spots[place]?.variant ?? ''),
    variantCount: sound.spots.length,
    takeId: own.shown?.id ?? null,
    takeNo: own.shown?.takeNo ?? null,
    takes: own.takes,
    durationMs: own.shown?.durationMs ?? null,
    loudnessLufs: own.shown?.loudnessLufs ?? null,
    rendering: own.recipeId !== null && isRendering(database, own.recipeId),
    risks: (risks[at] ?? []).map(({ risk, words, facts: told }) => ({ risk, words, facts: told })),
    verdict: own.verdict,
    verdictPerson: own.verdictPerson,
    verdictAt: own.verdictAt,
    assignee: own.assignee,
    heardBy: [...own.heardBy],
    comments: own.comments,
    openComments: own.openComments,
    answers: [...own.answers],
  };
};

/** Places on the board that pass, in the order asked for. */
export const choose = (board: Board, filter: Filter): readonly number[] => {
  const { scope, facts } = board;
  const spot = filter.variant === undefined ? null : scope.spots.findIndex(({ variant }) => variant === filter.variant);
  const passes = (at: number): boolean => {
    const own = facts[at];
    const sound = scope.sounds[at];
    if (own === undefined || sound === undefined) return false;
    return (
      // Without audio there is nothing to judge: it is no open take.
      (filter.verdict === undefined || (own.shown !== null && own.verdict === filter.verdict)) &&
      (filter.assignee === undefined || own.assignee === filter.assignee) &&
      (filter.character === undefined || sound.character === filter.character) &&
      (spot === null || sound.spots.includes(spot)) &&
      (filter.unheardBy === undefined || (own.shown !== null && !own.heardBy.includes(filter.unheardBy)))
    );
  };
  if (filter.order === 'risk') return board.byRisk.filter(passes);
  const places = scope.sounds.map((_, at) => at).filter(passes);
  if (filter.order === 'script') return places;
  const made = (at: number): number => facts[at]?.shown?.seq ?? -1;
  return places.sort((a, b) => made(b) - made(a));
};

export const countVerdicts = ({ facts }: Board) => {
  const counts = { open: 0, approved: 0, rejected: 0, missing: 0 };
  for (const { shown, verdict } of facts) counts[shown === null ? 'missing' : verdict] += 1;
  return counts;
};

/** Characters in the order they first speak. */
export const charactersOf = ({ scope }: Board): string[] => [
  ...new Set(scope.sounds.map(({ character }) => character)),
];
