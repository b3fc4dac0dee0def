/** ElevenLabs' lists, from what the vendor answers to what the studio shows. Long, because each odd answer stands here whole. */
import { describe, expect, it } from 'vitest';
import { setUp } from './setup.ts';

describe('models', () => {
  const row = {
    model_id: 'eleven_flash_v2_5',
    name: 'Flash',
    description: 'Fast.',
    can_do_text_to_speech: true,
    can_use_style: false,
    can_use_speaker_boost: false,
    token_cost_factor: 9,
    max_characters_request_subscribed_user: 5000,
    maximum_text_length_per_request: 40_000,
    languages: [
      { language_id: 'en', name: 'English' },
      { language_id: 'de', name: 'German' },
    ],
    model_rates: { character_cost_multiplier: 0.5, cost_discount_multiplier: 0.8 },
    concurrency_group: 'turbo',
  };
  const read = async (body: unknown) => {
    const { elevenlabs, context } = setUp(() => ({ body }));
    return elevenlabs.models?.(context);
  };

  it('have limits, rates, languages and ranges as the list says', async () => {
    const [model] = (await read([row])) ?? [];
    expect(model).toMatchObject({
      modelId: 'eleven_flash_v2_5',
      name: 'Flash',
      textLimit: 40_000,
      languages: ['en', 'de'],
      creditsPerCharacter: 0.4,
      concurrencyGroup: 'turbo',
    });
    const settings = model?.settings ?? [];
    expect(settings.map(({ name }) => name)).not.toContain('style');
    expect(settings.find(({ name }) => name === 'speed')).toMatchObject({ min: 0.7, max: 1.2, defaultValue: 1 });
    expect(settings.find(({ name }) => name === 'seed')).toMatchObject({ min: 0, max: 4_294_967_295 });
    expect(settings.find(({ name }) => name === 'language')).toMatchObject({ kind: 'choice', choices: ['en', 'de'] });
  });

  it('that only convert are left out, and what is not told is null', async () => {
    expect(await read([{ model_id: 'sts', can_do_text_to_speech: false }, { model_id: 'bare' }])).toMatchObject([
      {
        modelId: 'bare',
        name: 'bare',
        textLimit: null,
        creditsPerCharacter: null,
        concurrencyGroup: null,
        languages: [],
      },
    ]);
  });

  it('without an id are a bad answer that names the place', async () => {
    await expect(read([row, { name: 'x' }])).rejects.toMatchObject({
      message: expect.stringContaining('"[1].model_id" is missing'),
    });
  });
});

