/** /v1/history: the account's own list of calls, their audio, and downloads. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { cut, send } from '../common/answer.ts';
import { fraction } from '../common/dice.ts';
import type { Tone } from '../common/tone.ts';
import { contentTypeOf } from './audio.ts';
import type { Call } from './ledger.ts';
import { checkBody, checkQuery, wholeText } from './misfits.ts';
import { brokenSilently } from './service.ts';
import { alignmentOf } from './speech-route.ts';
import { complain, mayGo, refuse, type World } from './world.ts';
import { storedZip } from './zip.ts';

const ListQuery = z.object({
  page_size: wholeText.default(100),
  start_after_history_item_id: z.string().optional(),
  voice_id: z.string().optional(),
  model_id: z.string().optional(),
  date_before_unix: wholeText.optional(),
  date_after_unix: wholeText.optional(),
  sort_direction: z.enum(['asc', 'desc']).default('desc'),
  search: z.string().optional(),
  source: z.enum(['TTS', 'STS', 'Flows']).optional(),
});
const DownloadBody = z.object({
  history_item_ids: z.array(z.string()),
  output_format: z.string().nullish(),
});
const mostItems = 1000;

/** Whether a GET was answered with trouble instead. */
export const createTrouble =
  (world: World) =>
  (res: ServerResponse, subject: string): boolean => {
    if (!world.dice.strikes('historyTrouble', subject)) return false;
    const roll = fraction(`trouble ${subject}`);
    if (roll < 0.4) complain(world, res, brokenSilently, subject, true);
    else if (roll < 0.8)
      complain(
        world,
        res,
        {
          http: 429,
          type: 'rate_limit_error',
          code: 'rate_limit_exceeded',
          message: 'You are asking too often.',
          ...(roll < 0.6 ? { headers: { 'retry-after': '1' } } : {}),
        },
        subject,
      );
    else cut(res);
    return true;
  };

