/** What the fake of ElevenLabs serves beyond the adapter's needs, and requests that the file forbids. */
import type { ElevenLabsServer } from '#hosts/demo/vendors/elevenlabs/server.ts';
import { isObject } from '../translate-schema.ts';
import type { Json } from '../translate-schema.ts';
import { caller } from './drive.ts';
import type { Driver } from './drive.ts';
import type { StartFake } from './elevenlabs.ts';
import type { RecordingHttp } from '../recording-http.ts';

type Call = ReturnType<typeof caller>;

const textAt = (value: unknown, name: string): string => {
  const found = isObject(value as Json) ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
  return typeof found === 'string' ? found : '';
};

const voicesAndModels = async (call: Call, voice: string): Promise<void> => {
  await call({ path: '/v1/user' });
  await call({ path: '/v1/models' });
  await call({ path: '/v1/voices' });
  await call({ path: `/v1/voices/${voice}` });
  await call({ path: `/v1/voices/${voice}/settings` });
  await call({ path: '/v1/voices/settings/default' });
  await call({ path: '/v1/voices/nobody' });
  for (const query of [
    '',
    'page_size=2&include_total_count=false',
    'search=warm&sort=name&sort_direction=asc',
    'voice_type=personal&category=cloned&gender=female&age=middle-aged&accent=american',
    'language=en&language=de&use_cases=narration&use_cases=advertisement',
    'min_notice_period_days=10&include_custom_rates=true&include_live_moderated=false&high_quality=false',
    `voice_ids=${voice}&collection_id=none&fine_tuning_state=fine_tuned`,
  ])
    await call({ path: `/v2/voices?${query}` });
  for (const query of [
    '',
    'page_size=3&page=1',
    'category=professional&gender=male&age=young&accent=american&language=en&locale=en-US',
    'search=narrator&use_cases=narration&descriptives=calm&featured=true&sort=trending',
    'min_notice_period_days=30&include_custom_rates=false&include_live_moderated=false&reader_app_enabled=true&owner_id=x',
  ])
    await call({ path: `/v1/shared-voices?${query}` });
};

const historyAndUsage = async (call: Call, server: ElevenLabsServer, voice: string): Promise<void> => {
  const [first, second] = server.addHistory([
    { at: Date.now() - 3_600_000, text: 'From the web app.', voiceId: voice },
    {
      at: Date.now() - 1_800_000,
      text: 'With settings.',
      voiceId: voice,
      format: 'pcm_16000',
      model: 'eleven_flash_v2_5',
      source: 'Flows',
      settings: { stability: 0.4 },
    },
  ]);
  const ids = [first?.id ?? '', second?.id ?? ''];
  await call({ path: '/v1/history?page_size=1' });
  await call({ path: `/v1/history?start_after_history_item_id=${ids[1]}&sort_direction=desc&page_size=1000` });
  await call({ path: `/v1/history?voice_id=${voice}&model_id=eleven_flash_v2_5&source=Flows&search=settings` });
  await call({ path: '/v1/history?date_after_unix=1&date_before_unix=4000000000&sort_direction=asc' });
  await call({ path: `/v1/history/${ids[0]}` });
  await call({ path: `/v1/history/${ids[0]}/audio` });
  await call({ path: '/v1/history/nothing' });
  const download = (json: unknown): Promise<unknown> => call({ method: 'POST', path: '/v1/history/download', json });
  await download({ history_item_ids: ids });
  await download({ history_item_ids: ids.slice(0, 1) });
  await download({ history_item_ids: ids.slice(0, 1), output_format: 'wav' });
  await download({ history_item_ids: ids, output_format: 'default' });
  await download({ history_item_ids: ids, output_format: 'ogg' });
  await download({ history_item_ids: ['nothing'] });
  await call({ method: 'DELETE', path: `/v1/history/${ids[1]}` });

  const to = Date.now();
  const from = to - 10 * 86_400_000;
  const stats = `/v1/usage/character-stats?start_unix=${from}&end_unix=${to}`;
  for (const breakdown of ['none', 'voice', 'model', 'product_type', 'has_api_key'])
    for (const interval of ['hour', 'day', 'week', 'month', 'cumulative'])
      await call({ path: `${stats}&breakdown_type=${breakdown}&aggregation_interval=${interval}` });
  for (const metric of ['credits', 'tts_characters', 'minutes_used', 'request_count', 'ttfb_avg'])
    await call({ path: `${stats}&metric=${metric}&include_workspace_metrics=true&aggregation_bucket_size=7200` });
  const overTime = '/v1/workspace/analytics/query/usage-by-product-over-time';
  const period = { start_time: from, end_time: to };
  await call({ method: 'POST', path: overTime, json: period });
  await call({
    method: 'POST',
    path: overTime,
    json: {
      ...period,
      interval_seconds: 86_400,
      group_by: ['product_type', 'model', 'voice_id', 'voice_multiplier'],
      filters: [{ column: 'product_type', operation: 'in', values: ['TTS', 'Flows'] }],
      time_zone: 'UTC',
    },
  });
  const requests = '/v1/workspace/analytics/requests';
  await call({ method: 'POST', path: requests, json: { start_time: from, limit: 1000, sort: 'asc' } });
  await call({ method: 'POST', path: requests, json: { end_time: to, sort: null, filters: null, search: '' } });
};