describe('voices', () => {
  const voice = (rest: Record<string, unknown>) => ({ voice_id: 'v', name: 'V', ...rest });
  const readOne = async (given: Record<string, unknown>) => {
    const { elevenlabs, context } = setUp(() => ({ body: { voices: [voice(given)], has_more: false } }));
    return (await elevenlabs.voices(context))[0];
  };

  it('have what labels, verified languages and sharing say', async () => {
    expect(
      await readOne({
        category: 'professional',
        is_owner: false,
        description: 'Calm.',
        preview_url: 'https://cdn.example/p.mp3',
        labels: { language: 'en', accent: 'british', gender: 'Female', age: 'old', use_case: 'narration' },
        high_quality_base_model_ids: ['m1'],
        verified_languages: [
          { language: 'en', model_id: 'm1', locale: 'en-GB', preview_url: 'https://cdn.example/p.mp3' },
          { language: 'de', model_id: 'm2', locale: 'de-DE', preview_url: 'https://cdn.example/de.mp3' },
        ],
        sharing: { status: 'copied', rate: 2, notice_period: 90, disable_at_unix: 1_800_000_000 },
      }),
    ).toEqual({
      voiceId: 'v',
      name: 'V',
      language: 'en',
      gender: 'female',
      description: 'Calm.',
      languages: ['en', 'de'],
      age: 'old',
      accent: 'british',
      category: 'professional',
      useCases: ['narration'],
      styles: [],
      models: ['m1', 'm2'],
      previews: [
        { previewId: 'preview', url: 'https://cdn.example/p.mp3', language: null, style: null, model: null },
        { previewId: 'de-DE-m2', url: 'https://cdn.example/de.mp3', language: 'de', style: null, model: 'm2' },
      ],
      priceMultiplier: 2,
      noticePeriodDays: 90,
      noticeEndsAt: 1_800_000_000_000,
      isOwn: false,
    });
  });

  it('of one own cost the usual, whatever others pay for them', async () => {
    expect(
      await readOne({ category: 'cloned', is_owner: true, sharing: { status: 'enabled', rate: 3 } }),
    ).toMatchObject({
      isOwn: true,
      priceMultiplier: 1,
      noticePeriodDays: null,
    });
    expect(await readOne({ category: 'premade', is_owner: true })).toMatchObject({ isOwn: false });
  });

  it('are read page by page until there are no more, whatever the total says', async () => {
    const pages: Record<string, unknown> = {
      '': {
        voices: [voice({ voice_id: 'a' }), voice({ voice_id: 'b' })],
        has_more: true,
        total_count: 2,
        next_page_token: 't1',
      },
      t1: { voices: [voice({ voice_id: 'b' }), voice({ voice_id: 'c' })], has_more: true, next_page_token: 't2' },
      t2: { voices: [], has_more: false, next_page_token: 't3' },
    };
    const { elevenlabs, context, requests } = setUp((_request, url) => ({
      body: pages[url.searchParams.get('next_page_token') ?? ''],
    }));
    expect((await elevenlabs.voices(context)).map(({ voiceId }) => voiceId)).toEqual(['a', 'b', 'c']);
    expect(requests).toHaveLength(3);
    expect(requests[0]?.url).toContain('page_size=100&include_custom_rates=true');
  });

  it('end when the vendor repeats itself', async () => {
    const { elevenlabs, context, requests } = setUp(() => ({
      body: { voices: [voice({})], has_more: true, next_page_token: 'same' },
    }));
    expect(await elevenlabs.voices(context)).toHaveLength(1);
    expect(requests).toHaveLength(2);
  });
});

describe('the library', () => {
  it('is searched with what was asked, and a voice of it added by its two ids', async () => {
    const { elevenlabs, context, requests } = setUp(({ method }) =>
      method === 'POST'
        ? { body: { voice_id: 'mine' } }
        : {
            body: {
              voices: [{ public_owner_id: 'owner/1', voice_id: 'v1', name: 'Ada', rate: 2, notice_period: 0 }],
              has_more: true,
            },
          },
    );
    const page = await elevenlabs.library?.(context, { search: ' warm ', useCase: 'narration', page: 2 });
    expect(page).toMatchObject({
      hasMore: true,
      voices: [{ libraryId: 'owner/1/v1', name: 'Ada', priceMultiplier: 2, noticePeriodDays: null }],
    });
    expect(new URL(requests[0]?.url ?? '').search).toBe('?page=2&page_size=30&search=warm&use_cases=narration');
    expect(await elevenlabs.addFromLibrary?.(context, 'owner1/v1', 'My Ada')).toBe('mine');
    expect(requests[1]?.url).toBe('https://api.elevenlabs.io/v1/voices/add/owner1/v1');
    expect(new TextDecoder().decode(requests[1]?.body)).toBe('{"new_name":"My Ada"}');
  });
});

