/** Verdicts and assignments, each with the way back. */
import type { RecipeHash, TakeId } from '#contract/entities.ts';
import type { ReviewItem, Verdict } from '#contract/review.ts';
import { wordsOf } from '../../words/words.ts';
import type { List } from './list.ts';
import { type Desk, takeIdOf } from './state.ts';

const most = 2000;

export const createJudge = ({ client, messages, undo, store }: Desk, list: List) => {
  const t = () => wordsOf('review');

  const put = async (verdicts: readonly { readonly takeId: TakeId; readonly verdict: Verdict }[]) => {
    const { before } = await client.call('review.setVerdict', { verdicts: [...verdicts] });
    const now = new Map(verdicts.map(({ takeId, verdict }) => [takeId, verdict]));
    const of = (takeId: TakeId | null): Verdict | undefined => (takeId === null ? undefined : now.get(takeId));
    const person = list.me() ?? null;
    list.patch(
      ({ takeId }) => of(takeId) !== undefined,
      ({ takeId, verdict }) => ({ verdict: of(takeId) ?? verdict, verdictPerson: person, verdictAt: Date.now() }),
    );
    store.setState(({ takes }) => ({
      takes: takes.map((judged) => ({ ...judged, verdict: of(judged.take.id) ?? judged.verdict })),
    }));
    return before;
  };
  /** The take that the spot uses from then on; what was selected before comes back. */
  const select = async (takeId: TakeId): Promise<TakeId | null> => {
    const before = store.getState().takes.find(({ take }) => take.selected)?.take.id ?? null;
    if (before === takeId || store.getState().takes.length < 2) return null;
    const chosen = await client.call('take.select', { takeId });
    list.patch(
      ({ recipeHash }) => recipeHash === chosen.recipeHash,
      () => ({
        takeId,
        takeNo: chosen.takeNo,
        durationMs: chosen.durationMs,
        loudnessLufs: chosen.loudnessLufs,
        verdict: store.getState().takes.find(({ take }) => take.id === takeId)?.verdict ?? 'open',
      }),
    );
    store.setState(({ takes }) => ({
      takes: takes.map((judged) => ({ ...judged, take: { ...judged.take, selected: judged.take.id === takeId } })),
    }));
    return before;
  };
  const bringBack = async (item: ReviewItem): Promise<void> => {
    const now = store.getState().items.find(({ recipeHash }) => recipeHash === item.recipeHash) ?? item;
    list.show(now);
  };

  const what = (verdict: Verdict, count: number): string =>
    verdict === 'approved'
      ? t()('didApprove', { count })
      : verdict === 'rejected'
        ? t()('didReject', { count })
        : t()('didReopen', { count });

  const judge = async (verdict: Verdict, takeId: TakeId | null, moves: boolean): Promise<void> => {
    const { active } = store.getState();
    if (takeId === null || active === null) {
      if (active !== null) messages.show('notice', t()('nothingToJudge'));
      return;
    }
    try {
      const selectedBefore = verdict === 'approved' ? await select(takeId) : null;
      const before = await put([{ takeId, verdict }]);
      undo.note({
        what: what(verdict, 1),
        undo: async () => {
          await put(before);
          if (selectedBefore !== null) await client.call('take.select', { takeId: selectedBefore });
          await bringBack(active);
        },
        redo: async () => {
          if (selectedBefore !== null) await client.call('take.select', { takeId });
          await put([{ takeId, verdict }]);
        },
      });
      messages.announce(what(verdict, 1));
      const { comparison, takes } = store.getState();
      const number = takes.find(({ take }) => take.id === takeId)?.take.takeNo;
      if (comparison?.mode === 'blind' && number !== undefined)
        messages.show('notice', t()(verdict === 'approved' ? 'blindApproved' : 'blindRejected', { number }));
      store.setState({ comparison: null });
      if (moves && !list.moveOn() && store.getState().counts.open === 0) messages.show('notice', t()('allJudged'));
    } catch (error) {
      messages.fail(error);
    }
  };
  const judgeMany = async (takeIds: readonly TakeId[], nothing: string): Promise<void> => {
    if (takeIds.length === 0) return messages.show('notice', nothing);
    const wanted = takeIds.map((takeId) => ({ takeId, verdict: 'approved' as const }));
    try {
      const before = await put(wanted);
      undo.note({ what: what('approved', takeIds.length), undo: () => put(before), redo: () => put(wanted) });
      messages.show('notice', `${what('approved', takeIds.length)}. ${t()('undoHint')}`);
    } catch (error) {
      messages.fail(error);
    }
  };
  /** All open sounds of the scope, not only those that are shown. */
  const allOpen = async (): Promise<readonly ReviewItem[]> => {
    const { scriptId, renderId } = store.getState();
    if (scriptId === null) return [];
    const found: ReviewItem[] = [];
    for (;;) {
      const page = await client.call('review.list', {
        scriptId,
        ...(renderId === null ? {} : { renderId }),
        verdict: 'open',
        order: 'script',
        offset: found.length,
        limit: most,
      });
      found.push(...page.items);
      if (found.length >= page.total || page.items.length === 0) return found;
    }
  };
  const approveAll = async (fits: (item: ReviewItem) => boolean, nothing: string): Promise<void> => {
    try {
      const fitting = (await allOpen()).filter(fits);
      await judgeMany(fitting.flatMap(({ takeId }) => takeId ?? []).slice(0, 10_000), nothing);
    } catch (error) {
      messages.fail(error);
    }
  };

  const assignTo = async (recipeHash: RecipeHash, person: string | null): Promise<string | null> => {
    const { before } = await client.call('review.assign', { assignments: [{ recipeHash, person }] });
    list.patch(
      (item) => item.recipeHash === recipeHash,
      () => ({ assignee: person }),
    );
    return before[0]?.person ?? null;
  };

  return {
    approve: () => judge('approved', takeIdOf(store.getState()), true),
    reject: () => judge('rejected', takeIdOf(store.getState()), true),
    reopen: () => judge('open', takeIdOf(store.getState()), false),
    /** One of two that were compared. */
    approveTake: (takeId: TakeId) => judge('approved', takeId, true),
    rejectTake: (takeId: TakeId) => judge('rejected', takeId, false),
    /** What this person heard to its end and nothing speaks against. */
    approveHeard: () => {
      const me = list.me();
      return approveAll(
        ({ heardBy, risks, openComments }) =>
          me !== undefined && heardBy.includes(me) && risks.length === 0 && openComments === 0,
        t()('nothingHeard'),
      );
    },
    /** The same words by the same voice, in whatever lines they stand. */
    approveIdentical: () => {
      const { active } = store.getState();
      if (active === null) return Promise.resolve();
      return approveAll(
        ({ text, voice, character }) =>
          text === active.text && voice === active.voice && character === active.character,
        t()('nothingIdentical'),
      );
    },
    select: async (takeId: TakeId): Promise<void> => {
      try {
        const before = await select(takeId);
        if (before === null) return;
        undo.note({
          what: t()('didSelect'),
          undo: () => client.call('take.select', { takeId: before }),
          redo: () => client.call('take.select', { takeId }),
        });
        messages.announce(t()('didSelect'));
      } catch (error) {
        messages.fail(error);
      }
    },
    assign: async (person: string | null): Promise<void> => {
      const { active } = store.getState();
      if (active === null) return;
      const { recipeHash } = active;
      try {
        const before = await assignTo(recipeHash, person);
        undo.note({
          what: person === null ? t()('didUnassign') : t()('didAssign', { name: person }),
          undo: () => assignTo(recipeHash, before),
          redo: () => assignTo(recipeHash, person),
        });
        messages.announce(person === null ? t()('didUnassign') : t()('didAssign', { name: person }));
      } catch (error) {
        messages.fail(error);
      }
    },
    addPerson: async (name: string): Promise<void> => {
      try {
        await client.call('person.add', { name });
      } catch (error) {
        messages.fail(error);
      }
    },
  };
};