const speechAndFlows = async (call: Call, voice: string): Promise<void> => {
  const flow = { text: 'A flow past the adapter.', voice, model_id: 'eleven_flash_v2_5' };
  const made = await call({ method: 'POST', path: '/v1/flows/text-to-speech', json: flow });
  await call({ path: `/v1/flows/text-to-speech/${textAt(made, 'id')}` });
  for (const query of ['', 'page_size=1', 'status=completed&model_id=eleven_v3', 'status=pending', 'page_size=100'])
    await call({ path: `/v1/flows/text-to-speech?${query}` });
  await call({ path: '/v1/flows/text-to-speech/nothing' });
  const refused: readonly (readonly [string, unknown])[] = [
    [`/v1/text-to-speech/${voice}`, {}],
    [`/v1/text-to-speech/${voice}`, { text: 4 }],
    [`/v1/text-to-speech/${voice}`, { text: 'x', voice_settings: { stability: 2 } }],
    [`/v1/text-to-speech/${voice}`, { text: 'x', apply_text_normalization: 'maybe' }],
    [`/v1/text-to-speech/${voice}?output_format=mp3_1`, { text: 'x' }],
    ['/v1/flows/text-to-speech', { ...flow, model_id: 'eleven_v9' }],
    ['/v1/flows/text-to-speech', { ...flow, seed: 4 }],
    ['/v1/flows/text-to-speech', { ...flow, output_format: 'pcm_16000' }],
    ['/v1/flows/text-to-speech', { ...flow, voice_settings: { speed: 4 } }],
    ['/v1/flows/text-to-speech', { ...flow, model_id: 'eleven_v3', voice_settings: { style: 0.1 } }],
    ['/v1/workspace/analytics/query/usage-by-product-over-time', { start_time: 5, end_time: 6 }],
    ['/v1/workspace/analytics/requests', { start_time: 1_700_000_000_000, limit: 5000 }],
    ['/v1/history/download', {}],
  ];
  for (const [path, json] of refused) await call({ method: 'POST', path, json, intent: 'misfit' });
  for (const path of [
    '/v1/usage/character-stats?end_unix=1700000000000',
    '/v1/usage/character-stats?start_unix=1700000000000&end_unix=1700000000000&breakdown_type=mood',
    '/v1/history?sort_direction=sideways',
    '/v1/history?page_size=1001',
    '/v1/history?source=Dreams',
    '/v1/flows/text-to-speech?page_size=101',
    '/v2/voices?page_size=101',
    '/v1/shared-voices?category=cloned',
  ])
    await call({ path, intent: 'misfit' });
};

export const callElevenLabsDirectly = async (driver: Driver, http: RecordingHttp, start: StartFake): Promise<void> => {
  for (const errorShape of ['current', 'legacy'] as const) {
    const server = await start({ errorShape });
    const call = caller(http, server, 'xi-api-key');
    const voice = server.voices()[0]?.voiceId ?? '';
    if (voice === '') driver.complain('the fake has no voices');
    await voicesAndModels(call, voice);
    await historyAndUsage(call, server, voice);
    await speechAndFlows(call, voice);
    for (const path of ['/v1/user', '/v1/user/subscription', '/v2/voices', '/v1/history', '/v1/shared-voices'])
      for (const key of ['wrong', null]) await call({ path, key });
    await call({ path: '/v1/models', key: null });
  }
  // Every plan, every state of an account.
  const tiers = ['free', 'starter', 'creator', 'pro', 'scale_2024_08_10', 'growing_business', 'enterprise'] as const;
  for (const tier of tiers)
    for (const pendingChange of ['none', 'change', 'cancellation'] as const) {
      const server = await start({
        tier,
        pendingChange,
        openInvoices: pendingChange === 'change' ? 2 : 0,
        overageCredits: pendingChange === 'none' ? 0 : pendingChange === 'change' ? 5000 : 'unlimited',
        creditsUsed: pendingChange === 'change' ? 50_000_000 : 10,
      });
      const call = caller(http, server, 'xi-api-key');
      await call({ path: '/v1/user' });
      await call({ path: '/v1/user/subscription' });
    }
};
