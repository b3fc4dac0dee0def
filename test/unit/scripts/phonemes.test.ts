import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LexiconEntry } from '#contract/entities.ts';
import { vendorDefaultModel, textRulesOf } from '#engine/providers/elevenlabs/models.ts';
import { unknownRates } from '#engine/providers/unknown-rates.ts';
import { expand } from '#engine/scripts/expand.ts';
import { codePoints } from '#engine/scripts/spoken-text.ts';
import { spokenWords } from '#engine/scripts/spoken-words.ts';
import { type Order, orderOf, variant } from './expansion-fixture.ts';

const head = '---\nlanguage: en-US\ncast:\n  A: scratch/slt\n---\n';
const gruesse: LexiconEntry = {
  word: 'Grüße',
  say: 'Gree-sseh',
  phonemes: { alphabet: 'ipa', symbols: 'ˈɡʁyːsə' },
  language: null,
  caseSensitive: false,
};
const tag = '<phoneme alphabet="ipa" ph="ˈɡʁyːsə">Grüße</phoneme>';
const phonemeMarkup = (word: string, { alphabet, symbols }: { alphabet: string; symbols: string }) =>
  `<phoneme alphabet="${alphabet}" ph="${symbols}">${word}</phoneme>`;
const items = (body: string, order: Order = {}) => [...expand(orderOf(head + body, { lexicon: [gruesse], ...order }))];
const sent = (body: string, order: Order = {}) =>
  items(body, order).flatMap(({ parts }) => parts.map(({ recipe }) => recipe.text));

describe('a word with phonemes', () => {
  it('is sent as a tag to models that take them, and is heard, counted and predicted by its other spelling', () => {
    const [item] = items('A: Viele Grüße, GRÜSSE!', { rules: { phonemeMarkup } });
    expect(item).toMatchObject({
      text: 'Viele Gree-sseh, GRÜSSE!',
      recipe: { text: `Viele ${tag}, GRÜSSE!` },
      lexiconChanges: [{ word: 'Grüße', say: 'Gree-sseh', count: 1 }],
    });
    expect(spokenWords(`Viele ${tag}`)).toBe(spokenWords('Viele Grüße'));
  });

  it('is said by its other spelling everywhere else, and where the model refuses it', () => {
    expect(sent('A: Grüße.')).toEqual(['Gree-sseh.']);
    expect(sent('A: Grüße.', { rules: { phonemeMarkup: () => null } })).toEqual(['Gree-sseh.']);
  });

  it('changes no recipe of a text that has none', () => {
    const plain = { lexicon: [{ ...gruesse, phonemes: null }] };
    const hashes = (order: Order) =>
      items('A: Grüße an {{x|"alle"}}. [pause 1s] Bis bald.', order).map((item) => item.recipeHash);
    expect(hashes({})).toEqual(hashes(plain));
    expect(hashes({ rules: { phonemeMarkup }, lexicon: [] })).toEqual(hashes({ lexicon: [] }));
  });

  it('has recipes that never change', () => {
    expect(items('A: Viele Grüße.', { rules: { phonemeMarkup } })[0]?.recipeHash).toBe(
      '8d12a5491d90f3fbd7734b811b7f2c7168139cf17505681fef163b30401a6856',
    );
    expect(items('A: Viele Grüße.')[0]?.recipeHash).toBe(
      '8e7ed302e9e2433e24c86a95797f02bdfc49950d829f80a01c188bd98644213a',
    );
  });

  it('is counted at the length of its tag when a text is cut, and is never cut in two', () => {
    const rules = { phonemeMarkup, limit: 70 };
    expect(sent('A: Viele Grüße und Grüße an alle.', { rules })).toEqual([`Viele ${tag} und`, `${tag} an alle.`]);
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('Grüße', 'und', 'Grüße.', 'xxxxxxxxxx', ','), { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 12, max: 120 }),
        (words, limit) => {
          const pieces = sent('A: {{x}} Ende', {
            rules: { phonemeMarkup, limit },
            variants: [variant('v', { x: words.join(' ') })],
          });
          for (const piece of pieces) {
            expect(codePoints(piece)).toBeLessThanOrEqual(limit);
            expect(piece.replaceAll(tag, '')).not.toMatch(/phoneme|[\u{F0000}-\u{FFFFD}]/u);
          }
          const said = words.filter((word) => word.startsWith('Grüße')).length;
          expect(pieces.join(' ').match(/Grüße<|Gree-sseh/gu)?.length ?? 0).toBe(said);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('is told to the neighbours of a joined line as it is heard', () => {
    const settings = ['previous_text', 'next_text'];
    const [, second] = items('A: Grüße.\nA {join: true}: Bye.', {
      rules: { phonemeMarkup, neighbours: true, settings },
    });
    expect(second?.recipe).toMatchObject({ settings: { previous_text: 'Gree-sseh.' } });
  });

  it('does not mistake a sign of the text for one of its marks', () => {
    expect(
      sent('A: {{x}} Grüße', { rules: { phonemeMarkup }, variants: [variant('v', { x: 'a\u{F0000}b' })] }),
    ).toEqual([`ab ${tag}`]);
  });
});

describe('the models of ElevenLabs', () => {
  const connection = (model: string) => ({ settings: { model, route: 'direct', zeroRetention: false, format: 'mp3' } });
  const write = (model: string, word = 'Nike') =>
    textRulesOf(connection(model) as never, null, unknownRates).phonemeMarkup?.(word, {
      alphabet: 'cmu',
      symbols: 'N AY1 K "IY0" & <x>',
    });

  it.each(['eleven_flash_v2', 'eleven_turbo_v2', 'eleven_monolingual_v1'])('%s takes the tag, escaped', (model) => {
    expect(write(model)).toBe(
      '<phoneme alphabet="cmu-arpabet" ph="N AY1 K &quot;IY0&quot; &amp; &lt;x&gt;">Nike</phoneme>',
    );
    expect(write(model, 'New York')).toBeNull();
  });
  it.each(['eleven_v3', 'eleven_flash_v2_5', 'eleven_turbo_v2_5', vendorDefaultModel])('%s takes none', (model) => {
    expect(write(model)).toBeUndefined();
  });
});
