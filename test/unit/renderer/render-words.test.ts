import { describe, expect, it } from 'vitest';
import type { CreditMeter } from '#contract/account.ts';
import type { Estimate, Evidence, Job, Workspace } from '#contract/entities.ts';
import type { Voice } from '#contract/voices.ts';
import { shortfallsOf } from '#renderer/app/credit-shortfall.ts';
import {
  balanceOf,
  candidatesOf,
  candidateWords,
  choicesFor,
  isKeyless,
  kindOf,
} from '#renderer/screens/renders/decisions.ts';
import {
  inOrder,
  renderStateWords,
  spentWords,
  waitsForPerson,
  withAudio,
} from '#renderer/screens/renders/portions.ts';
import { stateWords } from '#renderer/screens/settings/key-sheet.tsx';
import { availabilityWords, multiplierWords } from '#renderer/screens/voices/voice-words.ts';
import { progress, render } from '#test/fakes/studio/entities.ts';

describe('the words of a render', () => {
  it('count only what can be heard', () => {
    expect(withAudio(progress({ units: 68, owned: 10, succeeded: 40, failed: 18 }))).toBe(50);
  });
  it('say that it waits for a person only when nothing else goes on', () => {
    const asks = (part: Parameters<typeof progress>[0]): boolean =>
      waitsForPerson(render('r', { state: 'active', progress: progress({ uncertain: 1, asking: 1, ...part }) }));
    expect(asks({})).toBe(true);
    expect([asks({ running: 1 }), asks({ queued: 1 }), asks({ uncertain: 2 }), asks({ asking: 0 })]).toEqual([
      false,
      false,
      false,
      false,
    ]);
    expect(waitsForPerson(render('r', { state: 'paused', progress: progress({ uncertain: 1, asking: 1 }) }))).toBe(
      false,
    );
  });
  it('say its state in a word, and that some of it failed', () => {
    expect(renderStateWords(render('r', { state: 'over_budget' }))).toBe('Budget reached');
    expect(renderStateWords(render('r', { state: 'done', progress: progress({ failed: 3 }) }))).toBe('Done, 3 failed');
  });
  it('put what is under way on top, then what waits, then the newest', () => {
    const list = [
      render('old', { createdAt: 1 }),
      render('new', { createdAt: 9 }),
      render('paused', { state: 'paused', createdAt: 2 }),
      render('runs', { state: 'active', createdAt: 3 }),
    ];
    expect(inOrder(list).map(({ id }) => id)).toEqual(['runs', 'paused', 'new', 'old']);
  });
  it('call free only what was made for nothing', () => {
    expect(spentWords(progress({ succeeded: 3 }))).toBe('free');
    expect(spentWords(progress({ heldCredits: 275 }))).toBe('0');
    expect(spentWords(progress({ succeeded: 3, spentCredits: 12.5 }))).toBe('12.5 cr');
  });
});

describe('the choices about a lost call', () => {
  const lost = (idempotencyKey: string | null, estimateCredits: number | null = 61): Job =>
    ({
      workspaceId: 'w',
      generation: { idempotencyKey, estimateCredits, chargedCredits: null },
    }) as Job;
  const decisions = (...jobs: Job[]) => choicesFor(jobs, 'credits').map(({ decision }) => decision);
  const costs = (...jobs: Job[]) => choicesFor(jobs, 'credits').map(({ cost }) => cost);
  it('never offer to send the same call again where no key tells it from a new one', () => {
    expect([isKeyless(lost(null)), isKeyless(lost('k'))]).toEqual([true, false]);
    expect(decisions(lost(null))).toEqual(['look_again', 'pay_again', 'give_up']);
    expect(decisions(lost('k'))).toEqual(['resend', 'pay_again', 'give_up']);
    expect(costs(lost(null)).join(' ')).not.toContain('the key');
    expect(kindOf(lost(null))).not.toBe(kindOf(lost('k')));
  });
  it('tell what each may cost, for all the lines that are meant', () => {
    const [, one] = costs(lost(null));
    expect(one).toContain('about 61 credits more');
    expect(one).toContain('about 122 credits in all');
    const [, two, end] = costs(lost(null), lost(null, 39));
    expect(two).toContain('about 100 credits more');
    expect(end).toContain('up to about 100 credits');
    expect(choicesFor([lost(null, 3)], 'seconds')[1]?.cost).toContain('about 3 seconds of speech more');
  });
  it('name no figure where none is known', () => {
    expect(costs(lost(null, null)).join(' ')).not.toMatch(/\d/);
  });
  it('show each entry of the history once, as it was seen last', () => {
    const item = (vendorItemId: string, note: string): Evidence['candidates'][number] => ({
      vendorItemId,
      at: null,
      voice: 'Morgan',
      text: 'All night long!',
      credits: 15,
      note,
    });
    const look = (candidates: Evidence['candidates']): Evidence => ({
      at: 1,
      message: '',
      balanceBefore: null,
      balanceNow: null,
      candidates,
    });
    const found = candidatesOf([look([item('a', 'early'), item('b', 'only then')]), look([item('a', 'late')])]);
    expect(found.map(({ vendorItemId, note }) => [vendorItemId, note])).toEqual([
      ['a', 'late'],
      ['b', 'only then'],
    ]);
    expect(candidateWords(item('a', 'the text differs'), 'credits')).toBe('Morgan · 15 credits · the text differs');
  });
  it('tell of the balance what is known, and what it may mean', () => {
    const look = (balanceBefore: number | null, balanceNow: number | null): Evidence[] => [
      { at: 1, message: '', balanceBefore, balanceNow, candidates: [] },
    ];
    expect(balanceOf(look(1200, 1150), 'credits')).toEqual({
      before: '1,200 credits',
      now: '1,150 credits',
      meaning: '50 credits less than before',
    });
    expect(balanceOf(look(1200, 1200), 'credits').meaning).toBe('No less than before');
    expect(balanceOf(look(null, 1150), 'credits')).toMatchObject({ before: null, now: '1,150 credits', meaning: null });
    expect(balanceOf([], 'credits')).toEqual({ before: null, now: null, meaning: null });
  });
});

