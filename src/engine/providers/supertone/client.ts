/** One exchange with the vendor at a time: the key goes to the base URL's own origin only, and nothing is repeated. */
import type { z } from 'zod';
import { HttpError } from '../../ports.ts';
import type { HttpAnswer } from '../../ports.ts';
import { hideKey } from '../hide-key.ts';
import type { CallContext, ProviderError, ProviderPorts } from '../provider.ts';
import { failBefore, failByStatus, failInTransit, failRetired, failUnreadable } from './map.ts';
import type { CallKind, Failure } from './map.ts';
import { isRetired } from './retired.ts';
import type { Circumstances } from './retired.ts';
import { readAnswer, readComplaint } from './schema.ts';
import type { Connection } from './settings.ts';

const answerLimitBytes = 16_000_000;
const complaintLimitBytes = 64_000;
/** From the first byte of a free answer to its last. */
const bodyAllowanceMs = 30_000;
/** The same for speech: at most a minute of sound. */
const audioAllowanceMs = 240_000;
const probeSeconds = 5;

/** `Retry-After` in ms from now: seconds, or an HTTP date. The vendor documents none; a proxy before it may send one. */
export const retryAfterOf = (headers: HttpAnswer['headers'], now: number): number | undefined => {
  const value = headers['retry-after']?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(value)) return Math.ceil(Number(value) * 1000);
  const at = value === '' ? Number.NaN : Date.parse(value);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
};

export interface Sending {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

export interface SupertoneClient {
  /** Sends the key. Resolves with a 2xx answer whose body is still to be read. */
  send(call: CallKind, context: CallContext, connection: Connection, sending: Sending): Promise<HttpAnswer>;
  /** The same for JSON; a missing field that is needed is `bad_response` and named. */
  read<T>(
    call: Exclude<CallKind, 'create'>,
    context: CallContext,
    connection: Connection,
    sending: Sending,
    schema: z.ZodType<T>,
  ): Promise<T>;
  /** Any answer but that of a retired service will do. No key is sent. */
  reach(context: CallContext, connection: Connection): Promise<void>;
  /** For a 2xx answer that is not what was asked for; `body` is what was read of it. */
  unreadable(call: CallKind, context: CallContext, answer: HttpAnswer, missing: string, body: string): ProviderError;
}

export const createSupertoneClient = (ports: Pick<ProviderPorts, 'http' | 'now'>): SupertoneClient => {
  const failureOf = (call: CallKind, context: CallContext, rest: Partial<Failure> = {}): Failure => ({
    call,
    workspaceName: context.workspace.name,
    vendorSays: null,
    ...rest,
  });
  const circumstances = (call: CallKind, { baseUrl }: Connection): Circumstances => ({
    baseUrl,
    call: call === 'create' ? 'create' : call === 'credits' || call === 'probe' ? 'credits' : 'other',
    now: ports.now(),
  });
  const vendorSays = (context: CallContext, words: string | null): string | null => {
    return words === null ? null : hideKey(words, context.key);
  };

  const exchange = async (
    call: CallKind,
    context: CallContext,
    connection: Connection,
    { headers = {}, ...sending }: Sending,
    seconds: number,
  ): Promise<HttpAnswer> => {
    try {
      return await ports.http.request(context.workspace.id, {
        ...sending,
        headers,
        signal: context.signal,
        headersTimeoutMs: Math.ceil(seconds * 1000),
        totalTimeoutMs: Math.ceil(seconds * 1000) + (call === 'create' ? audioAllowanceMs : bodyAllowanceMs),
      });
    } catch (error) {
      if (!(error instanceof HttpError)) throw error;
      const failure = failureOf(call, context, { cause: error });
      const { phase, reason } = error;
      throw isRetired({ kind: 'broken', phase, reason }, circumstances(call, connection))
        ? failRetired(phase, failure)
        : failInTransit(error, failure);
    }
  };
  const hasEnded = (call: CallKind, connection: Connection, { status, headers }: HttpAnswer): boolean =>
    isRetired({ kind: 'answer', status, contentType: headers['content-type'] }, circumstances(call, connection));

  const send: SupertoneClient['send'] = async (call, context, connection, sending) => {
    const { origin, settings } = connection;
    if (URL.parse(sending.url)?.origin !== origin) throw failBefore('conflict', failureOf(call, context));
    const key = context.key?.trim() ?? '';
    if (key === '') throw failBefore('key_missing', failureOf(call, context));
    if (!/^[\x21-\x7e]+$/.test(key)) throw failBefore('key_refused', failureOf(call, context));
    const answer = await exchange(
      call,
      context,
      connection,
      { ...sending, headers: { accept: 'application/json', ...sending.headers, 'x-sup-api-key': key } },
      call === 'create' ? settings.answerTimeoutSeconds : settings.readTimeoutSeconds,
    );
    const isGood = answer.status >= 200 && answer.status < 300;
    const isOver = hasEnded(call, connection, answer);
    if (isGood && !isOver) return answer;
    // A lost error body costs the vendor's words, not the meaning of its status.
    const words = readComplaint(hideKey(await answer.text(complaintLimitBytes).catch(() => ''), context.key));
    const failure = failureOf(call, context, {
      vendorSays: vendorSays(context, words.message),
      retryAfterMs: retryAfterOf(answer.headers, ports.now()),
    });
    throw isOver
      ? failRetired('headers', { ...failure, status: answer.status })
      : failByStatus(answer.status, words, failure);
  };

  const unreadable: SupertoneClient['unreadable'] = (call, context, answer, missing, body) => {
    const words = readComplaint(body);
    const failure = failureOf(call, context, { vendorSays: vendorSays(context, words.message) });
    if (words.status !== null && words.status >= 400) return failByStatus(words.status, words, failure);
    return failUnreadable({ ...failure, missing, status: answer.status });
  };

  return {
    send,
    unreadable,

    async read(call, context, connection, sending, schema) {
      const answer = await send(call, context, connection, sending);
      let body: string;
      try {
        body = await answer.text(answerLimitBytes);
      } catch (error) {
        if (!(error instanceof HttpError)) throw error;
        throw failInTransit(error, failureOf(call, context, { status: answer.status, cause: error }));
      }
      const read = readAnswer(schema, body);
      if (read.ok) return read.value;
      throw unreadable(call, context, answer, read.missing, body);
    },

    async reach(context, connection) {
      // Where the balance stands: its absence is what tells a retired service.
      const sending = { method: 'GET', url: `${connection.baseUrl}/v1/credits` } as const;
      const answer = await exchange('probe', context, connection, sending, probeSeconds);
      const isOver = hasEnded('probe', connection, answer);
      await answer.dump().catch(() => undefined);
      if (isOver) throw failRetired('headers', failureOf('probe', context, { status: answer.status }));
    },
  };
};