describe('the history', () => {
  it('comes in pages with what each item says', async () => {
    const item = {
      history_item_id: 'h1',
      request_id: 'r1',
      voice_id: 'v1',
      voice_name: 'Nova',
      model_id: 'm1',
      text: 'Hello',
      date_unix: 1_700_000_000,
      character_count_change_from: 100,
      character_count_change_to: 105,
      content_type: 'audio/mpeg',
      state: 'created',
      settings: { stability: 0.5, deep: {} },
      source: 'TTS',
      output_format: 'mp3_44100_128',
      alignments: {
        alignment: { characters: ['H'], character_start_times_seconds: [0], character_end_times_seconds: [0.1] },
      },
    };
    const dialogue = {
      history_item_id: 'h0',
      date_unix: 1_600_000_000,
      character_count_change_from: 900,
      character_count_change_to: 5,
      text: '',
      dialogue: [
        { text: 'Hi.', voice_id: 'v2', voice_name: 'Otto' },
        { text: 'Yo.', voice_id: 'v3', voice_name: 'Ada' },
      ],
    };
    const { elevenlabs, context, requests } = setUp(() => ({
      body: { history: [item, dialogue], has_more: true, last_history_item_id: 'h0' },
    }));
    const page = await elevenlabs.history?.(context, { cursor: 'h2', limit: 5000, fromAt: 1_500_000_000_999 });
    expect(new URL(requests[0]?.url ?? '').search).toBe(
      '?page_size=1000&start_after_history_item_id=h2&date_after_unix=1500000000&sort_direction=desc',
    );
    expect(page).toEqual({
      cursor: 'h0',
      items: [
        {
          vendorItemId: 'h1',
          at: 1_700_000_000_000,
          requestId: 'r1',
          voiceId: 'v1',
          voiceName: 'Nova',
          model: 'm1',
          text: 'Hello',
          credits: 5,
          source: 'TTS',
          state: 'created',
          format: 'mp3_44100_128',
          settings: { stability: 0.5 },
          timings: { unit: 'characters', symbols: ['H'], startSeconds: [0], endSeconds: [0.1] },
        },
        {
          vendorItemId: 'h0',
          at: 1_600_000_000_000,
          requestId: null,
          voiceId: 'v2',
          voiceName: 'Otto',
          model: null,
          text: 'Hi.\nYo.',
          // The count fell: a new period began in between.
          credits: null,
          source: null,
          state: 'created',
          format: null,
          settings: {},
          timings: null,
        },
      ],
    });
  });
});

describe('usage', () => {
  const range = { from: '2026-01-01', to: '2026-02-10' };
  const table = {
    columns: ['bucket', 'voice_id', 'model', 'product_type', 'total_usage', 'minutes'],
    column_types: ['DateTime', 'String', 'String', 'String', 'Float', 'Float'],
    column_units: [null, null, null, null, 'credits', 'min'],
    rows: [
      ['2026-01-02T00:00:00Z', 'v1', 'm1', 'TTS', '12.5', 0.5],
      ['2026-01-02 00:00:00', 'v1', 'm1', 'TTS', 2, 0.25],
      ['2026-01-02T00:00:00Z', null, 'm1', 'Flows', 3, 1],
      ['2026-03-01T00:00:00Z', 'v1', 'm1', 'TTS', 99, 1],
    ],
  };

  it('comes from the analytics by voice, model and product at once, so that rows add up to the day', async () => {
    const { elevenlabs, context, requests } = setUp(({ body }) => {
      const asked = JSON.parse(new TextDecoder().decode(body)) as { start_time: number };
      return { body: asked.start_time === Date.UTC(2026, 0, 1) ? table : { ...table, rows: [] } };
    });
    const rows = await elevenlabs.usage?.(context, range);
    expect(rows).toEqual([
      {
        day: '2026-01-02',
        voiceId: 'v1',
        voiceName: null,
        style: null,
        language: null,
        model: 'm1',
        product: 'TTS',
        credits: 14.5,
        characters: null,
        minutes: 0.75,
      },
      {
        day: '2026-01-02',
        voiceId: null,
        voiceName: null,
        style: null,
        language: null,
        model: 'm1',
        product: 'Flows',
        credits: 3,
        characters: null,
        minutes: 1,
      },
    ]);
    expect(requests.map(({ body }) => JSON.parse(new TextDecoder().decode(body)))).toEqual([
      {
        start_time: Date.UTC(2026, 0, 1),
        end_time: Date.UTC(2026, 1, 1) - 1,
        interval_seconds: 86_400,
        group_by: ['voice_id', 'model', 'product_type'],
        time_zone: 'UTC',
      },
      expect.objectContaining({ start_time: Date.UTC(2026, 1, 1), end_time: Date.UTC(2026, 1, 11) - 1 }),
    ]);
  });

  it.each([
    ['may not be read', { status: 401, body: { detail: { status: 'missing_permissions', message: 'No.' } } }],
    ['are not there', { status: 404, body: { detail: 'Not Found' } }],
    ['are another table', { body: { columns: ['x'], column_types: ['String'], column_units: [null], rows: [] } }],
  ])('comes from character-stats, in ms and by voice alone, where analytics %s', async (_name, refusal) => {
    const { elevenlabs, context, requests } = setUp(({ method }) =>
      method === 'POST'
        ? refusal
        : {
            body: {
              time: [Date.UTC(2026, 0, 1), Date.UTC(2026, 0, 2)],
              usage: { Nova: [0, 7], '21m00Tcm4TlvDq8ikWAM': [5, 0], All: [1, 0] },
            },
          },
    );
    const rows = await elevenlabs.usage?.(context, { from: '2026-01-01', to: '2026-01-02' });
    expect(rows?.map(({ day, voiceId, voiceName, credits }) => ({ day, voiceId, voiceName, credits }))).toEqual([
      { day: '2026-01-02', voiceId: null, voiceName: 'Nova', credits: 7 },
      { day: '2026-01-01', voiceId: '21m00Tcm4TlvDq8ikWAM', voiceName: null, credits: 5 },
      { day: '2026-01-01', voiceId: null, voiceName: null, credits: 1 },
    ]);
    expect(new URL(requests.at(-1)?.url ?? '').search).toBe(
      `?start_unix=${Date.UTC(2026, 0, 1)}&end_unix=${Date.UTC(2026, 0, 3) - 1}&breakdown_type=voice&aggregation_interval=day&metric=credits`,
    );
  });

  it('is asked for again, not read elsewhere, when the vendor has trouble', async () => {
    const { elevenlabs, context, requests } = setUp(() => ({ status: 503, body: '' }));
    await expect(elevenlabs.usage?.(context, range)).rejects.toMatchObject({ disposition: 'again' });
    expect(requests).toHaveLength(1);
  });
});

