import { describe, expect, it } from 'vitest';
import type { Estimate } from '#contract/entities.ts';
import { orderSentence } from '#renderer/app/order.ts';
import { formatClock, formatDecimal, formatLeft } from '#renderer/components/format.ts';
import { readSettings } from '#renderer/screens/settings/settings-text.tsx';
import { readAddress, writeAddress } from '#renderer/stores/navigation-store.ts';

const estimate = (part: Partial<Estimate>): Estimate =>
  ({ variants: 24, fresh: 61, owned: 18, open: 0, credits: 0, ...part }) as Estimate;

describe('the sentence on the render button', () => {
  it('says what is new, what is owned and that it is free', () => {
    expect(orderSentence(estimate({}))).toBe('24 variants → 61 new lines, 18 owned, free');
  });
  it('says what it costs', () => {
    expect(orderSentence(estimate({ credits: 4120 }))).toBe('24 variants → 61 new lines, 18 owned, ~4,120 credits');
  });
  it('never passes an unknown price off as free', () => {
    expect(orderSentence(estimate({ credits: null, variants: 1, fresh: 1, owned: 0 }))).toBe(
      '1 variant → 1 new line, credits unknown until first render',
    );
  });
  it('says that nothing is new, and what another render makes already', () => {
    expect(orderSentence(estimate({ fresh: 0, owned: 70, open: 9, credits: null }))).toBe(
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
