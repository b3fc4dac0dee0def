/** The account's voices, and the public library. `/v1/voices` is not used: it stops working above 500 voices. */
import type { CallContext, LibraryQuery, ProviderLibraryVoice, ProviderPreview, ProviderVoice } from '../provider.ts';
import type { ElevenLabsClient } from './client.ts';
import { AddedVoice, LibraryPage, VoicePage } from './schema.ts';
import type { Voice } from './schema.ts';
import type { Connection } from './settings.ts';

const pageSize = 100;
/** 50,000 voices: more than any plan has; a vendor that repeats a token would never end. */
const mostPages = 500;
const libraryPageSize = 30;

const genderOf = (word: string | null): ProviderVoice['gender'] => {
  const plain = word?.toLowerCase() ?? '';
  if (plain === 'female' || plain === 'male') return plain;
  return plain === 'neutral' || plain === 'non-binary' ? 'neutral' : null;
};
const unique = (values: readonly (string | null | undefined)[]): readonly string[] =>
  [...new Set(values.filter((value) => value !== null && value !== undefined && value !== ''))] as string[];

const previewsOf = (voice: Voice): readonly ProviderPreview[] => {
  const main = voice.preview_url ?? '';
  const verified = (voice.verified_languages ?? []).flatMap((entry): readonly ProviderPreview[] => {
    const url = entry.preview_url ?? '';
    if (url === '' || url === main) return [];
    const model = entry.model_id ?? null;
    const place = entry.locale ?? entry.language ?? null;
    return [
      {
        previewId: [place, entry.accent, model].filter(Boolean).join('-'),
        url,
        language: entry.language ?? null,
        style: null,
        model,
      },
    ];
  });
  const seen = new Set<string>();
  const all: readonly ProviderPreview[] = [
    ...(main === '' ? [] : [{ previewId: 'preview', url: main, language: null, style: null, model: null }]),
    ...verified,
  ];
  return all.filter(({ previewId }) => !seen.has(previewId) && seen.add(previewId) !== undefined);
};

/** What labels, verified languages and sharing say of a voice. */
export const toVoice = (voice: Voice): ProviderVoice => {
  const label = (...names: readonly string[]): string | null => {
    for (const name of names) {
      const value = voice.labels?.[name];
      if (typeof value === 'string' && value.trim() !== '') return value.trim();
    }
    return null;
  };
  const { sharing } = voice;
  const category = voice.category ?? null;
  const isCopied = sharing?.status === 'copied' || sharing?.status === 'copied_disabled';
  const isMade = category === 'cloned' || category === 'professional';
  const isOwn = isMade && (voice.is_owner ?? !isCopied);
  const verified = voice.verified_languages ?? [];
  const language = label('language') ?? verified[0]?.language ?? null;
  const notice = isOwn ? null : (sharing?.notice_period ?? null);
  const endsAt = sharing?.disable_at_unix ?? null;
  return {
    voiceId: voice.voice_id,
    name: voice.name ?? voice.voice_id,
    language,
    gender: genderOf(label('gender')),
    description: voice.description ?? label('description', 'descriptive'),
    languages: unique([language, ...verified.map((entry) => entry.language)]),
    age: label('age'),
    accent: label('accent'),
    category,
    useCases: unique([label('use_case', 'use case', 'usecase')]),
    styles: [],
    models: unique([...voice.high_quality_base_model_ids, ...verified.map((entry) => entry.model_id)]),
    previews: previewsOf(voice),
    // The rate of a voice of one's own is what others pay for it.
    priceMultiplier: isOwn ? 1 : (sharing?.rate ?? 1),
    noticePeriodDays: notice !== null && notice > 0 ? notice : null,
    noticeEndsAt: isOwn || endsAt === null || endsAt <= 0 ? null : endsAt * 1000,
    isOwn,
  };
};

/** All pages. */
export const readVoices = async (
  client: ElevenLabsClient,
  context: CallContext,
  connection: Connection,
): Promise<readonly ProviderVoice[]> => {
  const voices = new Map<string, ProviderVoice>();
  const tokens = new Set<string>();
  let token: string | null = null;
  for (let page = 0; page < mostPages; page += 1) {
    // The count is a live snapshot and costs the vendor time: pages end where `has_more` says so.
    const query = new URLSearchParams({
      page_size: String(pageSize),
      include_custom_rates: 'true',
      include_total_count: 'false',
    });
    if (token !== null) query.set('next_page_token', token);
    const path = `/v2/voices?${query.toString()}`;
    const { value } = await client.read('read', context, connection, path, VoicePage);
    // The default voices may come again on later pages.
    for (const voice of value.voices) voices.set(voice.voice_id, toVoice(voice));
    token = value.next_page_token ?? null;
    if (value.has_more !== true || token === null || tokens.has(token)) break;
    tokens.add(token);
  }
  return [...voices.values()];
};

/** One page of the public library, counted from 0. */
export const readLibrary = async (
  client: ElevenLabsClient,
  context: CallContext,
  connection: Connection,
  query: LibraryQuery,
): Promise<{ readonly voices: readonly ProviderLibraryVoice[]; readonly hasMore: boolean }> => {
  const parameters = new URLSearchParams({ page: String(query.page), page_size: String(libraryPageSize) });
  const { search, language, gender, age, accent, useCase, category } = query;
  const wanted = { search, language, gender, age, accent, use_cases: useCase, category };
  for (const [name, value] of Object.entries(wanted))
    if (value !== undefined && value.trim() !== '') parameters.set(name, value.trim());
  const path = `/v1/shared-voices?${parameters.toString()}`;
  const { value } = await client.read('read', context, connection, path, LibraryPage);
  return {
    voices: value.voices.map((voice) => ({
      libraryId: `${voice.public_owner_id}/${voice.voice_id}`,
      name: voice.name ?? voice.voice_id,
      description: voice.description ?? null,
      language: voice.language ?? null,
      accent: voice.accent ?? null,
      gender: voice.gender ?? null,
      age: voice.age ?? null,
      category: voice.category ?? null,
      useCase: voice.use_case ?? null,
      priceMultiplier: voice.rate ?? 1,
      noticePeriodDays: (voice.notice_period ?? 0) > 0 ? (voice.notice_period ?? null) : null,
      previewUrl: voice.preview_url ?? null,
    })),
    hasMore: value.has_more === true,
  };
};

/** The vendor's documentation has the path (`voices/add/{public_user_id}/{voice_id}`); the saved OpenAPI file leaves it out. */
export const addFromLibrary = async (
  client: ElevenLabsClient,
  context: CallContext,
  connection: Connection,
  libraryId: string,
  name: string,
): Promise<string> => {
  const path = libraryId
    .split('/', 2)
    .map((part) => encodeURIComponent(part))
    .join('/');
  const { value } = await client.read('add', context, connection, `/v1/voices/add/${path}`, AddedVoice, {
    new_name: name,
  });
  return value.voice_id;
};
