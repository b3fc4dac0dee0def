/** POST /v1/text-to-speech/{voice} and /with-timestamps: audio in the answer itself. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { cut, cutAfterFlush } from '../common/answer.ts';
import { fraction } from '../common/dice.ts';
import type { Tone } from '../common/tone.ts';
import type { Call } from './ledger.ts';
import { findModel } from './models.ts';
import { checkBody, checkQuery, flagText, formatText, SpeechBody, wholeText } from './misfits.ts';
import { brokenSilently, isComplaint, type Service } from './service.ts';
import { complain, mayGo, refuse, type World } from './world.ts';

const SpeechQuery = z.object({
  output_format: formatText.default('mp3_44100_128'),
  enable_logging: flagText.default(true),
  optimize_streaming_latency: wholeText.optional(),
});
const endings = ['errorAfter', 'cutAfter', 'headersThenCut', 'hang'] as const;

/** Times of each character, evenly over the audio. */
export const alignmentOf = (text: string, seconds: number) => {
  const characters = [...text];
  const each = seconds / Math.max(1, characters.length);
  const at = (index: number): number => Math.round(index * each * 1000) / 1000;
  return {
    characters,
    character_start_times_seconds: characters.map((_, index) => at(index)),
    character_end_times_seconds: characters.map((_, index) => at(index + 1)),
  };
};

export const createSpeechRoute = (world: World, service: Service) => {
  const { audio, dice } = world;

  const answer = (res: ServerResponse, call: Call, withTimestamps: boolean, subject: string): void => {
    const ending = endings.find((fault) => dice.strikes(fault, subject));
    if (ending === 'errorAfter') return complain(world, res, brokenSilently, subject, true);
    if (ending === 'cutAfter') return cut(res);
    if (ending === 'hang' || res.socket === null || res.socket.destroyed) return;
    const tone = audio.of(call.text, call.voice, call.format);
    const model = findModel(call.model);
    const headers = {
      'request-id': call.requestId,
      ...(call.isLogged ? { 'history-item-id': call.id } : {}),
      'character-cost': String(call.chargedCredits),
      'x-trace-id': call.requestId.slice(0, 8),
      'tts-latency-ms': '120',
      ...(model === undefined ? {} : service.concurrencyHeaders(model, 1)),
    };
    const body = withTimestamps ? stampedBody(call, tone) : tone;
    // The vendor says audio/mpeg whatever the format.
    const type = withTimestamps ? 'application/json' : 'audio/mpeg';
    res.writeHead(200, { 'content-type': type, 'content-length': body.bytes, ...headers });
    if (ending === 'headersThenCut') {
      res.flushHeaders();
      // Some answers end right after their headers.
      let left = fraction(`cut ${subject}`) < 0.3 ? 0 : Math.floor(body.bytes / 2);
      for (const chunk of body.chunks) {
        if (left <= 0) break;
        res.write(chunk.subarray(0, left));
        left -= chunk.length;
      }
      return cutAfterFlush(res);
    }
    res.cork();
    for (const chunk of body.chunks) res.write(chunk);
    res.end();
    res.uncork();
  };
  const stampedBody = (call: Call, tone: Tone): Tone => {
    const alignment = alignmentOf(call.text, audio.seconds(tone, call.format));
    const whole = Buffer.from(
      JSON.stringify({
        audio_base64: Buffer.concat(tone.chunks).toString('base64'),
        alignment,
        normalized_alignment: alignment,
      }),
    );
    return { bytes: whole.length, chunks: [whole] };
  };

  return (
    req: IncomingMessage,
    res: ServerResponse,
    url: URL,
    body: string,
    voiceId: string,
    withTimestamps: boolean,
  ): void => {
    const query = checkQuery(SpeechQuery, url.searchParams);
    const parsed = checkBody(SpeechBody, body);
    if (query.misfits !== null || parsed.misfits !== null)
      return refuse(res, [...(query.misfits ?? []), ...(parsed.misfits ?? [])]);
    if (!mayGo(world, req, res, 'text_to_speech')) return;
    const subject = `${voiceId}?${url.searchParams.get('output_format') ?? ''}\n${body}`;
    if (!service.survivesFaults(req, res, subject)) return;
    const { value } = parsed;
    const order = {
      text: value.text,
      voiceId,
      modelId: value.model_id,
      format: query.value.output_format,
      language: value.language_code ?? null,
      isLogged: query.value.enable_logging,
      locators: value.pronunciation_dictionary_locators?.length ?? 0,
      previousIds: value.previous_request_ids ?? [],
      nextIds: value.next_request_ids ?? [],
    };
    const admitted = service.admit(order);
    if (isComplaint(admitted)) return complain(world, res, admitted, subject);
    const full = service.overCap(admitted.model);
    if (full !== null) return complain(world, res, full, subject);
    const settings = value.voice_settings ?? null;
    const call = service.start(order, admitted, { flowId: null, body, settings, source: 'TTS' }, subject);
    call.waiting.push(() => answer(res, call, withTimestamps, subject));
  };
};
