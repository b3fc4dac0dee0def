import { describe, expect, it } from 'vitest';
import { everyVoice, findVoices, toggled, type VoiceFilter } from '#renderer/stores/voice-search.ts';
import { voice } from './voice-fixture.ts';

const voices = [
  voice('slt', { favourite: true }),
  voice('rms', { gender: 'male', lastUsedAt: 10 }),
  voice('Zoë', { language: 'de', description: 'warm, radio', lastUsedAt: 20, free: false, priceMultiplier: 2 }),
  voice('old', { availability: 'gone' }),
];
const found = (part: Partial<VoiceFilter>, palette: readonly string[] = []): readonly string[] =>
  findVoices(voices, { ...everyVoice, ...part }, palette).voices.map(({ name }) => name);

describe('finding a voice', () => {
  it('takes every word of the search, in any of its texts, accents or not', () => {
    expect(found({ search: 'radio WARM' })).toEqual(['Zoë']);
    expect(found({ search: 'zoe' })).toEqual(['Zoë']);
    expect(found({ search: 'scratch male rms' })).toEqual(['rms']);
    expect(found({ search: 'radio cold' })).toEqual([]);
  });

  it('takes any value of a facet and every facet together', () => {
    expect(found({ facets: { gender: ['male', 'female'] } })).toEqual(['slt', 'rms', 'Zoë']);
    expect(found({ facets: { gender: ['male'], language: ['de'] } })).toEqual([]);
    expect(found({ facets: { price: ['upTo2'] } })).toEqual(['Zoë']);
  });

  it('counts what each value would leave, with the other facets kept', () => {
    const { counts } = findVoices(voices, { ...everyVoice, facets: { language: ['en'] } });
    expect(counts.language).toEqual([
      { value: 'en', count: 2 },
      { value: 'de', count: 1 },
    ]);
    expect(counts.gender).toEqual([
      { value: 'female', count: 1 },
      { value: 'male', count: 1 },
    ]);
  });

  it('shows a chosen value that nothing has, so that it can be given up', () => {
    const facets = toggled({}, 'accent', 'scottish');
    expect(findVoices(voices, { ...everyVoice, facets }).counts.accent).toEqual([{ value: 'scottish', count: 0 }]);
    expect(toggled(facets, 'accent', 'scottish')).toEqual({ accent: [] });
  });

  it('keeps what is gone out of every shelf but the one where it is replaced', () => {
    expect(found({})).toEqual(['slt', 'rms', 'Zoë']);
    expect(found({ shelf: 'leaving' })).toEqual(['old']);
    expect(found({ shelf: 'favourites' })).toEqual(['slt']);
    expect(found({ shelf: 'recent' })).toEqual(['Zoë', 'rms']);
    expect(found({ shelf: 'palette' }, ['scratch/Zoë', 'scratch/slt'])).toEqual(['Zoë', 'slt']);
  });

  it('answers in the time of a key press over ten thousand voices', () => {
    const many = Array.from({ length: 10_000 }, (_, at) => voice(`Voice ${at}`, { accent: `accent ${at % 30}` }));
    expect(findVoices(many, { ...everyVoice, search: '777' }).voices.length).toBe(10 + 9);
  });
});