describe('the test of a connection', () => {
  const missing = (scope: string) => ({
    status: 401,
    body: {
      detail: { status: 'missing_permissions', message: `The key is missing the permission ${scope} to do this.` },
    },
  });

  it('names each missing scope with what it costs', async () => {
    const { elevenlabs, context } = setUp((_request, url) => {
      if (url.pathname === '/v1/history') return missing('speech_history_read');
      return url.pathname === '/v1/user/subscription' ? missing('user_read') : { body: [] };
    });
    const { ok, checks } = await elevenlabs.test(context);
    expect(ok).toBe(false);
    expect(checks.filter((check) => check.missing !== undefined)).toMatchObject([
      {
        missing: 'user_read',
        ok: false,
        message: expect.stringContaining('credits, plan and invoices cannot be shown'),
      },
      {
        missing: 'speech_history_read',
        ok: false,
        message: expect.stringContaining('every lost answer will become a question'),
      },
    ]);
    expect(checks.find(({ name }) => name === 'Key')?.ok).toBe(true);
    expect(checks.find(({ name }) => name === 'Speech')).toMatchObject({
      ok: null,
      message: expect.stringContaining('without paying'),
    });
  });

  it('asks once only with a key that is refused', async () => {
    const { elevenlabs, context, requests } = setUp(() => ({
      status: 401,
      body: { detail: { status: 'invalid_api_key', message: 'Invalid API key' } },
    }));
    const { ok, checks } = await elevenlabs.test(context);
    expect(ok).toBe(false);
    expect(checks.map(({ name, ok: good }) => [name, good])).toEqual([
      ['Settings', true],
      ['Key', false],
    ]);
    expect(requests).toHaveLength(1);
  });

  it('is all right with every scope, and speaks up about misspelled settings and plain http', async () => {
    const { elevenlabs, context, workspace } = setUp(() => ({ body: [] }));
    expect((await elevenlabs.test(context)).ok).toBe(true);
    const odd = { ...workspace, baseUrl: 'http://proxy.example', settings: { 'zero-retention': true } };
    const { checks } = await elevenlabs.test({ ...context, workspace: odd });
    expect(checks.filter(({ ok }) => ok === false).map(({ name }) => name)).toEqual(['Settings', 'Encryption']);
  });
});
