import { describe, expect, it } from 'vitest';
import type { CreditMeter } from '#contract/account.ts';
import type { Estimate } from '#contract/entities.ts';
import { orderSentence } from '#renderer/app/order.ts';
import type { CostUnit } from '#renderer/app/price-words.ts';
import { formatClock, formatDecimal, formatLeft } from '#renderer/components/format.ts';
import { readSettings } from '#renderer/screens/settings/settings-text.tsx';
import { readAddress, writeAddress } from '#renderer/stores/navigation-store.ts';

const estimate = (part: Partial<Estimate>, credits: number | null = 0): Estimate =>
  ({
    variants: 24,
    fresh: 61,
    owned: 18,
    open: 0,
    credits,
    renderSeconds: null,
    byWorkspace: [{ workspaceId: 'w', workspaceName: 'eleven', fresh: 61, characters: 4120, credits }],
    ...part,
  }) as Estimate;
const meter = (freeCredits: number | null): CreditMeter =>
  ({ workspaceId: 'w', costUnit: 'credits', state: 'current', freeCredits }) as CreditMeter;
const sentence = (
  of: Estimate,
  { unit = 'credits', meters = [] }: { unit?: CostUnit; meters?: readonly CreditMeter[] } = {},
): string => orderSentence(of, { meters, unitOf: () => unit });

describe('the sentence on the render button', () => {
  it('says what is new, what is owned and that it is free', () => {
    expect(sentence(estimate({}), { unit: 'free' })).toBe('24 variants → 61 new lines, 18 owned, free');
  });
  it('says what it costs, what share of what is left that is, and how long it takes', () => {
    const all = sentence(estimate({ renderSeconds: 370 }, 4120), { meters: [meter(196_190)] });
    expect(all).toBe('24 variants → 61 new lines, 18 owned, ~4,120 credits, 2.1 % of what is left, ~6 min');
  });
  it('does not guess a share where the account tells none, and does not hide that it will not do', () => {
    expect(sentence(estimate({}, 4120), { meters: [meter(null)] })).toMatch(/~4,120 credits$/);
    expect(sentence(estimate({}, 4120), { meters: [meter(4000)] })).toMatch(/more than is left$/);
    expect(sentence(estimate({}, 1), { meters: [meter(4_000_000)] })).toMatch(/under 0.1 % of what is left$/);
  });
  it('counts in what the vendor counts, and adds no two units up', () => {
    expect(sentence(estimate({}, 85), { unit: 'seconds' })).toMatch(/~85 seconds of speech$/);
    const two = estimate({
      byWorkspace: [
        { workspaceId: 'w', workspaceName: 'a', credits: 400 },
        { workspaceId: 'v', workspaceName: 'b', credits: 85 },
      ] as Estimate['byWorkspace'],
    });
    const unitOf = (id: string): CostUnit => (id === 'w' ? 'credits' : 'seconds');
    expect(orderSentence(two, { meters: [], unitOf })).toMatch(/~400 credits \+ ~85 seconds of speech$/);
  });
  it('never passes an unknown price off as free', () => {
    expect(sentence(estimate({ variants: 1, fresh: 1, owned: 0 }, null))).toBe(
      '1 variant → 1 new line, credits unknown until first render',
    );
  });
  it('says that nothing is new, and what another render makes already', () => {
    expect(sentence(estimate({ fresh: 0, owned: 70, open: 9, renderSeconds: 0 }, null))).toBe(
      '24 variants → nothing new, 70 owned, 9 already queued, free',
    );
  });
});

describe('numbers and times', () => {
  it('carries a rounded tenth into the minute', () => {
    expect([0, 9.96, 59.96, 61.2].map(formatClock)).toEqual(['0:00.0', '0:10.0', '1:00.0', '1:01.2']);
  });
  it('writes a loudness with a real minus sign', () => {
    expect(formatDecimal(-20.63)).toBe('\u221220.6');
  });
  it('grows its unit with what is left', () => {
    expect([0.4, 42, 600, 9000].map(formatLeft)).toEqual(['about a second', '42 s', '10 min', '2.5 h']);
  });
});

describe('the address', () => {
  it('leads back to the same place', () => {
    const place = {
      room: 'scripts',
      scriptId: 'a/b c' as never,
      tab: 'cast',
      takeId: 't 1' as never,
      query: {},
    } as const;
    expect(readAddress(writeAddress(place))).toEqual(place);
  });
  it('opens the first room for anything it does not know', () => {
    const first = { room: 'scripts', scriptId: null, tab: 'script', takeId: null, query: {} };
    expect(['', '#/nowhere/at/all', '#/scripts/%/script'].map(readAddress)).toEqual([first, first, first]);
  });
});

describe('the settings of a workspace', () => {
  it('reads numbers, switches and words, and leaves out lines without a name', () => {
    expect(readSettings('concurrency=2\nplan = pro\nstrict=true\n\n=lost\nurl=/a?b=c')).toEqual({
      concurrency: 2,
      plan: 'pro',
      strict: true,
      url: '/a?b=c',
    });
  });
});
