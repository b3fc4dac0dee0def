/** What the Review room knows. */
import { createStore } from 'zustand/vanilla';
import type { Client } from '#client/index.ts';
import type { RecipeHash, RenderId, ScriptId, TakeId } from '#contract/entities.ts';
import type { ErrorShape } from '#contract/errors.ts';
import type { Timings } from '#contract/history.ts';
import type { MethodOutput } from '#contract/methods/index.ts';
import type { ReviewComment, ReviewItem, Verdict } from '#contract/review.ts';
import type { Program } from '../../audio/timeline.ts';
import type { MessageStore } from '../message-store.ts';
import type { NavigationStore } from '../navigation-store.ts';
import type { PlayerStore } from '../player-store.ts';
import type { PreferenceStore } from '../preference-store.ts';
import type { UndoStore } from '../undo-store.ts';

export interface ReviewFilter {
  readonly verdict: Verdict | null;
  readonly assignee: string | null;
  readonly character: string | null;
  readonly variant: string | null;
  readonly unheardByMe: boolean;
  readonly order: 'risk' | 'script' | 'newest';
}
export const everything: ReviewFilter = {
  verdict: null,
  assignee: null,
  character: null,
  variant: null,
  unheardByMe: false,
  order: 'risk',
};
export type JudgedTake = MethodOutput<'review.takes'>[number];
export type Person = MethodOutput<'person.list'>[number];

/** What one more take of the line costs. */
export interface Price {
  readonly recipeHash: RecipeHash;
  /** Null: not known before the vendor's first bill. */
  readonly credits: number | null;
  readonly note: string;
}
export interface Comparison {
  readonly first: TakeId;
  readonly other: TakeId;
  /** `blind`: nobody sees which is which. */
  readonly mode: 'open' | 'blind';
}
export interface ReviewState {
  readonly status: 'loading' | 'ready' | 'failed';
  readonly failure: ErrorShape | null;
  readonly scriptId: ScriptId | null;
  readonly renderId: RenderId | null;
  readonly filter: ReviewFilter;
  readonly items: readonly ReviewItem[];
  readonly total: number;
  readonly counts: MethodOutput<'review.list'>['counts'];
  readonly characters: readonly string[];
  readonly slotSeconds: number | null;
  /** The sound that is judged; it stays when a filter takes it from the list. */
  readonly active: ReviewItem | null;
  /** Another take of it than the item's own. */
  readonly shownTakeId: TakeId | null;
  readonly takes: readonly JudgedTake[];
  readonly comments: readonly ReviewComment[];
  readonly timings: Timings | null;
  readonly people: readonly Person[];
  readonly comparison: Comparison | null;
  /** A comment is being written about this place; null in it: about the whole. */
  readonly writing: { readonly takeId: TakeId; readonly atMs: number | null } | null;
  readonly price: Price | null;
  /** The price of a retake stands before the person. */
  readonly asksRetake: boolean;
  readonly autoplay: boolean;
}

export const initialState: ReviewState = {
  status: 'loading',
  failure: null,
  scriptId: null,
  renderId: null,
  filter: everything,
  items: [],
  total: 0,
  counts: { open: 0, approved: 0, rejected: 0, missing: 0 },
  characters: [],
  slotSeconds: null,
  active: null,
  shownTakeId: null,
  takes: [],
  comments: [],
  timings: null,
  people: [],
  comparison: null,
  writing: null,
  price: null,
  asksRetake: false,
  autoplay: true,
};
export const createReviewState = () => createStore<ReviewState>(() => initialState);

/** What the parts of the store share. */
export interface Desk {
  readonly client: Client;
  readonly messages: MessageStore;
  readonly navigation: NavigationStore;
  readonly undo: UndoStore;
  readonly preferences: PreferenceStore;
  readonly player: PlayerStore;
  readonly store: ReturnType<typeof createReviewState>;
}

/** The take that is looked at and heard: the item's own, unless another of the line was chosen. */
export const takeIdOf = ({ active, shownTakeId }: Pick<ReviewState, 'active' | 'shownTakeId'>): TakeId | null =>
  shownTakeId ?? active?.takeId ?? null;

/** The program of an item's own take, made without asking for anything. */
export const programOfItem = (item: ReviewItem, takeId: TakeId, durationMs: number): Program => ({
  id: takeId,
  title: item.text,
  subtitle: `${item.character} · ${item.voiceName}`,
  steps: [{ takeId, title: item.character, text: item.text, leadingMs: 0, trailingMs: 0, durationMs }],
  slotSeconds: null,
});
export const programOf = (state: ReviewState): Program | null => {
  const { active, takes } = state;
  const takeId = takeIdOf(state);
  if (active === null || takeId === null) return null;
  const own = takeId === active.takeId ? active.durationMs : null;
  const durationMs = own ?? takes.find(({ take }) => take.id === takeId)?.take.durationMs;
  return durationMs === undefined ? null : programOfItem(active, takeId, durationMs);
};
