/** Finding a voice among ten thousand: all words of the search, the facets with their counts, and the shelves. */
import type { Voice } from '#contract/voices.ts';

export const facetNames = [
  'workspace',
  'language',
  'gender',
  'age',
  'accent',
  'useCase',
  'style',
  'category',
  'model',
  'price',
  'notice',
] as const;
export type FacetName = (typeof facetNames)[number];
export type Facets = Readonly<Partial<Record<FacetName, readonly string[]>>>;
export const shelfNames = ['all', 'favourites', 'recent', 'palette', 'leaving'] as const;
export type ShelfName = (typeof shelfNames)[number];

export interface VoiceFilter {
  readonly search: string;
  /** A voice fits a facet by any of its chosen values, and must fit every facet. */
  readonly facets: Facets;
  readonly shelf: ShelfName;
}
export const everyVoice: VoiceFilter = { search: '', facets: {}, shelf: 'all' };
export const isFiltered = ({ search, facets }: VoiceFilter): boolean =>
  search.trim() !== '' || Object.values(facets).some((values) => values.length > 0);

export interface FacetValue {
  readonly value: string;
  readonly count: number;
}
export type FacetCounts = Readonly<Record<FacetName, readonly FacetValue[]>>;

/** Lower case without accents, so that "zoe" finds "Zoë". */
const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .toLowerCase();
const folded = new Map<string, string>();
/** Labels are few and asked for at every key press. */
const fold = (label: string): string => {
  const known = folded.get(label);
  if (known !== undefined) return known;
  const result = plain(label).replaceAll('_', ' ').trim();
  if (folded.size > 5000) folded.clear();
  folded.set(label, result);
  return result;
};

/** Price against the model's own rate, in steps that a person chooses by. */
const priceOf = ({ free, priceMultiplier }: Voice): string => {
  if (free) return 'free';
  if (priceMultiplier === null) return 'untold';
  return priceMultiplier <= 1 ? 'standard' : priceMultiplier <= 2 ? 'upTo2' : 'over2';
};
const noticeOf = ({ availability, noticePeriodDays }: Voice): string =>
  availability === 'available' && (noticePeriodDays ?? 0) > 0 ? 'period' : availability;
const single = (value: string | null): readonly string[] => (value === null || value === '' ? [] : [fold(value)]);
const several = (values: readonly string[]): readonly string[] => [...new Set(values.map(fold))].filter(Boolean);

const valuesOf: Readonly<Record<FacetName, (voice: Voice) => readonly string[]>> = {
  workspace: ({ workspaceName }) => [workspaceName],
  // By tongue; the accent has a facet of its own.
  language: ({ language, languages }) =>
    several([...(language === null ? [] : [language]), ...languages].map((tag) => tag.split(/[-_]/)[0] ?? tag)),
  gender: ({ gender }) => single(gender),
  age: ({ age }) => single(age),
  accent: ({ accent }) => single(accent),
  useCase: ({ useCases }) => several(useCases),
  style: ({ styles }) => several(styles),
  category: ({ category }) => single(category),
  model: ({ models }) => [...new Set(models)],
  price: (voice) => [priceOf(voice)],
  notice: (voice) => [noticeOf(voice)],
};

/** Values as small numbers: counting a hundred thousand of them between two key presses must not hash a hundred thousand texts. */
const numbers = new Map<FacetName, Map<string, number>>(facetNames.map((name) => [name, new Map()]));
const numberOf = (name: FacetName, value: string): number => {
  const own = numbers.get(name) as Map<string, number>;
  const before = own.get(value);
  if (before !== undefined) return before;
  own.set(value, own.size);
  return own.size - 1;
};

interface Known {
  readonly text: string;
  /** In the order of `facetNames`. */
  readonly values: readonly (readonly number[])[];
}
// A voice's object is replaced when anything about it changes.
const known = new WeakMap<Voice, Known>();
const knownOf = (voice: Voice): Known => {
  const before = known.get(voice);
  if (before !== undefined) return before;
  const said = facetNames.map((name) => valuesOf[name](voice));
  const { name, alias, voiceId, description, workspaceName, language, languages } = voice;
  const labels = said.flatMap((own, at) => (facetNames[at] === 'price' || facetNames[at] === 'notice' ? [] : own));
  const texts = [name, alias, `${workspaceName}/${voiceId}`, description, language, ...languages, ...labels];
  const result = {
    text: plain(texts.filter((text) => text !== null).join('\n')),
    values: said.map((own, at) => own.map((value) => numberOf(facetNames[at] as FacetName, value))),
  };
  known.set(voice, result);
  return result;
};

