import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RecipeHash, type SpeechRecipe } from '#contract/entities.ts';
import { canonicalJson } from '#engine/scripts/canonical-json.ts';
import { recipeHash } from '#engine/scripts/recipe-hash.ts';
import { sha256 } from './expansion-fixture.ts';

const recipe: SpeechRecipe = {
  kind: 'speech',
  provider: 'chosen',
  account: 'https://api.example.com|studio',
  voice: 'Mara',
  model: null,
  language: null,
  text: 'Only 19 €, “today” 😀',
  settings: { speed: 1.15, warm: true, style: 'calm' },
  format: 'wav',
};

describe('canonical JSON', () => {
  it('sorts members by UTF-16 units, at every depth', () => {
    expect(canonicalJson({ b: 1, a: { '\u20ac': 1, '\r': 2, '😀': 3, 1: 4, '\ufb33': 5 }, B: [2, 1] })).toBe(
      '{"B":[2,1],"a":{"\\r":2,"1":4,"€":1,"😀":3,"\ufb33":5},"b":1}',
    );
  });
  it('writes numbers as RFC 8785 does', () => {
    expect(canonicalJson([-0, 1e21, 1e-7, 333333333.3333333, 4.5, 2e-3, 1e30, 5e-324, 2 ** 53])).toBe(
      '[0,1e+21,1e-7,333333333.3333333,4.5,0.002,1e+30,5e-324,9007199254740992]',
    );
  });
  it.each([
    [undefined],
    [Number.NaN],
    [Number.POSITIVE_INFINITY],
    ['\ud800'],
    [{ a: undefined }],
    [[undefined]],
    [() => 1],
    [1n],
    [new Date(0)],
    [new Map()],
    [Symbol('x')],
  ])('refuses %s', (value) => {
    expect(() => canonicalJson(value)).toThrow('no canonical form');
  });
  it('is the same however the members were put in, and reads back as the value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const turned = (part: unknown): unknown =>
          Array.isArray(part)
            ? part.map(turned)
            : typeof part === 'object' && part !== null
              ? Object.fromEntries(
                  Object.entries(part)
                    .toReversed()
                    .map(([key, member]) => [key, turned(member)]),
                )
              : part;
        expect(canonicalJson(turned(value))).toBe(canonicalJson(value));
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});

describe('a recipe hash', () => {
  it('never changes for a recipe', () => {
    expect(recipeHash(sha256, recipe)).toBe('75059874f3d99a802de7b86ad7aef64eab937ab919077c6546d848d6768dc32f');
    expect(
      recipeHash(sha256, {
        kind: 'joined',
        parts: [
          { recipeHash: RecipeHash.parse('a'.repeat(64)), gapAfterMs: 400 },
          { recipeHash: RecipeHash.parse('b'.repeat(64)), gapAfterMs: 0 },
        ],
      }),
    ).toBe('ab8aca132d0252918fb650f86f60c7bdcf9d4452b1427ef42b2b095409110576');
  });
  it('is sha256 over the byte 1 and the canonical JSON', () => {
    const bytes = Buffer.concat([Buffer.from([1]), Buffer.from(canonicalJson(recipe), 'utf8')]);
    expect(recipeHash(sha256, recipe)).toBe(createHash('sha256').update(bytes).digest('hex'));
  });
  it.each([
    ['provider', { provider: 'scratch' }],
    ['account', { account: 'other' }],
    ['voice', { voice: 'mara' }],
    ['model', { model: 'fast' }],
    ['language', { language: 'en' }],
    ['text', { text: 'Only 19 €, “today” 😁' }],
    ['settings', { settings: { speed: 1.2, warm: true, style: 'calm' } }],
    ['format', { format: 'mp3' }],
  ] as const)('depends on the %s', (_, change) => {
    expect(recipeHash(sha256, { ...recipe, ...change })).not.toBe(recipeHash(sha256, recipe));
  });
});
