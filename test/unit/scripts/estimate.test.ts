import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Estimate, type RecipeHash } from '#contract/entities.ts';
import { buildEstimate, type EstimateInput } from '#engine/scripts/estimate.ts';
import { expand } from '#engine/scripts/expand.ts';
import { createForecaster, createRateLearner, voiceKey } from '#engine/scripts/forecast.ts';
import { spokenWords } from '#engine/scripts/spoken-words.ts';
import { type Order, orderOf, variant } from './expansion-fixture.ts';

const head = '---\nslot: 10\ncast:\n  A: scratch/slt\n  B: studio/slt\n---\n';
const estimate = (body: string, order: Order = {}, more: Partial<EstimateInput> = {}) => {
  const input = orderOf(head + body, order);
  const result = buildEstimate(expand(input), {
    slotSeconds: input.script.slotSeconds,
    forecaster: createForecaster(new Map()),
    problems: [],
    takeNumbers: () => [1],
    ownership: () => 'fresh',
    workspace: (id) => ({ name: id.slice(3), provider: 'scratch', isFree: id === 'id-scratch' }),
    credits: () => null,
    ...more,
  });
  expect(Estimate.parse(result)).toEqual(result);
  return result;
};
const hashesOf = (body: string, order: Order = {}): RecipeHash[] =>
  [...expand(orderOf(head + body, order))].flatMap(({ recipeHash, parts }) => [
    recipeHash,
    ...parts.map((part) => part.recipeHash),
  ]);
const cities = [variant('a', { x: 'Kiel' }), variant('b', { x: 'Bonn' }), variant('c', { x: 'Kiel' })];

describe('an estimate', () => {
  it('counts a line that comes out alike once, and its characters once', () => {
    expect(estimate('A: Same for all.\nA: In {{x}}.', { variants: cities })).toMatchObject({
      items: 6,
      lines: 2,
      variants: 3,
      distinct: 3,
      fresh: 3,
      owned: 0,
      open: 0,
      characters: 13 + 8 + 8,
    });
  });
  it('counts takes that are owned or queued apart from those to be paid for', () => {
    const [same] = hashesOf('A: Same.');
    const ownership: EstimateInput['ownership'] = (hash, takeNo) =>
      hash !== same ? 'fresh' : takeNo === 1 ? 'owned' : 'open';
    expect(estimate('A: Same.\nA: Other.', {}, { takeNumbers: () => [1, 2], ownership })).toMatchObject({
      items: 4,
      distinct: 4,
      owned: 1,
      open: 1,
      fresh: 2,
      characters: 12,
    });
  });
  it('counts parts singly, and not at all when the whole is owned', () => {
    const body = 'A: One [pause 1s] two.';
    expect(estimate(body)).toMatchObject({
      items: 1,
      distinct: 2,
      fresh: 2,
      split: [{ variant: 'default', linePosition: 1, parts: 2, reason: expect.stringContaining('2 parts') }],
    });
    const [whole] = hashesOf(body);
    expect(estimate(body, {}, { ownership: (hash) => (hash === whole ? 'owned' : 'fresh') })).toMatchObject({
      distinct: 2,
      owned: 2,
      fresh: 0,
      characters: 0,
    });
  });
  it('shares a part between a split line and a line of its own', () => {
    expect(estimate('A: One [pause 1s] two.\nA: two.')).toMatchObject({ items: 2, distinct: 2 });
  });
  it('says what is known about the price, per workspace', () => {
    expect(estimate('A: Hi.')).toMatchObject({ credits: 0, creditsNote: 'Free: nothing is charged.' });
    const unknown = estimate('A: Hi.\nB: Hello.');
    expect(unknown.credits).toBeNull();
    expect(unknown.creditsNote).toBe(
      'Unknown until the first render: studio (1 calls, 6 characters). One line goes first and shows the price.',
    );
    expect(unknown.byWorkspace.map(({ workspaceName, fresh, credits }) => [workspaceName, fresh, credits])).toEqual([
      ['scratch', 1, 0],
      ['studio', 1, null],
    ]);
    expect(estimate('B: Hello.', {}, { credits: (_, { text }) => text.length })).toMatchObject({ credits: 6 });
    expect(estimate('B: Hello.', {}, { ownership: () => 'owned' })).toMatchObject({
      credits: 0,
      creditsNote: expect.stringContaining('nothing new'),
    });
  });
  it('tells for each variant whether it fits the slot, pauses and band included', () => {
    const words = (count: number) => Array.from({ length: count }, () => 'word').join(' ');
    const variants = [
      variant('short', { x: words(10) }),
      variant('near', { x: words(20) }),
      variant('long', { x: words(40) }),
    ];
    const { forecasts, bandPercent, bandNote } = estimate('A: [pause 1s] {{x}} [pause 500ms]', { variants });
    expect(forecasts).toEqual([
      { variant: 'short', seconds: 5.5, lowSeconds: 4.7, highSeconds: 6.3, fit: 'fits' },
      { variant: 'near', seconds: 9.5, lowSeconds: 7.9, highSeconds: 11.1, fit: 'may_overrun' },
      { variant: 'long', seconds: 17.5, lowSeconds: 14.3, highSeconds: 20.7, fit: 'overruns' },
    ]);
    expect([bandPercent, bandNote]).toEqual([
      20,
      'Nothing is learned about these voices yet: 2.5 words per second and a wide band are assumed.',
    ]);
  });
  it('shows directions and words that will not be heard as typed', () => {
    const { notSent, lexicon } = estimate('A (loud): Hi St.\nA: St {{x}}', {
      variants: cities,
      lexicon: [{ word: 'St', say: 'Street', language: null, caseSensitive: true }],
    });
    expect(notSent).toEqual([{ linePosition: 1, direction: 'loud' }]);
    expect(lexicon).toEqual([{ word: 'St', say: 'Street', count: 6 }]);
  });
  it('adds up for any order: every unit is owned, open or fresh, and workspaces share the fresh ones', () => {
    const owners = ['owned', 'open', 'fresh'] as const;
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('A: x', 'B: x', 'A: x [pause 1s] y', 'A: {{x}}', 'B: y'), {
          minLength: 1,
          maxLength: 6,
        }),
        fc.nat({ max: 30 }),
        (rows, salt) => {
          const result = estimate(
            rows.join('\n'),
            { variants: cities },
            {
              takeNumbers: () => [1, 2],
              ownership: (hash, takeNo) => owners[(hash.charCodeAt(0) + takeNo + salt) % 3] ?? 'fresh',
            },
          );
          expect(result.owned + result.open + result.fresh).toBe(result.distinct);
          expect(result.byWorkspace.reduce((sum, { fresh }) => sum + fresh, 0)).toBe(result.fresh);
          expect(result.byWorkspace.reduce((sum, { characters }) => sum + characters, 0)).toBe(result.characters);
          expect(result.items).toBe(rows.length * cities.length * 2);
        },
      ),
    );
  });
});

