/** The list, what of it is shown, and moving through it. */
import type { RenderId } from '#contract/entities.ts';
import type { ReviewItem } from '#contract/review.ts';
import { failureOf } from '../failure.ts';
import { createRefresher } from '../refresher.ts';
import { type Desk, initialState, programOf, programOfItem, type ReviewFilter, type ReviewState } from './state.ts';

const pageSize = 500;
const largestPage = 2000;
/** As many sounds ahead are decoded and drawn before they are asked for. */
const ahead = 3;
/** Own edits are shown at once; the list is only read anew when the hands rest. */
const restMs = 1500;

export const createList = (
  desk: Desk,
  loadDetails: { readonly ask: () => void; readonly now: () => Promise<void> },
) => {
  const { client, store, player } = desk;
  const me = (): string | undefined => store.getState().people.find(({ isMe }) => isMe)?.name;
  /** Where the active sound stood when it was last in the list. */
  let place = 0;

  const queryOf = ({ filter, scriptId, renderId }: ReviewState) => {
    if (scriptId === null) return null;
    const name = filter.unheardByMe ? me() : undefined;
    return {
      scriptId,
      order: filter.order,
      ...(renderId === null ? {} : { renderId }),
      ...(filter.verdict === null ? {} : { verdict: filter.verdict }),
      ...(filter.assignee === null ? {} : { assignee: filter.assignee }),
      ...(filter.character === null ? {} : { character: filter.character }),
      ...(filter.variant === null ? {} : { variant: filter.variant }),
      ...(name === undefined ? {} : { unheardBy: name }),
    };
  };
  const isStill = (before: ReviewState): boolean => {
    const now = store.getState();
    return now.filter === before.filter && now.scriptId === before.scriptId && now.renderId === before.renderId;
  };

  const load = async (): Promise<void> => {
    const before = store.getState();
    const query = queryOf(before);
    if (query === null) return store.setState({ ...initialState, status: 'ready', people: before.people });
    try {
      const wanted = Math.max(pageSize, before.items.length);
      const first = await client.call('review.list', { ...query, limit: Math.min(wanted, largestPage) });
      const items = [...first.items];
      while (items.length < Math.min(wanted, first.total)) {
        const { items: next } = await client.call('review.list', {
          ...query,
          offset: items.length,
          limit: largestPage,
        });
        if (next.length === 0) break;
        items.push(...next);
      }
      if (!isStill(before)) return;
      const { active } = store.getState();
      const same = items.find(({ recipeHash }) => recipeHash === active?.recipeHash);
      const { total, counts, characters, slotSeconds } = first;
      store.setState({ status: 'ready', failure: null, items, total, counts, characters, slotSeconds });
      if (active === null) show(items[0] ?? null);
      else if (same !== undefined) store.setState({ active: same });
    } catch (error) {
      if (isStill(before)) store.setState({ status: 'failed', failure: failureOf(error), items: [], active: null });
    }
  };
  const refresher = createRefresher(load, { delayMs: 800, pace: 'steady' });
  const resting = createRefresher(load, { delayMs: restMs, pace: 'settle' });

  const prepare = (): void => {
    const { items } = store.getState();
    const soon = items.slice(place, place + 1 + ahead).filter(({ takeId }) => takeId !== null);
    player.prepare(soon.flatMap(({ takeId }) => takeId ?? []));
    for (const item of soon)
      if (item.takeId !== null && item.durationMs !== null)
        player.outline(programOfItem(item, item.takeId, item.durationMs)).catch(() => undefined);
  };

  const show = (item: ReviewItem | null): void => {
    const { active, items } = store.getState();
    const at = items.findIndex(({ recipeHash }) => recipeHash === item?.recipeHash);
    if (at >= 0) place = at;
    if (item !== null && active?.recipeHash === item.recipeHash) return;
    store.setState({
      active: item,
      shownTakeId: null,
      takes: [],
      comments: [],
      timings: null,
      comparison: null,
      writing: null,
      price: null,
      asksRetake: false,
    });
    prepare();
    loadDetails.ask();
  };
  const play = async (): Promise<void> => {
    const program = programOf(store.getState());
    if (program !== null) await player.start(program);
  };
  /** Shows another sound; what was playing gives way to it. */
  const moveTo = (item: ReviewItem, plays: boolean): void => {
    show(item);
    if (plays && item.takeId !== null) void play();
    else if (player.getState().phase !== 'stopped') player.pause();
  };
  const placeOfActive = (): number => {
    const { items, active } = store.getState();
    const at = items.findIndex(({ recipeHash }) => recipeHash === active?.recipeHash);
    return at < 0 ? place : at;
  };

  return {
    load,
    refresh: refresher.now,
    ask: refresher.ask,
    askWhenResting: resting.ask,
    show,
    play,
    me,
    openScope: (scriptId: ReviewState['scriptId'], renderId: RenderId | null): void => {
      const now = store.getState();
      if (now.scriptId === scriptId && now.renderId === renderId && now.status !== 'failed') return;
      const { people, autoplay, filter } = now;
      store.setState({ ...initialState, people, autoplay, filter: { ...filter, character: null, variant: null } });
      store.setState({ scriptId, renderId });
      place = 0;
      void refresher.now();
    },
    choose: (part: Partial<ReviewFilter>): void => {
      store.setState(({ filter }) => ({ filter: { ...filter, ...part }, active: null, items: [], status: 'loading' }));
      place = 0;
      void refresher.now();
    },
    more: async (): Promise<void> => {
      const before = store.getState();
      const query = queryOf(before);
      if (query === null || before.items.length >= before.total || before.status !== 'ready') return;
      try {
        const { items } = await client.call('review.list', { ...query, offset: before.items.length, limit: pageSize });
        if (store.getState().items === before.items) store.setState({ items: [...before.items, ...items] });
      } catch (error) {
        desk.messages.fail(error);
      }
    },
    /** The neighbour in the list; it is heard when something was, or by the person's choice. */
    step: (by: 1 | -1): void => {
      const { items, autoplay, active } = store.getState();
      const inList = items.some(({ recipeHash }) => recipeHash === active?.recipeHash);
      const from = placeOfActive();
      // What a filter took away left its place to the next one.
      const next = items[Math.min(items.length - 1, Math.max(0, inList || by < 0 ? from + by : from))];
      if (next !== undefined && next.recipeHash !== active?.recipeHash)
        moveTo(next, autoplay || player.getState().phase !== 'stopped');
    },
    /** After a verdict: the next one that is open; false at the end. */
    moveOn: (): boolean => {
      const { items, autoplay, active } = store.getState();
      const next = items
        .slice(placeOfActive())
        .find((item) => item.recipeHash !== active?.recipeHash && item.takeId !== null && item.verdict === 'open');
      if (next === undefined) return false;
      moveTo(next, autoplay);
      return true;
    },
    /** Shows at once what an edit changed, in the list and in front. */
    patch: (fits: (item: ReviewItem) => boolean, change: (item: ReviewItem) => Partial<ReviewItem>): void => {
      const mend = (item: ReviewItem): ReviewItem => (fits(item) ? { ...item, ...change(item) } : item);
      store.setState(({ items, active, counts }) => {
        const mended = items.map(mend);
        const tally = { ...counts };
        for (const [at, item] of items.entries()) {
          const now = mended[at]?.verdict ?? item.verdict;
          if (now === item.verdict) continue;
          tally[item.verdict] -= 1;
          tally[now] += 1;
        }
        return { items: mended, active: active === null ? null : mend(active), counts: tally };
      });
      resting.ask();
    },
  };
};
export type List = ReturnType<typeof createList>;