describe('the warning before an order that the account cannot pay', () => {
  const estimate = (credits: number | null): Pick<Estimate, 'byWorkspace'> => ({
    byWorkspace: [
      {
        workspaceId: 'w' as Workspace['id'],
        workspaceName: 'eleven-demo',
        provider: 'elevenlabs',
        fresh: 68,
        characters: 2934,
        credits,
      },
    ],
  });
  const meter = (part: Partial<CreditMeter>): CreditMeter =>
    ({
      workspaceId: 'w',
      costUnit: 'credits',
      state: 'current',
      freeCredits: 1853,
      overage: { state: 'off' },
      ...part,
    }) as CreditMeter;
  const shortfallSentences = (...of: Parameters<typeof shortfallsOf>): string[] =>
    shortfallsOf(...of).map(({ sentence }) => sentence);
  it('says how much is free and how much is missing', () => {
    expect(shortfallSentences(estimate(2934), [meter({})])).toEqual([
      'eleven-demo has 1,853 credits free: about 1,081 credits too few; what does not fit will fail.',
    ]);
    expect(shortfallSentences(estimate(10), [meter({ freeCredits: -5 })])).toEqual([
      'eleven-demo has nothing free: about 10 credits too few; what does not fit will fail.',
    ]);
  });
  it('does not call that a failure which the vendor bills over the limit', () => {
    const overage = { state: 'available', limitCredits: null, current: null } as const;
    expect(shortfallSentences(estimate(2934), [meter({ overage })])[0]).toContain('which is billed');
  });
  it('is silent where it fits, and where the account or the price is not known for sure', () => {
    expect(shortfallSentences(estimate(1853), [meter({})])).toEqual([]);
    expect(shortfallSentences(estimate(2934), [meter({ state: 'stale' })])).toEqual([]);
    expect(shortfallSentences(estimate(2934), [meter({ freeCredits: null })])).toEqual([]);
    expect(shortfallSentences(estimate(null), [meter({})])).toEqual([]);
    expect(shortfallSentences(estimate(2934), [])).toEqual([]);
  });
});

describe('what is said of a voice', () => {
  const words = (availability: Voice['availability'], noticeEndsAt: number | null = null): string | null =>
    availabilityWords({ availability, noticeEndsAt });
  it('tells how long it is there', () => {
    expect(words('notice', Date.UTC(2026, 11, 13, 12))).toBe('until 13 Dec');
    expect([words('notice'), words('gone'), words('available')]).toEqual(['being withdrawn', 'gone', null]);
  });
  it('tells its price only where it is not the usual one', () => {
    expect([2, 1.5, 1, null].map((priceMultiplier) => multiplierWords({ priceMultiplier }))).toEqual([
      '×2',
      '×1.5',
      null,
      null,
    ]);
  });
});

describe('the words about a key', () => {
  const words = (hint: string | null): string =>
    stateWords({ name: 'main', key: { configured: true, hint, locked: false } });
  it('show its ending only where there is one', () => {
    expect(words('...77e0')).toBe('A key is set, ending in 77e0. A new one takes its place.');
    expect([words('...'), words(null)]).toEqual(Array(2).fill('A key is set. A new one takes its place.'));
  });
});
