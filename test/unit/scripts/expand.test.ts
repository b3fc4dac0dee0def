import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expand } from '#engine/scripts/expand.ts';
import { selectVariants } from '#engine/scripts/expansion.ts';
import { codePoints } from '#engine/scripts/spoken-text.ts';
import { type Order, orderOf, variant } from './expansion-fixture.ts';

const head =
  '---\nlanguage: en-US\ncast:\n  A: scratch/slt\n  B: {voice: scratch/rms, model: quick, settings: {speed: 1.1, tone: warm}}\n---\n';
const items = (body: string, order: Order = {}) => [...expand(orderOf(head + body, order))];
const only = (body: string, order: Order = {}) => {
  const [item, ...others] = items(body, order);
  if (item === undefined || others.length > 0) throw new Error('One item was expected.');
  return item;
};
const texts = (body: string, order: Order = {}) => items(body, order).map(({ text }) => text);
const partTexts = (body: string, order: Order = {}) => only(body, order).parts.map(({ recipe }) => recipe.text);

describe('expansion', () => {
  it('makes a recipe of what reaches the vendor and of no local id', () => {
    const item = only('B {speed: 1.2}: Hello  world.');
    expect(item.recipe).toEqual({
      kind: 'speech',
      provider: 'scratch',
      account: 'account of scratch',
      voice: 'rms',
      model: 'quick',
      language: null,
      text: 'Hello world.',
      settings: { speed: 1.2 },
      format: 'wav',
    });
    expect(item.parts).toEqual([{ recipe: item.recipe, recipeHash: item.recipeHash, plainHash: null }]);
    expect(item.settingsNotSent).toEqual(['tone']);
    expect(item).toMatchObject({
      variant: 'default',
      lineId: 'line-1',
      linePosition: 1,
      character: 'B',
      workspaceId: 'id-scratch',
      split: null,
      notSent: null,
    });
  });
  it('gives the language to models that take one, a setting before the script', () => {
    expect(only('A: Hi', { rules: { settings: ['language'] } }).recipe).toMatchObject({
      language: 'en-US',
      settings: {},
    });
    expect(only('A {language: de}: Hi', { rules: { settings: ['language'] } }).recipe).toMatchObject({
      language: 'de',
      settings: {},
    });
  });
  it('lets the variant choose a voice over the order, and the order over the cast', () => {
    const order = { voices: { A: 'scratch/awb' }, variants: [variant('x', {}, { A: 'scratch/kal' }), variant('y')] };
    expect(items('A: Hi', order).map(({ recipe }) => recipe.kind === 'speech' && recipe.voice)).toEqual(['kal', 'awb']);
  });
  it('does not carry the model of the cast into another workspace', () => {
    expect(only('B: Hi', { voices: { B: 'studio/slt' } }).recipe).toMatchObject({ model: null });
    expect(only('B: Hi', { voices: { B: 'scratch/slt' } }).recipe).toMatchObject({ model: 'quick' });
  });
  it('fills variables with values, then their own default, then the first default of the script', () => {
    const body = 'A: {{x|"one"}} {{x|"two"}} {{x}}';
    expect(texts(body, { variants: [variant('v', { x: ' ' }), variant('w', { x: 'ex' })] })).toEqual([
      'one two one',
      'ex ex ex',
    ]);
  });
  it('takes values as text, whatever they hold', () => {
    expect(texts('A: Say {{x}}.', { variants: [variant('v', { x: '{{y}} [pause 1s]\n$&' })] })).toEqual([
      'Say {{y}} [pause 1s] $&.',
    ]);
  });
  it('applies the lexicon after the variables and says what it changed', () => {
    const item = only('A: {{x}} St, St', {
      variants: [variant('v', { x: 'Main' })],
      lexicon: [{ word: 'Main St', say: 'Main Street', language: 'en', caseSensitive: false }],
    });
    expect([item.text, item.lexiconChanges]).toEqual([
      'Main Street, St',
      [{ word: 'Main St', say: 'Main Street', count: 1 }],
    ]);
  });
  it('makes silence of pauses at the ends and of rows of pauses', () => {
    const silence = items('[pause 1s]\nA: [pause 200ms] Hi. [pause 300ms][pause 100ms]\n[pause 2s]\nA: Bye.').map(
      ({ text, leadingPauseMs, trailingPauseMs }) => [text, leadingPauseMs, trailingPauseMs],
    );
    expect(silence).toEqual([
      ['Hi.', 1200, 2400],
      ['Bye.', 0, 0],
    ]);
  });
  it('leaves out a line with nothing to say and keeps its silence', () => {
    const variants = [variant('v'), variant('w', { x: 'Now.' })];
    const body = 'A: {{x|""}} [pause 1s]\nA: One. [pause 100ms]\nA: {{x|""}} [pause 500ms]';
    expect(
      items(body, { variants }).map((item) => [item.variant, item.text, item.leadingPauseMs, item.trailingPauseMs]),
    ).toEqual([
      ['v', 'One.', 1000, 600],
      ['w', 'Now.', 0, 1000],
      ['w', 'One.', 0, 100],
      ['w', 'Now.', 0, 500],
    ]);
  });
  it('writes an inner pause in the markup of the model', () => {
    const item = only('A: One [pause 1s] two [pause 20ms]. [pause 5ms]', {
      rules: { pauseMarkup: (ms) => `<break ${ms}>` },
    });
    expect(item.recipe).toMatchObject({ kind: 'speech', text: 'One <break 1000> two.' });
    expect(item).toMatchObject({ text: 'One two.', innerPauseMs: 1000, trailingPauseMs: 25, split: null });
  });
  it('splits a line at its pauses where the model has no sign for them', () => {
    const item = only('A (loud): One [pause 1s] two.');
    expect(item.parts.map(({ recipe }) => recipe.text)).toEqual(['One', 'two.']);
    expect(item.recipe).toEqual({
      kind: 'joined',
      parts: [
        { recipeHash: item.parts[0]?.recipeHash, gapAfterMs: 1000 },
        { recipeHash: item.parts[1]?.recipeHash, gapAfterMs: 0 },
      ],
    });
    expect(item.split).toBe(
      'The model has no sign for a pause inside a line: sent in 2 parts with silence between them.',
    );
    expect(items('A: two.')[0]?.recipeHash).toBe(item.parts[1]?.recipeHash);
  });
  it('sends a direction to models with tags, with every part, and shows it elsewhere', () => {
    expect(only('A (softly): Hi').notSent).toBe('softly');
    const rules = { directionMarkup: (direction: string) => `[${direction}]` };
    expect(only('A (softly): Hi', { rules })).toMatchObject({
      notSent: null,
      text: 'Hi',
      recipe: { text: '[softly] Hi' },
    });
    expect(partTexts('A (softly): Hi [pause 1s] you', { rules })).toEqual(['[softly] Hi', '[softly] you']);
  });
  it('splits texts over the limit at sentences, else clauses, else words, else anywhere', () => {
    expect(partTexts('A: One two three. Four five six. Seven.', { rules: { limit: 34 } })).toEqual([
      'One two three. Four five six.',
      'Seven.',
    ]);
    expect(partTexts('A: One two three, four five six seven', { rules: { limit: 20 } })).toEqual([
      'One two three,',
      'four five six seven',
    ]);
    expect(partTexts('A: One two three four five six', { rules: { limit: 14 } })).toEqual([
      'One two three',
      'four five six',
    ]);
    expect(partTexts('A: 😀😀😀😀😀', { rules: { limit: 2 } })).toEqual(['😀😀', '😀😀', '😀']);
    expect(only('A: One two three. Four five six. Seven.', { rules: { limit: 34 } }).split).toBe(
      '36 characters are over the limit of 34: sent in 2 parts, split at sentences.',
    );
  });
  it('counts a direction within the limit and prefers pauses as places to split', () => {
    const rules = {
      limit: 20,
      pauseMarkup: (ms: number) => `<${ms}>`,
      directionMarkup: (direction: string) => `[${direction}]`,
    };
    const item = only('A (sad): One two [pause 90ms] three [pause 50ms] four five', { rules });
    expect(item.parts.map(({ recipe }) => recipe.text)).toEqual(['[sad] One two', '[sad] three', '[sad] four five']);
    expect(item.recipe).toMatchObject({ parts: [{ gapAfterMs: 90 }, { gapAfterMs: 50 }, { gapAfterMs: 0 }] });
  });
  it('never sends a part over the limit and never loses a letter', () => {
    const text = fc
      .array(
        fc.oneof(
          fc.constantFrom('. ', ', ', ' ', '!', '。', 'é', '👩‍👩‍👧', 'word'),
          fc.string({ unit: 'grapheme', maxLength: 6 }),
        ),
        { minLength: 1, maxLength: 30 },
      )
      .map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 40 }), (value, limit) => {
        const [whole] = items('A: {{x}} end', { variants: [variant('v', { x: `go ${value}` })] });
        const [item] = items('A: {{x}} end', { variants: [variant('v', { x: `go ${value}` })], rules: { limit } });
        const pieces = item?.parts.map(({ recipe }) => recipe.text) ?? [];
        for (const piece of pieces) {
          expect(codePoints(piece)).toBeLessThanOrEqual(limit);
          expect(piece.trim()).not.toBe('');
          expect(piece.isWellFormed()).toBe(true);
        }
        expect(pieces.join('').replaceAll(/\s/gu, '')).toBe(whole?.text.replaceAll(/\s/gu, ''));
      }),
      { numRuns: 300 },
    );
  });
  it('gives one recipe to lines that sound alike, across variants, white space and Unicode forms', () => {
    const variants = [
      variant('v', { x: 'Café' }),
      variant('w', { x: ' Cafe\u0301\u00a0' }),
      variant('z', { x: 'Ca\u00adfé' }),
    ];
    expect(new Set(items('A: {{x}} is  open.', { variants }).map(({ recipeHash }) => recipeHash)).size).toBe(1);
  });
  it('goes variant by variant, line by line, for any number of values', () => {
    const variants = Array.from({ length: 1500 }, (_, index) => variant(`v${index}`, { x: `offer ${index}` }));
    const all = items('A: Same.\nA: {{x}}\nB: Same.', { variants });
    expect(all.map((item) => `${item.variant} ${item.linePosition} ${item.text}`)).toEqual(
      variants.flatMap(({ name }, index) => [`${name} 1 Same.`, `${name} 2 offer ${index}`, `${name} 3 Same.`]),
    );
    expect(new Set(all.map(({ recipeHash }) => recipeHash)).size).toBe(1502);
  });
  it('refuses to guess a voice or a value', () => {
    expect(() => items('C: Hi')).toThrow('C has no voice');
    expect(() => items('A: Hi', { voices: { A: 'scratch/nobody' } })).toThrow('No voice is called scratch/nobody');
    expect(() => items('A: {{constructor}}')).toThrow('no value for {{constructor}}');
  });
});

describe('the variants of an order', () => {
  it('are the one named default where the script has none', () => {
    expect(selectVariants([], undefined).variants.map(({ name }) => name)).toEqual(['default']);
    expect(selectVariants([], ['default'])).toMatchObject({ unknown: [] });
  });
  it('are those asked for, in the order of the table, and names that no row has', () => {
    const { variants, unknown } = selectVariants([variant('a'), variant('b'), variant('c')], ['c', 'x', 'a']);
    expect([variants.map(({ name }) => name), unknown]).toEqual([['a', 'c'], ['x']]);
  });
});
