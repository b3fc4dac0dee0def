/** /v2/voices, /v1/voices, the public library, and previews on the other host. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { send } from '../common/answer.ts';
import { checkBody, checkQuery, flagText, wholeText } from './misfits.ts';
import { plans } from './tiers.ts';
import { libraryVoices, vendorId, viewLibraryVoice, viewVoice, type FakeVoice } from './voices.ts';
import { complain, mayGo, refuse, type World } from './world.ts';

const VoicesQuery = z.object({
  next_page_token: z.string().optional(),
  page_size: wholeText.default(10),
  search: z.string().optional(),
  sort: z.enum(['created_at_unix', 'name']).optional(),
  sort_direction: z.enum(['asc', 'desc']).default('desc'),
  voice_type: z.string().optional(),
  category: z.string().optional(),
  fine_tuning_state: z.string().optional(),
  collection_id: z.string().optional(),
  gender: z.string().optional(),
  age: z.string().optional(),
  language: z.array(z.string()).optional(),
  accent: z.string().optional(),
  use_cases: z.array(z.string()).optional(),
  min_notice_period_days: wholeText.optional(),
  include_custom_rates: flagText.default(true),
  include_live_moderated: flagText.default(true),
  high_quality: flagText.optional(),
  include_total_count: flagText.default(true),
  voice_ids: z.array(z.string()).max(100).optional(),
});
const LibraryQuery = z.object({
  page_size: wholeText.default(30),
  category: z.enum(['professional', 'famous', 'high_quality']).optional(),
  gender: z.string().optional(),
  age: z.string().optional(),
  accent: z.string().optional(),
  language: z.string().optional(),
  locale: z.string().optional(),
  search: z.string().optional(),
  use_cases: z.array(z.string()).optional(),
  descriptives: z.array(z.string()).optional(),
  featured: flagText.default(false),
  min_notice_period_days: wholeText.optional(),
  include_custom_rates: flagText.default(true),
  include_live_moderated: flagText.default(true),
  reader_app_enabled: flagText.default(false),
  owner_id: z.string().optional(),
  sort: z.string().optional(),
  page: wholeText.default(0),
});
const AddBody = z.object({ new_name: z.string().min(1), bookmarked: z.boolean().optional() });
const settings = { stability: 0.5, use_speaker_boost: true, similarity_boost: 0.75, style: 0, speed: 1 };

type Filters = Partial<
  Pick<
    z.infer<typeof VoicesQuery>,
    'search' | 'category' | 'gender' | 'age' | 'accent' | 'language' | 'use_cases' | 'min_notice_period_days'
  >
> & { readonly include_custom_rates: boolean };
const fits = (one: FakeVoice, wanted: Filters): boolean => {
  const words = `${one.name} ${one.descriptive} ${one.accent} ${one.age} ${one.gender} ${one.useCase} ${one.category}`;
  return (
    (wanted.search ?? '')
      .toLowerCase()
      .split(/\s+/)
      .every((word) => words.toLowerCase().includes(word)) &&
    (wanted.category === undefined || one.category === wanted.category) &&
    (wanted.gender === undefined || one.gender === wanted.gender.toLowerCase()) &&
    (wanted.age === undefined || one.age === wanted.age) &&
    (wanted.accent === undefined || one.accent === wanted.accent) &&
    (wanted.language === undefined || wanted.language.some((language) => one.languages.includes(language))) &&
    (wanted.use_cases === undefined || wanted.use_cases.includes(one.useCase)) &&
    (wanted.min_notice_period_days === undefined || (one.noticeDays ?? 0) >= wanted.min_notice_period_days) &&
    (wanted.include_custom_rates || one.rate === 1)
  );
};
const ofType = (one: FakeVoice, type: string | undefined): boolean => {
  switch (type) {
    case undefined:
    case 'workspace':
    case 'saved':
      return true;
    case 'personal':
      return one.isOwn;
    case 'default':
      return one.category === 'premade';
    case 'non-default':
      return one.category !== 'premade';
    case 'community':
      return one.libraryOwner !== null;
    case 'non-community':
      return one.libraryOwner === null;
    default:
      return false;
  }
};

export const createVoicesRoute = (world: World) => {
  const previews = (): string => `${world.otherOrigin()}/previews`;
  const tooLarge = (res: ServerResponse, subject: string): void =>
    complain(
      world,
      res,
      {
        http: 400,
        type: 'validation_error',
        code: 'invalid_page_size',
        message: 'page_size must be between 1 and 100.',
        param: 'page_size',
      },
      subject,
    );

  const list = (req: IncomingMessage, res: ServerResponse, url: URL): void => {
    world.count('voices');
    const query = checkQuery(VoicesQuery, url.searchParams, ['language', 'use_cases', 'voice_ids']);
    if (query.misfits !== null) return refuse(res, query.misfits);
    if (!mayGo(world, req, res, 'voices_read')) return;
    const wanted = query.value;
    if (wanted.page_size < 1 || wanted.page_size > 100) return tooLarge(res, url.search);
    const found = world.voices.filter(
      (one) =>
        fits(one, wanted) &&
        ofType(one, wanted.voice_type) &&
        wanted.collection_id === undefined &&
        wanted.high_quality !== true &&
        (wanted.voice_ids === undefined || wanted.voice_ids.includes(one.voiceId)),
    );
    if (wanted.sort !== undefined) {
      const sign = wanted.sort_direction === 'asc' ? 1 : -1;
      found.sort((a, b) =>
        wanted.sort === 'name' ? sign * a.name.localeCompare(b.name) : sign * (a.createdAt - b.createdAt),
      );
    }
    const token = wanted.next_page_token;
    const from = token === undefined ? 0 : Number(Buffer.from(token, 'base64url').toString('utf8'));
    if (!Number.isInteger(from))
      return complain(
        world,
        res,
        { http: 400, type: 'validation_error', code: 'invalid_cursor', message: 'The page token is not valid.' },
        url.search,
      );
    const page = found.slice(from, from + wanted.page_size);
    const hasMore = from + page.length < found.length;
    send(res, 200, {
      voices: page.map((one) => viewVoice(one, previews())),
      has_more: hasMore,
      total_count: wanted.include_total_count ? found.length : 0,
      next_page_token: hasMore ? Buffer.from(String(from + page.length), 'utf8').toString('base64url') : null,
    });
  };

  const listAll = (req: IncomingMessage, res: ServerResponse): void => {
    world.count('voices');
    if (!mayGo(world, req, res, 'voices_read')) return;
    send(res, 200, { voices: world.voices.map((one) => viewVoice(one, previews())) });
  };

  const missing = (res: ServerResponse, voiceId: string): void =>
    complain(
      world,
      res,
      {
        http: 404,
        type: 'not_found',
        code: 'voice_not_found',
        message: `A voice with the voice_id ${voiceId} was not found.`,
        param: 'voice_id',
      },
      voiceId,
    );
  const get = (req: IncomingMessage, res: ServerResponse, voiceId: string, part: 'voice' | 'settings'): void => {
    world.count('voices');
    if (!mayGo(world, req, res, 'voices_read')) return;
    const one = world.voices.find((voice) => voice.voiceId === voiceId);
    if (one === undefined) return missing(res, voiceId);
    send(res, 200, part === 'settings' ? settings : viewVoice(one, previews()));
  };

  const library = (req: IncomingMessage, res: ServerResponse, url: URL): void => {
    world.count('library');
    const query = checkQuery(LibraryQuery, url.searchParams, ['use_cases', 'descriptives']);
    if (query.misfits !== null) return refuse(res, query.misfits);
    if (!mayGo(world, req, res, 'voices_read')) return;
    const { language, ...wanted } = query.value;
    if (wanted.page_size < 1 || wanted.page_size > 100) return tooLarge(res, url.search);
    const found = libraryVoices.filter(
      (one) =>
        fits(one, { ...wanted, ...(language === undefined ? {} : { language: [language] }) }) &&
        (wanted.descriptives === undefined || wanted.descriptives.includes(one.descriptive)) &&
        (wanted.owner_id === undefined || one.libraryOwner === wanted.owner_id) &&
        (!wanted.featured || one.rate > 1) &&
        !wanted.reader_app_enabled,
    );
    const from = Math.max(0, wanted.page) * wanted.page_size;
    const page = found.slice(from, from + wanted.page_size);
    const isAdded = (one: FakeVoice): boolean => world.voices.some(({ voiceId }) => voiceId === one.voiceId);
    send(res, 200, {
      voices: page.map((one) => viewLibraryVoice(one, previews(), isAdded(one))),
      has_more: from + page.length < found.length,
      total_count: found.length,
      last_sort_id: null,
    });
  };

  const add = (req: IncomingMessage, res: ServerResponse, body: string, owner: string, voiceId: string): void => {
    world.count('voicesAdded');
    const parsed = checkBody(AddBody, body);
    if (parsed.misfits !== null) return refuse(res, parsed.misfits);
    if (!mayGo(world, req, res, 'voices_write')) return;
    const one = libraryVoices.find((voice) => voice.voiceId === voiceId && voice.libraryOwner === owner);
    if (one === undefined) return missing(res, voiceId);
    const limit = plans[world.options().tier].voices;
    if (world.voices.filter(({ category }) => category !== 'premade').length >= limit)
      return complain(
        world,
        res,
        {
          http: 400,
          type: 'invalid_request',
          code: 'voice_limit_reached',
          message: `You have reached your maximum amount of custom voices (${limit} / ${limit}).`,
        },
        voiceId,
      );
    if (!world.voices.some((voice) => voice.voiceId === voiceId))
      world.voices.push({ ...one, name: parsed.value.new_name, createdAt: Math.round(world.clock.now() / 1000) });
    send(res, 200, { voice_id: voiceId });
  };

  /** On the other host, for anybody. */
  const preview = (res: ServerResponse, url: URL, voiceId: string): void => {
    world.count('previews');
    const known = [...world.voices, ...libraryVoices].some((one) => one.voiceId === voiceId);
    if (!known) return send(res, 404, { error: 'NoSuchKey' });
    const text = `This is what I sound like. ${vendorId(`${voiceId} ${url.search}`)}`;
    const tone = world.audio.of(text, voiceId, 'mp3_44100_128');
    res.writeHead(200, { 'content-type': 'audio/mpeg', 'content-length': tone.bytes });
    for (const chunk of tone.chunks) res.write(chunk);
    res.end();
  };
  return {
    list,
    listAll,
    get,
    library,
    add,
    preview,
    defaultSettings: (res: ServerResponse) => send(res, 200, settings),
  };
};
