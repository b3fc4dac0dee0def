/** The fake of ElevenLabs on a clock that a test moves, and the calls a client makes. */
import { createHash } from 'node:crypto';
import { onTestFinished } from 'vitest';
import { z } from 'zod';
import type { ElevenLabsServerOptions } from '#hosts/demo/vendors/elevenlabs/options.ts';
import { startElevenLabsServer } from '#hosts/demo/vendors/elevenlabs/server.ts';
import { createManualClock } from '../chosen/setup.ts';

const HistoryPage = z.object({
  history: z.array(
    z.object({
      history_item_id: z.string(),
      text: z.string(),
      state: z.string(),
      source: z.string(),
      date_unix: z.number(),
      character_count_change_from: z.number(),
      character_count_change_to: z.number(),
    }),
  ),
  has_more: z.boolean(),
  last_history_item_id: z.string().nullable(),
  scanned_until: z.number().nullable(),
});
export const Flow = z.object({
  id: z.string(),
  status: z.string(),
  content_url: z.string().optional(),
  failure_reason: z.string().optional(),
});
export const bytesOf = async (answer: Response): Promise<Uint8Array> => new Uint8Array(await answer.arrayBuffer());
export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

export const setUp = async (options: Partial<ElevenLabsServerOptions> = {}) => {
  const clock = createManualClock();
  const server = await startElevenLabsServer({ serviceTimeMs: 1000, historyDelayMs: 500, ...options }, clock);
  onTestFinished(() => server.close());
  const voice = server.voices()[0]?.voiceId ?? '';
  const call = (
    method: string,
    path: string,
    body?: unknown,
    more: { readonly key?: string | null; readonly signal?: AbortSignal } = {},
  ): Promise<Response> => {
    const { key = server.apiKey, signal } = more;
    return fetch(path.startsWith('http') ? path : `${server.baseUrl}${path}`, {
      method,
      headers: { ...(key === null ? {} : { 'xi-api-key': key }), 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
  };
  const json = async (method: string, path: string, body?: unknown): Promise<unknown> =>
    (await call(method, path, body)).json();
  /** Lets a call that is at work come to its end. */
  const work = async (answer: Promise<Response>, before = server.ledger().length): Promise<Response> => {
    let isOver = false;
    const over = answer.finally(() => (isOver = true));
    over.catch(() => undefined);
    for (let left = 500; left > 0 && !isOver && server.ledger().length === before; left -= 1)
      await new Promise((resolve) => setImmediate(resolve));
    clock.advance(1000);
    return over;
  };
  const speak = (
    text: string,
    more: { readonly query?: string; readonly body?: object; readonly voice?: string } = {},
  ): Promise<Response> =>
    work(call('POST', `/v1/text-to-speech/${more.voice ?? voice}${more.query ?? ''}`, { text, ...more.body }));
  const history = async (query = ''): Promise<z.infer<typeof HistoryPage>> =>
    HistoryPage.parse(await json('GET', `/v1/history${query}`));
  const subscription = async (): Promise<Record<string, unknown>> =>
    z.record(z.string(), z.unknown()).parse(await json('GET', '/v1/user/subscription'));
  return { clock, server, voice, call, json, work, speak, history, subscription };
};

/** Status and legacy status word of an error answer, whatever its shape. */
export const complaintOf = async (answer: Response): Promise<readonly [number, string]> => {
  const body = z
    .union([z.object({ detail: z.object({ status: z.string() }) }), z.object({ status: z.string() })])
    .parse(await answer.json());
  return [answer.status, 'detail' in body ? body.detail.status : body.status];
};