const onShelf = (voice: Voice, shelf: ShelfName, palette: ReadonlySet<string>): boolean => {
  if (shelf === 'favourites') return voice.favourite;
  if (shelf === 'recent') return voice.lastUsedAt !== null;
  if (shelf === 'palette') return palette.has(voice.reference);
  // What is gone is not for casting: it is found where things are mended.
  return shelf === 'leaving' ? voice.availability !== 'available' : voice.availability !== 'gone';
};

const ordered = (voices: readonly Voice[], shelf: ShelfName, palette: readonly string[]): readonly Voice[] => {
  if (shelf === 'recent') return voices.toSorted((a, b) => (b.lastUsedAt ?? 0) - (a.lastUsedAt ?? 0));
  if (shelf === 'palette')
    return voices.toSorted((a, b) => palette.indexOf(a.reference) - palette.indexOf(b.reference));
  if (shelf === 'leaving')
    return voices.toSorted((a, b) => (a.noticeEndsAt ?? Infinity) - (b.noticeEndsAt ?? Infinity));
  return voices;
};

export interface Found {
  readonly voices: readonly Voice[];
  /** How many voices each value would leave, all other facets kept. */
  readonly counts: FacetCounts;
}

/** One pass: a voice that fails one facet alone still counts for the values of that facet. */
export const findVoices = (
  all: readonly Voice[],
  filter: VoiceFilter,
  paletteReferences: readonly string[] = [],
): Found => {
  const words = plain(filter.search).split(/\s+/).filter(Boolean);
  const palette = new Set(paletteReferences);
  const chosen = facetNames.flatMap((name, at) => {
    const values = (filter.facets[name] ?? []).map((value) => numberOf(name, value));
    return values.length === 0 ? [] : [{ at, values }];
  });
  const counts = facetNames.map((): number[] => []);
  const count = (at: number, values: readonly number[]): void => {
    const own = counts[at] ?? [];
    for (const value of values) own[value] = (own[value] ?? 0) + 1;
  };
  const voices: Voice[] = [];
  for (const voice of all) {
    if (!onShelf(voice, filter.shelf, palette)) continue;
    const { text, values } = knownOf(voice);
    if (!words.every((word) => text.includes(word))) continue;
    let failed = -1;
    let failures = 0;
    for (const facet of chosen) {
      if (values[facet.at]?.some((value) => facet.values.includes(value)) === true) continue;
      failed = facet.at;
      failures += 1;
    }
    if (failures > 1) continue;
    if (failures === 1) count(failed, values[failed] ?? []);
    else {
      voices.push(voice);
      for (let at = 0; at < values.length; at++) count(at, values[at] ?? []);
    }
  }
  const shown = (name: FacetName, at: number): readonly FacetValue[] => {
    const own = counts[at] ?? [];
    const kept = filter.facets[name] ?? [];
    return [...(numbers.get(name) ?? [])]
      .flatMap(([value, number]) => {
        const times = own[number] ?? 0;
        return times === 0 && !kept.includes(value) ? [] : [{ value, count: times }];
      })
      .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
  };
  return {
    voices: ordered(voices, filter.shelf, paletteReferences),
    counts: Object.fromEntries(facetNames.map((name, at) => [name, shown(name, at)])) as unknown as FacetCounts,
  };
};

/** Chosen values with one more, or without it. */
export const toggled = (facets: Facets, name: FacetName, value: string): Facets => {
  const own = facets[name] ?? [];
  return { ...facets, [name]: own.includes(value) ? own.filter((one) => one !== value) : [...own, value] };
};

/** Whether a voice speaks the tongue of a tag; `en` fits `en-US`. */
export const speaksTongue = (voice: Voice, tag: string | null): boolean =>
  tag !== null && valuesOf.language(voice).includes(fold(tag.split(/[-_]/)[0] ?? tag));
