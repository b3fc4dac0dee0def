import { describe, expect, it } from 'vitest';
import { methods } from '#contract/methods/index.ts';
import { createVoiceSearch, facetsOf, orderVoices } from '#engine/voices/search.ts';
import { makeVoice } from './make-voice.ts';

const voices = [
  makeVoice('id-zoe', {
    name: 'Zoë',
    language: 'en-US',
    languages: ['en-US', 'de'],
    gender: 'female',
    age: 'young',
    accent: 'American',
    category: 'premade',
    useCases: ['advertisement', 'social media'],
    description: 'Bright and quick.',
    priceMultiplier: 1,
    lastUsedAt: 10,
  }),
  makeVoice('id-arthur', {
    name: 'Arthur',
    language: 'en-GB',
    gender: 'male',
    age: 'old',
    accent: 'british',
    category: 'professional',
    useCases: ['narration'],
    styles: ['calm', 'serious'],
    models: ['m2'],
    priceMultiplier: 2,
    alias: 'Grandpa',
    availability: 'notice',
    noticeEndsAt: 5,
    favourite: true,
    lastUsedAt: 20,
  }),
  makeVoice('id-slt', {
    workspaceId: 'w2',
    workspaceName: 'scratch',
    provider: 'scratch',
    name: 'slt',
    free: true,
    accent: 'american',
  }),
];
const search = createVoiceSearch();
const found = (filter: Record<string, unknown>): string[] =>
  search(voices, methods['voice.list'].input.parse(filter)).map(({ voiceId }) => voiceId);

describe('a search for voices', () => {
  it.each([
    ['a name without its accents', 'zoe', ['id-zoe']],
    ['an alias', 'grandpa', ['id-arthur']],
    ['an id', 'ID-SLT', ['id-slt']],
    ['words of the description, in any order', 'quick bright', ['id-zoe']],
    ['a use', 'narration', ['id-arthur']],
    ['a style', 'serious', ['id-arthur']],
    ['a label', 'professional', ['id-arthur']],
    ['words that stand in different places', 'young advertisement', ['id-zoe']],
    ['nothing', '   ', ['id-zoe', 'id-arthur', 'id-slt']],
  ])('finds by %s', (_, words, ids) => {
    expect(found({ search: words })).toEqual(ids);
  });

  it('finds nothing where one of the words is missing', () => {
    expect(found({ search: 'zoe narration' })).toEqual([]);
  });

  it.each([
    ['a workspace', { workspaceId: 'w2' }, ['id-slt']],
    ['a language with all its tongues', { language: 'EN' }, ['id-zoe', 'id-arthur']],
    ['one tongue of a language', { language: 'en-GB' }, ['id-arthur']],
    ['a language that is not the first', { language: 'de' }, ['id-zoe']],
    ['an accent in any spelling', { accent: 'american' }, ['id-zoe', 'id-slt']],
    ['a gender', { gender: 'male' }, ['id-arthur']],
    ['an age', { age: 'young' }, ['id-zoe']],
    ['a use', { useCase: 'social media' }, ['id-zoe']],
    ['a category', { category: 'premade' }, ['id-zoe']],
    ['a style', { style: 'calm' }, ['id-arthur']],
    ['a model, with voices that go with any', { model: 'm1' }, ['id-zoe', 'id-slt']],
    ['a price', { maxMultiplier: 1.5 }, ['id-zoe', 'id-slt']],
    ['notice', { notice: 'notice' }, ['id-arthur']],
    ['no notice', { notice: 'none' }, ['id-zoe', 'id-slt']],
    ['favourites', { favouritesOnly: true }, ['id-arthur']],
  ])('filters by %s', (_, filter, ids) => {
    expect(found(filter)).toEqual(ids);
  });

  it('does not take one language for another that begins alike', () => {
    expect(
      search([makeVoice('fil', { language: 'fil' })], methods['voice.list'].input.parse({ language: 'fi' })),
    ).toEqual([]);
  });
});

describe('the order of voices', () => {
  it('is the vendor’s, by name, or the last used first', () => {
    const ids = (order: 'vendor' | 'name' | 'recent') => orderVoices(voices, order).map(({ name }) => name);
    expect(ids('vendor')).toEqual(['Zoë', 'Arthur', 'slt']);
    expect(ids('name')).toEqual(['Arthur', 'slt', 'Zoë']);
    expect(ids('recent')).toEqual(['Arthur', 'Zoë', 'slt']);
  });
});

describe('the facets', () => {
  it('count each voice once per value, whatever the spelling, the most frequent first', () => {
    const facets = facetsOf(voices);
    expect(facets.accent).toEqual([
      { value: 'American', count: 2 },
      { value: 'british', count: 1 },
    ]);
    expect(facets.language).toEqual([
      { value: 'de', count: 1 },
      { value: 'en-GB', count: 1 },
      { value: 'en-US', count: 1 },
    ]);
    expect(facets.useCase.map(({ value }) => value)).toEqual(['advertisement', 'narration', 'social media']);
    expect(facets.model).toEqual([{ value: 'm2', count: 1 }]);
  });

  it('are each a filter of the search', () => {
    const filters = Object.keys(methods['voice.list'].input.shape);
    for (const [name, values] of Object.entries(facetsOf(voices))) {
      expect(filters).toContain(name);
      for (const { value, count } of values)
        expect(found({ [name]: value }).length, `${name}=${value}`).toBeGreaterThanOrEqual(count);
    }
  });
});
