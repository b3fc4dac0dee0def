/** Routes that the vendor does not document, for those who set a path to them: the list of generations, and the account. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { send } from '../common/answer.ts';
import type { Generation } from './ledger.ts';
import { authorized, complain } from './world.ts';
import type { World } from './world.ts';

const dayMs = 86_400_000;

export const createListRoute = (world: World) => {
  const { ledger, options } = world;

  const resetAt = (): number => {
    const now = new Date(world.clock.now());
    return Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1);
  };
  const entry = (generation: Generation): unknown => {
    const { id, text, voice, createdAt, chargedCredits, refundedCredits, status } = generation;
    switch (options().shape) {
      case 'plain':
        return { id, text, voice, createdAt: new Date(createdAt).toISOString(), credits: chargedCredits, status };
      case 'snake':
        return {
          generation_id: id,
          prompt: text,
          voice_name: voice,
          created_at: Math.round(createdAt / 1000),
          cost: String(chargedCredits),
          refund: refundedCredits,
          status: status.toLowerCase(),
        };
      case 'nested':
        return {
          generation: { generationId: id, input: text, voice: { name: voice }, status },
          timestamp: createdAt,
          creditsCharged: chargedCredits,
        };
    }
  };

  const list = (res: ServerResponse, query: URLSearchParams): void => {
    const { listPageSize: size, shape } = options();
    const newest = ledger.newestFirst();
    const cursor = query.get('cursor');
    // The cursor is the last one seen, so that a page does not move when something new is made meanwhile.
    const skip = cursor === null ? 0 : newest.findIndex(({ id }) => id === cursor) + 1;
    if (cursor !== null && skip === 0) return complain(res, 400, 'INVALID_CURSOR', 'There is no such cursor.');
    const page = newest.slice(skip, skip + size);
    const hasMore = skip + page.length < newest.length;
    const next = hasMore ? (page.at(-1)?.id ?? null) : null;
    const items = page.map(entry);
    switch (shape) {
      case 'plain':
        return send(res, 200, { generations: items, nextCursor: next });
      case 'snake':
        return send(res, 200, { data: items, has_more: hasMore, next_cursor: next });
      case 'nested':
        return send(res, 200, {
          success: true,
          data: { items, pagination: { next: next === null ? null : `/api/generations?cursor=${next}` } },
        });
    }
  };

  const account = (res: ServerResponse): void => {
    const { balance, plan, shape } = options();
    const used = ledger.netCredits();
    const left = balance === null ? null : balance - used;
    switch (shape) {
      case 'plain':
        return send(res, 200, { balance: left, plan, resetAt: new Date(resetAt()).toISOString() });
      case 'snake':
        return send(res, 200, { credits_remaining: left, credits_used: used, credit_limit: balance, tier: plan });
      case 'nested':
        return send(res, 200, {
          data: {
            credits: { remaining: left, used, limit: balance },
            subscription: { plan: { name: plan }, period_end: Math.floor(resetAt() / 1000) },
            age: Math.floor(world.clock.now() / dayMs),
          },
        });
    }
  };

  return (req: IncomingMessage, res: ServerResponse, url: URL): void => {
    world.count('lists');
    const { apiKey, hasList, hasAccount } = options();
    const isAccount = url.pathname === '/api/account';
    if (isAccount ? !hasAccount : !hasList) return complain(res, 404, 'NOT_FOUND', 'No such path.');
    if (!authorized(req.headers, apiKey)) return complain(res, 401, 'INVALID_API_KEY', 'The API key is not valid.');
    if (isAccount) account(res);
    else list(res, url.searchParams);
  };
};