describe('a forecast', () => {
  const key = voiceKey({ provider: 'scratch', voice: 'slt', model: null });
  const learn = (takes: readonly (readonly [words: number, seconds: number, speed?: number])[]) => {
    const learner = createRateLearner();
    for (const [words, seconds, speed] of takes)
      learner.add(key, { text: 'word '.repeat(words), settings: speed === undefined ? {} : { speed }, seconds });
    return createForecaster(learner.rates());
  };
  it('learns a voice from its takes, whatever their speed', () => {
    const { seconds, bandPercent, takes } = learn([
      [10, 2],
      [20, 4],
      [10, 1, 2],
    ]).predict(key, 'word '.repeat(10), {});
    expect([seconds, bandPercent, takes]).toEqual([2, 3, 3]);
    expect(
      learn([
        [10, 2],
        [20, 4],
        [10, 1, 2],
      ]).predict(key, 'word '.repeat(10), { speed: 0.5 }).seconds,
    ).toBe(4);
  });
  it('states a wider band for a voice that varies', () => {
    const { seconds, bandPercent } = learn([
      [10, 3.8],
      [10, 4],
      [10, 4.2],
    ]).predict(key, 'word '.repeat(10), {});
    expect(seconds).toBeCloseTo(4);
    expect(bandPercent).toBe(9);
  });
  it('assumes the default for a voice with few takes or none', () => {
    expect(
      learn([
        [10, 1],
        [10, 1],
      ]).predict(key, 'one two three four five', {}),
    ).toEqual({ seconds: 2, bandPercent: 20, takes: 0 });
  });
  it('learns nothing from silence or from an impossible length', () => {
    expect(
      learn([
        [0, 2],
        [10, 0],
        [10, Number.NaN],
      ]).predict(key, 'one two three four five', {}).takes,
    ).toBe(0);
  });
  it.each([
    ['One two-three, don’t!', 3],
    ['19 dollars', 2],
    ['€ 21.50', 4],
    ['1,250 miles', 6],
    ['20% off', 3],
    ['0800 1234567', 11],
    ['9:30', 2],
    ['東京', 1],
    ['', 0],
    ['... — !', 0],
  ])('counts the words of "%s" as they are read out', (text, words) => {
    expect(spokenWords(text)).toBe(words);
  });
});
