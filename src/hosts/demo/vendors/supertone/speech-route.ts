/** Speech, streamed speech and predictions: checks, the minute's calls, billing, and the faults around them. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { cut, cutAfterFlush, send } from '../common/answer.ts';
import { fraction } from '../common/dice.ts';
import type { Speech } from './audio.ts';
import { callsOfAMinute } from './options.ts';
import { readOrder } from './speech-order.ts';
import type { Order } from './speech-order.ts';
import { authorized, page } from './world.ts';
import type { Complain, World } from './world.ts';

const minuteMs = 60_000;
const slowFactor = 5;
const endings = ['errorAfter', 'cutAfter', 'headersThenCut', 'hang'] as const;

type Call = 'speech' | 'stream' | 'prediction';

const phonemesOf = (text: string, seconds: number) => {
  const symbols = [...text.replace(/[^\p{L}]/gu, '').toLowerCase()];
  const each = seconds / Math.max(1, symbols.length);
  return {
    symbols,
    start_times_seconds: symbols.map((_, index) => index * each),
    durations_seconds: symbols.map(() => each),
  };
};

export const createSpeechRoute = (world: World, complain: Complain) => {
  const { clock, dice, ledger, timers, options, speech } = world;
  const usedSockets = new WeakSet<Socket>();
  const called = new Map<Call, number[]>();

  /** Whether the minute has a call left; uses it up. Streamed speech counts as speech. */
  const enters = (call: Call): boolean => {
    const { requestsPerMinute, plan } = options();
    const limit = requestsPerMinute ?? callsOfAMinute[plan];
    if (limit === 0) return true;
    const kind = call === 'stream' ? 'speech' : call;
    const recent = (called.get(kind) ?? []).filter((at) => clock.now() - at < minuteMs);
    called.set(kind, recent);
    if (recent.length >= limit) return false;
    recent.push(clock.now());
    return true;
  };

  /** Whether the request may go on; if not, it was answered or cut. */
  const survivesFaults = (req: IncomingMessage, res: ServerResponse, body: string): boolean => {
    const reused = usedSockets.has(req.socket);
    usedSockets.add(req.socket);
    if (reused && dice.strikes('idleClose', body)) cut(res);
    else if (dice.strikes('rateLimit', body)) complain(res, 429, 'rate limit exceeded');
    else if (dice.strikes('errorBefore', body)) {
      if (fraction(`before:${body}`) < 0.5) complain(res, 500, 'Failed to convert text to speech');
      else page(res, 502, 'Bad gateway');
    } else if (dice.strikes('cutBefore', body)) cut(res);
    else return true;
    return false;
  };

  const whole = (res: ServerResponse, order: Order, audio: Speech): void => {
    const length = { 'x-audio-length': String(audio.seconds) };
    if (order.include_phonemes) {
      const audio_base64 = Buffer.concat(audio.chunks).toString('base64');
      return send(res, 200, { audio_base64, phonemes: phonemesOf(order.text, audio.seconds) }, length);
    }
    const type = order.output_format === 'mp3' ? 'audio/mpeg' : 'audio/wav';
    res.writeHead(200, { 'content-type': type, 'content-length': audio.bytes, ...length });
    res.cork();
    for (const chunk of audio.chunks) res.write(chunk);
    res.end();
    res.uncork();
  };
  const streamed = (res: ServerResponse, order: Order, audio: Speech): void => {
    const plain = order.output_format === 'mp3' ? 'audio/mpeg' : 'audio/wav';
    const type = order.include_phonemes ? 'application/x-ndjson' : plain;
    res.writeHead(200, { 'content-type': type, trailer: 'X-Audio-Length', 'cache-control': 'no-cache' });
    for (const chunk of audio.chunks)
      res.write(
        order.include_phonemes
          ? `${JSON.stringify({ audio_base64: chunk.toString('base64'), phonemes: null })}\n`
          : chunk,
      );
    if (order.include_phonemes)
      res.write(`${JSON.stringify({ audio_base64: null, phonemes: phonemesOf(order.text, audio.seconds) })}\n`);
    res.addTrailers({ 'X-Audio-Length': String(audio.seconds) });
    res.end();
  };
  const halfway = (res: ServerResponse, order: Order, audio: Speech): void => {
    const length = { 'x-audio-length': String(audio.seconds) };
    const bytes = order.include_phonemes
      ? Buffer.from(JSON.stringify({ audio_base64: Buffer.concat(audio.chunks).toString('base64') }))
      : Buffer.concat(audio.chunks);
    const type = order.include_phonemes ? 'application/json' : 'audio/wav';
    res.writeHead(200, { 'content-type': type, 'content-length': bytes.length, ...length });
    res.write(bytes.subarray(0, bytes.length / 2));
    cutAfterFlush(res);
  };

  const answer = (res: ServerResponse, call: Call, order: Order, audio: Speech, body: string): void => {
    if (res.socket === null || res.socket.destroyed) return;
    const ending = endings.find((fault) => dice.strikes(fault, body));
    switch (ending) {
      case 'errorAfter': {
        const kind = fraction(`after:${body}`);
        if (kind < 0.4) return complain(res, 500, 'Failed to convert text to speech');
        return kind < 0.7 ? page(res, 504, 'Gateway time-out') : complain(res, 408, 'Request timed out');
      }
      case 'cutAfter':
        return cut(res);
      case 'headersThenCut':
        return halfway(res, order, audio);
      case 'hang':
        return;
      case undefined:
        return call === 'stream' ? streamed(res, order, audio) : whole(res, order, audio);
    }
  };

  return (req: IncomingMessage, res: ServerResponse, call: Call, voice: string, body: string): void => {
    const now = options();
    world.count(call === 'prediction' ? 'predictions' : 'posts');
    if (call !== 'prediction' && !survivesFaults(req, res, body)) return;
    if (!authorized(req, now.apiKey)) return complain(res, 401, 'Invalid API Key');
    if (!enters(call)) {
      world.count('overRate');
      return complain(res, 429, 'rate limit exceeded');
    }
    const order = readOrder(body, voice, world.presets(), world.own);
    if ('message' in order) return complain(res, order.status, order.message);
    const audio = speech.of(order.text, voice, order.output_format);
    if (call === 'prediction') return send(res, 200, { duration: audio.seconds });
    if (now.balance !== null && ledger.chargedCredits() + audio.seconds > now.balance)
      return complain(res, 402, 'Not enough credits');
    ledger.bill({
      body,
      text: order.text,
      voice,
      style: order.style,
      language: order.language,
      model: order.model,
      chargedCredits: audio.seconds,
      audioSha256: speech.sha256(order.text, voice, order.output_format),
      createdAt: clock.now(),
    });
    timers.after(now.serviceTimeMs * (dice.strikes('slow', body) ? slowFactor : 1), () =>
      answer(res, call, order, audio, body),
    );
  };
};
