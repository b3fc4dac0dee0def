import { describe, expect, it, vi } from 'vitest';
import type { RecipeHash, ScriptId, TakeId } from '#contract/entities.ts';
import type { ReviewItem, Verdict } from '#contract/review.ts';
import { createMessageStore } from '#renderer/stores/message-store.ts';
import { createNavigationStore } from '#renderer/stores/navigation-store.ts';
import { createPlayerStore } from '#renderer/stores/player-store.ts';
import { createPreferenceStore } from '#renderer/stores/preference-store.ts';
import { createReviewStore } from '#renderer/stores/review-store.ts';
import { createUndoStore } from '#renderer/stores/undo-store.ts';
import { createEngineStandIn, createPlace } from './engine-stand-in.ts';

const item = (name: string, part: Partial<ReviewItem> = {}): ReviewItem => ({
  recipeHash: name.padStart(64, '0') as RecipeHash,
  lineId: null,
  linePosition: 1,
  character: 'HOST',
  text: `Says ${name}`,
  voice: 'slt',
  voiceName: 'slt',
  variants: ['leeds'],
  variantCount: 1,
  takeId: `take-${name}` as TakeId,
  takeNo: 1,
  takes: 1,
  durationMs: 1000,
  loudnessLufs: -18,
  rendering: false,
  risks: [],
  verdict: 'open',
  verdictPerson: null,
  verdictAt: null,
  assignee: null,
  heardBy: [],
  comments: 0,
  openComments: 0,
  answers: [],
  ...part,
});

const setUp = async (items: readonly ReviewItem[]) => {
  vi.stubGlobal('fetch', () => Promise.reject(new Error('There is no sound in this test.')));
  const verdicts = new Map<string, Verdict>(items.map(({ takeId, verdict }) => [takeId ?? '', verdict]));
  const engine = createEngineStandIn({
    'person.list': () => [{ name: 'me', isMe: true, heard: 0, assigned: 0 }],
    'preference.list': () => ({}),
    'preference.set': () => ({}),
    'review.takes': () => [],
    'review.comments': () => [],
    'take.timings': () => ({ timings: null }),
    'take.peaks': ({ takeId }) => ({ takeId, durationMs: 1000, samplesPerPeak: 1, peaks: [] }),
    'review.list': ({ verdict }) => {
      const now = items
        .map((one) => ({ ...one, verdict: verdicts.get(one.takeId ?? '') ?? 'open' }))
        .filter((one) => verdict === undefined || one.verdict === verdict);
      const counts = { open: now.length, approved: 0, rejected: 0, missing: 0 };
      return { items: now, total: now.length, counts, characters: ['HOST'], slotSeconds: null };
    },
    'review.setVerdict': (input) => {
      const asked = input['verdicts'] as { takeId: string; verdict: Verdict }[];
      const before = asked.map(({ takeId }) => ({ takeId, verdict: verdicts.get(takeId) ?? 'open' }));
      for (const { takeId, verdict } of asked) verdicts.set(takeId, verdict);
      return { before };
    },
  });
  const messages = createMessageStore();
  const navigation = createNavigationStore(createPlace('#/review/s1'));
  const undo = createUndoStore(messages);
  const preferences = createPreferenceStore(engine.client, messages);
  const player = createPlayerStore(engine.client, messages);
  const review = createReviewStore(engine.client, messages, { navigation, undo, preferences, player });
  await review.refresh();
  review.setAutoplay(false);
  const active = () => review.getState().active?.text;
  return { engine, review, undo, messages, navigation, verdicts, active };
};

describe('a verdict', () => {
  it('is kept, moves on to the next open take, and comes back with its take by undo', async () => {
    const { review, undo, verdicts, active } = await setUp([item('a'), item('b', { verdict: 'approved' }), item('c')]);
    expect(active()).toBe('Says a');
    await review.approve();
    expect(verdicts.get('take-a')).toBe('approved');
    expect(active()).toBe('Says c');
    await undo.undo();
    expect(verdicts.get('take-a')).toBe('open');
    expect(active()).toBe('Says a');
    await undo.redo();
    expect(verdicts.get('take-a')).toBe('approved');
  });

  it('is not given to a line that has no take', async () => {
    const { review, engine, messages } = await setUp([item('a', { takeId: null, takeNo: null, takes: 0 })]);
    await review.reject();
    expect(engine.called('review.setVerdict')).toEqual([]);
    expect(messages.getState().messages[0]?.text).toContain('nothing to judge');
  });

  it('is given at once to all that this person heard and nothing speaks against, and taken back at once', async () => {
    const risk = { risk: 'suspect', words: '', facts: {} } as const;
    const { review, undo, verdicts } = await setUp([
      item('a', { heardBy: ['me'] }),
      item('b', { heardBy: ['me'], risks: [risk] }),
      item('c', { heardBy: ['me'], openComments: 1 }),
      item('d', { heardBy: ['another'] }),
      item('e', { heardBy: ['another', 'me'] }),
    ]);
    await review.approveHeard();
    expect([...verdicts].filter(([, verdict]) => verdict === 'approved').map(([take]) => take)).toEqual([
      'take-a',
      'take-e',
    ]);
    await undo.undo();
    expect(new Set(verdicts.values())).toEqual(new Set(['open']));
  });
});

describe('the room', () => {
  it('goes through the list by key and stops at its ends', async () => {
    const { review, active } = await setUp([item('a'), item('b')]);
    review.step(-1);
    expect(active()).toBe('Says a');
    review.step(1);
    review.step(1);
    expect(active()).toBe('Says b');
  });

  it('follows its address to another script', async () => {
    const { engine, navigation, review } = await setUp([item('a')]);
    navigation.openReview('s2' as ScriptId, { render: 'r9' });
    await vi.waitFor(() => expect(review.getState().status).toBe('ready'));
    expect(engine.called('review.list').at(-1)?.input).toMatchObject({ scriptId: 's2', renderId: 'r9' });
  });
});
