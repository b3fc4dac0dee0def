/** One search over the voices of all workspaces. */
import type { ParsedInput } from '#contract/methods/index.ts';
import type { Voice } from '#contract/voices.ts';

export type VoiceFilter = Omit<
  ParsedInput<'voice.list'>,
  'refresh' | 'order' | 'paletteOf' | 'offset' | 'limit' | 'facets'
>;

/** Lower case without accents, so that "zoe" finds "Zoë". */
export const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .toLowerCase();

/** `plain` for labels: thousands of voices share a few dozen of them. */
export const createFold = (): ((label: string) => string) => {
  const known = new Map<string, string>();
  return (label) => {
    const before = known.get(label);
    if (before !== undefined) return before;
    const folded = plain(label);
    known.set(label, folded);
    return folded;
  };
};

/** `en` also means `en-US`; `en-US` means nothing else. */
export const speaks = (voice: Voice, language: string, fold: (label: string) => string = plain): boolean => {
  const wanted = fold(language).replaceAll('_', '-');
  const fits = (one: string): boolean => {
    const tag = fold(one).replaceAll('_', '-');
    return tag === wanted || tag.startsWith(`${wanted}-`);
  };
  return (voice.language !== null && fits(voice.language)) || voice.languages.some(fits);
};

const textOf = (voice: Voice): string =>
  plain(
    [
      voice.name,
      voice.alias,
      voice.voiceId,
      voice.description,
      voice.workspaceName,
      voice.gender,
      voice.age,
      voice.accent,
      voice.category,
      voice.language,
      ...voice.languages,
      ...voice.useCases,
      ...voice.styles,
      ...voice.models,
    ]
      .filter((part) => part !== null)
      .join('\n'),
  );

export const createVoiceSearch = () => {
  // The same voice objects come back until their list changes; folding their text is what a search costs.
  const texts = new WeakMap<Voice, string>();
  const folded = (voice: Voice): string => {
    const known = texts.get(voice);
    if (known !== undefined) return known;
    const text = textOf(voice);
    texts.set(voice, text);
    return text;
  };

  return (voices: readonly Voice[], filter: VoiceFilter): Voice[] => {
    const fold = createFold();
    const same = (wanted: string | undefined, values: readonly (string | null)[]): boolean =>
      wanted === undefined || values.some((value) => value !== null && fold(value) === fold(wanted));
    const words = plain(filter.search ?? '')
      .split(/\s+/)
      .filter((word) => word !== '');
    const fits = (voice: Voice): boolean =>
      (filter.workspaceId === undefined || voice.workspaceId === filter.workspaceId) &&
      (filter.language === undefined || speaks(voice, filter.language, fold)) &&
      same(filter.accent, [voice.accent]) &&
      same(filter.gender, [voice.gender]) &&
      same(filter.age, [voice.age]) &&
      same(filter.category, [voice.category]) &&
      same(filter.useCase, voice.useCases) &&
      same(filter.style, voice.styles) &&
      // A voice that names no models goes with all of them.
      (voice.models.length === 0 || same(filter.model, voice.models)) &&
      (filter.maxMultiplier === undefined || voice.free || (voice.priceMultiplier ?? 1) <= filter.maxMultiplier) &&
      (filter.notice === 'any' || (filter.notice === 'none') === (voice.availability === 'available')) &&
      (!filter.favouritesOnly || voice.favourite);
    return voices.filter((voice) => fits(voice) && words.every((word) => folded(voice).includes(word)));
  };
};

/** `vendor` leaves them as they come. */
export const orderVoices = (voices: readonly Voice[], order: 'vendor' | 'name' | 'recent'): Voice[] => {
  if (order === 'vendor') return [...voices];
  const byName = (a: Voice, b: Voice): number =>
    plain(a.name) < plain(b.name) ? -1 : plain(a.name) > plain(b.name) ? 1 : 0;
  if (order === 'name') return voices.toSorted(byName);
  return voices.toSorted((a, b) => (b.lastUsedAt ?? 0) - (a.lastUsedAt ?? 0) || byName(a, b));
};

interface FacetValue {
  readonly value: string;
  readonly count: number;
}
/** By the name of the filter. */
type Facets = Record<
  'language' | 'accent' | 'gender' | 'age' | 'useCase' | 'category' | 'style' | 'model',
  FacetValue[]
>;

/** Values to filter by, the most frequent first; spellings that differ in case or accents count as one. */
export const facetsOf = (voices: readonly Voice[]): Facets => {
  const fold = createFold();
  const count = (valuesOf: (voice: Voice) => readonly (string | null)[]): FacetValue[] => {
    const found = new Map<string, { readonly value: string; count: number; last: Voice | null }>();
    for (const voice of voices) {
      for (const value of valuesOf(voice)) {
        if (value === null || value === '') continue;
        const entry = found.get(fold(value)) ?? { value, count: 0, last: null };
        if (entry.last === voice) continue;
        entry.last = voice;
        entry.count += 1;
        found.set(fold(value), entry);
      }
    }
    return [...found.values()]
      .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
      .map(({ value, count: times }) => ({ value, count: times }));
  };
  return {
    language: count((voice) => [voice.language, ...voice.languages]),
    accent: count((voice) => [voice.accent]),
    gender: count((voice) => [voice.gender]),
    age: count((voice) => [voice.age]),
    useCase: count((voice) => voice.useCases),
    category: count((voice) => [voice.category]),
    style: count((voice) => voice.styles),
    model: count((voice) => voice.models),
  };
};
