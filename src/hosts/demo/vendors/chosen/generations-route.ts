/** POST /api/generations and GET /api/generations/{id}: checks, idempotency, billing, and the faults around them. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { z } from 'zod';
import { cut, cutAfterFlush, send } from '../common/answer.ts';
import { fraction } from '../common/dice.ts';
import type { AudioRoute } from './audio-route.ts';
import type { Generation } from './ledger.ts';
import { authorized, complain } from './world.ts';
import type { World } from './world.ts';

const Order = z.object({ text: z.string().min(1), voice: z.string().min(1) });
const limits = {
  free: 0,
  starter: 0,
  creator: 0,
  pro: 10_000,
  scale: 20_000,
  business: 50_000,
  enterprise: 100_000,
} as const;
const slowFactor = 5;
const endings = ['errorAfter', 'cutAfter', 'cutHeaders', 'cutAnswer', 'hang'] as const;

export const createGenerationsRoute = (world: World, audio: AudioRoute) => {
  const { clock, dice, ledger, timers, options } = world;
  const keys = new Map<string, { readonly body: string; readonly generation: Generation; readonly at: number }>();
  const usedSockets = new WeakSet<Socket>();
  let inService = 0;

  const view = (generation: Generation): unknown => {
    const { id, status, chargedCredits, refundedCredits } = generation;
    const audioUrl = status === 'COMPLETED' ? audio.urlOf(generation) : null;
    const failure =
      status === 'FAILED'
        ? { error: { code: 'GENERATION_FAILED', message: 'The voice model failed; your credits were refunded.' } }
        : {};
    switch (options().shape) {
      case 'plain':
        return {
          id,
          status,
          audioUrl,
          credits: chargedCredits,
          ...(status === 'FAILED' ? { refund: refundedCredits } : {}),
          ...failure,
        };
      case 'snake':
        return {
          generation_id: id,
          status: status.toLowerCase(),
          audio_url: audioUrl,
          cost: String(chargedCredits),
          ...failure,
        };
      case 'nested':
        return {
          success: true,
          generation: { generationId: id, status, url: audioUrl, creditsCharged: chargedCredits, ...failure },
        };
    }
  };

  const answer = (res: ServerResponse, generation: Generation, status: number): void => {
    const ending = endings.find((fault) => dice.strikes(fault, generation.body));
    if (ending === undefined) return send(res, status, view(generation));
    if (ending === 'errorAfter') return complain(res, 500, 'INTERNAL', 'Something broke on our side.');
    if (ending === 'cutAfter') return cut(res);
    if (ending === 'hang' || res.socket === null || res.socket.destroyed) return;
    if (ending === 'cutHeaders') {
      res.socket.write('HTTP/1.1 201 Created\r\nContent-Type: applica');
    } else {
      const text = JSON.stringify(view(generation));
      res.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
      res.write(text.slice(0, text.length / 2));
    }
    cutAfterFlush(res);
  };

  const whenOver = (generation: Generation, run: () => void): void => {
    if (generation.status === 'PROCESSING') generation.waiting.push(run);
    else run();
  };

  const start = (order: z.infer<typeof Order>, body: string, key: string | null): Generation => {
    const { creditsPerCharacter, serviceTimeMs } = options();
    const chargedCredits = [...order.text].length * creditsPerCharacter;
    const generation = ledger.bill({ ...order, key, body, chargedCredits, createdAt: clock.now() });
    const fails = dice.strikes('failed', body);
    inService += 1;
    timers.after(serviceTimeMs * (dice.strikes('slow', body) ? slowFactor : 1), () => {
      inService -= 1;
      ledger.settle(generation, fails ? 'FAILED' : 'COMPLETED');
    });
    return generation;
  };

  /** Whether the request may go on; if not, it was answered or cut. */
  const survivesFaults = (req: IncomingMessage, res: ServerResponse, body: string): boolean => {
    const reused = usedSockets.has(req.socket);
    usedSockets.add(req.socket);
    const pause = 'You are sending too fast.';
    if (reused && dice.strikes('idleClose', body)) cut(res);
    else if (dice.strikes('redirectPost', body))
      send(res, 307, {}, { location: `${world.otherOrigin()}${req.url ?? '/'}` });
    else if (dice.strikes('rateLimitSeconds', body)) complain(res, 429, 'RATE_LIMITED', pause, { 'retry-after': '1' });
    else if (dice.strikes('rateLimitDate', body))
      complain(res, 429, 'RATE_LIMITED', pause, { 'retry-after': new Date(clock.now() + 2000).toUTCString() });
    else if (dice.strikes('rateLimitSilent', body)) complain(res, 429, 'RATE_LIMITED', pause);
    else if (dice.strikes('errorBefore', body)) complain(res, 500, 'INTERNAL', 'Something broke on our side.');
    else if (dice.strikes('cutBefore', body)) cut(res);
    else return true;
    return false;
  };

  const replay = (res: ServerResponse, key: string, body: string): boolean => {
    const known = keys.get(key);
    if (known === undefined) return false;
    if (clock.now() - known.at > options().keyLifetimeMs) {
      keys.delete(key);
      return false;
    }
    world.count('replays');
    const { generation } = known;
    if (known.body !== body) complain(res, 409, 'IDEMPOTENCY_KEY_MISMATCH', 'This key was used with another body.');
    else if (options().mode === 'processing' || generation.status !== 'PROCESSING') answer(res, generation, 200);
    else if (options().whileInFlight === 'conflict')
      complain(res, 409, 'IDEMPOTENCY_IN_FLIGHT', 'The first request with this key is still open.');
    else whenOver(generation, () => answer(res, generation, 200));
    return true;
  };

  const parseOrder = (body: string) => {
    try {
      return Order.safeParse(JSON.parse(body));
    } catch {
      return Order.safeParse(null);
    }
  };

  const create = (req: IncomingMessage, res: ServerResponse, body: string): void => {
    const now = options();
    world.count('posts');
    if (!survivesFaults(req, res, body)) return;
    if (!authorized(req.headers, now.apiKey)) return complain(res, 401, 'INVALID_API_KEY', 'The API key is not valid.');
    if (limits[now.plan] === 0)
      return complain(res, 403, 'PLAN_API_NOT_INCLUDED', `The ${now.plan} plan does not include the API.`);
    const header = req.headers['idempotency-key'];
    const key = typeof header === 'string' ? header : null;
    if (key !== null && replay(res, key, body)) return;
    const parsed = parseOrder(body);
    if (!parsed.success) return complain(res, 400, 'INVALID_REQUEST', 'text and voice are required.');
    const { text, voice } = parsed.data;
    const length = [...text].length;
    const credits = length * now.creditsPerCharacter;
    if (length > limits[now.plan])
      return complain(res, 422, 'TEXT_TOO_LONG', `At most ${limits[now.plan]} characters on this plan.`);
    if (now.voices !== null && !now.voices.includes(voice))
      return complain(res, 404, 'VOICE_NOT_FOUND', `There is no voice "${voice}".`);
    if (text.includes(now.rejectedWord))
      return complain(res, 422, 'CONTENT_REJECTED', 'The text breaks the content policy.');
    if (now.balance !== null && ledger.netCredits() + credits > now.balance)
      return complain(res, 402, 'INSUFFICIENT_CREDITS', 'Not enough credits.');
    if (now.memberCap !== null && ledger.netCredits() + credits > now.memberCap)
      return complain(res, 403, 'MEMBER_CAP_REACHED', 'Your seat has no credits left this month.');
    if (now.concurrencyCap !== null && inService >= now.concurrencyCap) {
      world.count('overCap');
      return complain(res, 429, 'TOO_MANY_CONCURRENT_REQUESTS', `At most ${now.concurrencyCap} at a time.`);
    }
    const generation = start(parsed.data, body, key);
    if (key !== null) keys.set(key, { body, generation, at: clock.now() });
    if (now.mode === 'processing') answer(res, generation, 201);
    else whenOver(generation, () => answer(res, generation, 201));
  };

  const status = (req: IncomingMessage, res: ServerResponse, id: string): void => {
    world.count('polls');
    if (!authorized(req.headers, options().apiKey))
      return complain(res, 401, 'INVALID_API_KEY', 'The API key is not valid.');
    const generation = ledger.find(id);
    if (generation === undefined) return complain(res, 404, 'NOT_FOUND', 'There is no such generation.');
    if (dice.strikes('statusTrouble', generation.body)) {
      const kind = fraction(`${generation.body}:${generation.status}`);
      if (kind < 0.34) return complain(res, 500, 'INTERNAL', 'Something broke on our side.');
      if (kind < 0.67) return complain(res, 429, 'RATE_LIMITED', 'You are asking too often.', { 'retry-after': '1' });
      return cut(res);
    }
    send(res, 200, view(generation));
  };

  return { create, status };
};
