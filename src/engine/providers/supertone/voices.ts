/** The voices of an account: the vendor's presets and those cloned from its owner's recordings. */
import type { z } from 'zod';
import { ProviderError } from '../provider.ts';
import type { CallContext, ProviderPreview, ProviderVoice } from '../provider.ts';
import type { SupertoneClient } from './client.ts';
import { OwnVoicePage, VoicePage } from './schema.ts';
import type { Voice } from './schema.ts';
import type { Connection } from './settings.ts';

/** The vendor's most. */
const pageSize = 100;
/** 20,000 voices: a token that never ends is a fault of the vendor's. */
const mostPages = 200;

const genderOf = (gender: string | null | undefined): ProviderVoice['gender'] => {
  const word = gender?.trim().toLowerCase() ?? '';
  if (word === 'female' || word === 'male') return word;
  return word === '' ? null : 'neutral';
};

const previewsOf = ({ samples }: Voice): readonly ProviderPreview[] => {
  const seen = new Map<string, number>();
  return (samples ?? []).flatMap((sample) => {
    const url = sample?.url ?? null;
    if (sample === null || url === null || URL.parse(url) === null) return [];
    const name = [sample.language, sample.style, sample.model].map((part) => part ?? '').join('/');
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return [
      {
        previewId: count === 1 ? name : `${name}/${count}`,
        url,
        language: sample.language ?? null,
        style: sample.style ?? null,
        model: sample.model ?? null,
      },
    ];
  });
};

const toVoice = (voice: Voice): ProviderVoice => {
  const languages = voice.language ?? [];
  const useCases = new Set([...voice.use_cases, ...(voice.use_case ? [voice.use_case] : [])]);
  return {
    voiceId: voice.voice_id,
    name: voice.name ?? voice.voice_id,
    language: languages[0] ?? null,
    languages,
    gender: genderOf(voice.gender),
    description: voice.description || null,
    age: voice.age ?? null,
    category: 'preset',
    useCases: [...useCases],
    styles: voice.styles,
    models: voice.models,
    previews: previewsOf(voice),
    isOwn: false,
  };
};

const readPages = async <Item>(
  client: SupertoneClient,
  context: CallContext,
  connection: Connection,
  path: string,
  schema: z.ZodType<{ readonly items: readonly Item[]; readonly next_page_token?: string | null | undefined }>,
): Promise<readonly Item[]> => {
  const items: Item[] = [];
  const seen = new Set<string>();
  let query = `page_size=${pageSize}`;
  for (let page = 0; page < mostPages; page += 1) {
    const url = `${connection.baseUrl}${path}?${query}`;
    const answer = await client.read('voices', context, connection, { method: 'GET', url }, schema);
    items.push(...answer.items);
    const token = answer.next_page_token ?? '';
    if (token === '' || seen.has(token)) break;
    seen.add(token);
    query = `page_size=${pageSize}&next_page_token=${encodeURIComponent(token)}`;
  }
  return items;
};

/** Plans below Starter have no cloned voices: a refusal there means none. */
const hasNoClones = (error: unknown): boolean =>
  error instanceof ProviderError && ['subscription_required', 'voice_not_found', 'not_found'].includes(error.code);

/** Presets, then clones. A clone has no languages, styles or models in the vendor's list. */
export const readVoices = async (
  client: SupertoneClient,
  context: CallContext,
  connection: Connection,
): Promise<readonly ProviderVoice[]> => {
  const presets = await readPages(client, context, connection, '/v1/voices', VoicePage);
  const clones = await readPages(client, context, connection, '/v1/custom-voices', OwnVoicePage).catch(
    (error: unknown) => {
      if (hasNoClones(error)) return [];
      throw error;
    },
  );
  return [
    ...presets.map(toVoice),
    ...clones.map(
      (voice): ProviderVoice => ({
        voiceId: voice.voice_id,
        name: voice.name ?? voice.voice_id,
        language: null,
        gender: null,
        description: voice.description || null,
        category: 'cloned',
        isOwn: true,
      }),
    ),
  ];
};