export const createHistoryRoute = (world: World, troubled: (res: ServerResponse, subject: string) => boolean) => {
  const { audio, clock, ledger, options } = world;

  const isVisible = (call: Call): boolean => {
    if (!call.isLogged || call.deleted || call.state === 'failed') return false;
    return options().processingInHistory || (call.visibleAt !== null && clock.now() >= call.visibleAt);
  };
  const isReady = (call: Call): boolean => call.visibleAt !== null && clock.now() >= call.visibleAt;
  const toneOf = (call: Call): { readonly tone: Tone; readonly format: string } => {
    const format = options().historyAudio === 'mp3' && !call.format.startsWith('mp3') ? 'mp3_44100_128' : call.format;
    return { tone: audio.of(call.text, call.voice, format), format };
  };
  const seconds = (call: Call): number => Math.floor(call.createdAt / 1000);

  const view = (call: Call) => {
    const before = options().creditsUsed + ledger.countBefore(call);
    return {
      history_item_id: call.id,
      request_id: call.requestId,
      voice_id: call.voice,
      model_id: call.model,
      voice_name: call.voiceName,
      voice_category: world.voices.find(({ voiceId }) => voiceId === call.voice)?.category ?? null,
      text: call.text,
      date_unix: seconds(call),
      character_count_change_from: before,
      character_count_change_to: before + call.chargedCredits,
      content_type: contentTypeOf(toneOf(call).format),
      state: isReady(call) ? 'created' : 'processing',
      settings: call.settings,
      share_link_id: null,
      source: call.source,
      alignments: null,
      dialogue: null,
      output_format: call.format,
    };
  };
  const missing = (res: ServerResponse, id: string): void =>
    complain(
      world,
      res,
      {
        http: 404,
        type: 'not_found',
        code: 'history_item_not_found',
        message: `A history item with the id ${id} was not found.`,
      },
      id,
    );

  const list = (req: IncomingMessage, res: ServerResponse, url: URL): void => {
    world.count('lists');
    const query = checkQuery(ListQuery, url.searchParams);
    if (query.misfits !== null) return refuse(res, query.misfits);
    if (!mayGo(world, req, res, 'speech_history_read')) return;
    if (troubled(res, `history ${url.search}`)) return;
    const { value } = query;
    if (value.page_size < 1 || value.page_size > mostItems)
      return complain(
        world,
        res,
        {
          http: 400,
          type: 'validation_error',
          code: 'invalid_page_size',
          message: `page_size must be between 1 and ${mostItems}.`,
          param: 'page_size',
        },
        url.search,
      );
    const search = value.search?.toLowerCase();
    const found = ledger
      .all()
      .filter(
        (call) =>
          isVisible(call) &&
          (value.voice_id === undefined || call.voice === value.voice_id) &&
          (value.model_id === undefined || call.model === value.model_id) &&
          (value.source === undefined || call.source === value.source) &&
          (value.date_after_unix === undefined || seconds(call) >= value.date_after_unix) &&
          (value.date_before_unix === undefined || seconds(call) < value.date_before_unix) &&
          (search === undefined || `${call.text} ${call.voiceName}`.toLowerCase().includes(search)),
      );
    const ordered = value.sort_direction === 'desc' ? found.toReversed() : found;
    const after = value.start_after_history_item_id;
    const from = after === undefined ? 0 : ordered.findIndex(({ id }) => id === after) + 1;
    const page = after !== undefined && from === 0 ? [] : ordered.slice(from, from + value.page_size);
    const last = page.at(-1);
    send(res, 200, {
      history: page.map(view),
      has_more: page.length > 0 && from + page.length < ordered.length,
      last_history_item_id: last?.id ?? null,
      scanned_until: last === undefined ? null : seconds(last),
    });
  };

  const found = (req: IncomingMessage, res: ServerResponse, id: string, scope: 'read' | 'write'): Call | null => {
    if (!mayGo(world, req, res, `speech_history_${scope}`)) return null;
    if (scope === 'read' && troubled(res, `item ${id}`)) return null;
    const call = ledger.find(id);
    if (call !== undefined && isVisible(call)) return call;
    missing(res, id);
    return null;
  };
  const serve = (res: ServerResponse, type: string, { bytes, chunks }: Tone): void => {
    world.count('downloads');
    res.writeHead(200, { 'content-type': type, 'content-length': bytes });
    for (const chunk of chunks) res.write(chunk);
    res.end();
  };

  const get = (req: IncomingMessage, res: ServerResponse, id: string): void => {
    world.count('polls');
    const call = found(req, res, id, 'read');
    if (call === null) return;
    const { tone, format } = toneOf(call);
    const alignment = alignmentOf(call.text, audio.seconds(tone, format));
    const alignments = isReady(call) ? { alignment, normalized_alignment: alignment } : null;
    send(res, 200, { ...view(call), alignments });
  };
  const getAudio = (req: IncomingMessage, res: ServerResponse, id: string): void => {
    const call = found(req, res, id, 'read');
    if (call === null) return;
    if (!isReady(call)) return missing(res, id);
    serve(res, 'audio/mpeg', toneOf(call).tone);
  };
  const remove = (req: IncomingMessage, res: ServerResponse, id: string): void => {
    const call = found(req, res, id, 'write');
    if (call === null) return;
    call.deleted = true;
    send(res, 200, { status: 'ok' });
  };
  const download = (req: IncomingMessage, res: ServerResponse, body: string): void => {
    const parsed = checkBody(DownloadBody, body);
    if (parsed.misfits !== null) return refuse(res, parsed.misfits);
    if (!mayGo(world, req, res, 'speech_history_read')) return;
    const { history_item_ids: ids, output_format: wanted = null } = parsed.value;
    if (wanted !== null && wanted !== 'wav' && wanted !== 'default')
      return send(res, 400, { error: 'invalid_output_format', message: 'output_format must be wav or default.' });
    const calls = ids
      .map((id) => ledger.find(id))
      .filter((call) => call !== undefined && isVisible(call) && isReady(call));
    if (calls.length === 0 || calls.length < ids.length)
      return send(res, 400, { error: 'history_items_not_found', message: 'Not all history items were found.' });
    const files = (calls as readonly Call[]).map((call) => {
      const own = toneOf(call);
      const { tone, format } =
        wanted === 'wav' ? { tone: audio.of(call.text, call.voice, 'wav_44100'), format: 'wav_44100' } : own;
      return { name: `${call.id}.${format.split('_')[0] ?? 'mp3'}`, tone, type: contentTypeOf(format) };
    });
    const [only] = files;
    if (files.length === 1 && only !== undefined) return serve(res, only.type, only.tone);
    const zip = storedZip(files.map(({ name, tone }) => ({ name, bytes: Buffer.concat(tone.chunks) })));
    serve(res, 'application/zip', { bytes: zip.length, chunks: [zip] });
  };
  return { list, get, getAudio, remove, download };
};
