/** One exchange with the vendor at a time: which headers go where, and what an unhappy end means. */
import { HttpError } from '../../ports.ts';
import type { HttpAnswer } from '../../ports.ts';
import { hideKey } from '../hide-key.ts';
import type { CallContext, ProviderError, ProviderPorts, SeenConcurrency } from '../provider.ts';
import type { z } from 'zod';
import { readComplaint } from './complaint.ts';
import { failBefore, failByStatus, failInTransit, failUnreadable } from './errors.ts';
import type { CallKind, Failure } from './errors.ts';
import { readAnswer } from './schema.ts';
import type { Connection } from './settings.ts';

/** A page of 1,000 history items, each with a text of 10,000 characters, fits in. */
const answerLimitBytes = 64_000_000;
const complaintLimitBytes = 64_000;
/** For what follows the first byte of a free answer. */
const bodyAllowanceMs = 60_000;
/** Audio of the longest texts, over a slow line. */
const audioAllowanceMs = 600_000;
const silenceMs = 60_000;
const redirects = new Set([301, 302, 303, 307, 308]);
const maxRedirects = 3;

// What a body that nobody needs does at its end is nobody's concern.
const drop = (answer: HttpAnswer): Promise<void> => answer.dump().catch(() => undefined);

/** `Retry-After` in ms from now: seconds, or an HTTP date. Undefined when absent or unreadable. */
export const retryAfterOf = (headers: HttpAnswer['headers'], now: number): number | undefined => {
  const value = headers['retry-after']?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(value)) return Math.ceil(Number(value) * 1000);
  const at = value === '' ? Number.NaN : Date.parse(value);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
};

const count = (value: string | undefined): number | null =>
  value !== undefined && /^\d+$/.test(value.trim()) ? Number(value) : null;
/** Null parts where the answer does not say. */
export const concurrencyOf = (headers: HttpAnswer['headers']): SeenConcurrency => ({
  current: count(headers['current-concurrent-requests']),
  maximum: count(headers['maximum-concurrent-requests']),
});

interface Sending {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly body?: Uint8Array;
  readonly accept?: string;
  readonly contentType?: string;
}
/** An answer that was read whole. */
export interface Read<T> {
  readonly value: T;
  /** As it came, for fields that no schema names. */
  readonly fields: unknown;
  /** By the vendor's clock, epoch ms; null where it does not say. */
  readonly vendorNow: number | null;
}

export interface ElevenLabsClient {
  failureOf(call: CallKind, context: CallContext, rest?: Partial<Failure>): Failure;
  /** Speech: resolves with a 2xx answer whose body was not touched. Sends once. */
  speak(
    context: CallContext,
    connection: Connection,
    sending: Sending & { readonly namesCalls: boolean },
  ): Promise<HttpAnswer>;
  /** A free request and its whole answer, as the schema reads it. */
  read<T>(
    call: CallKind,
    context: CallContext,
    connection: Connection,
    path: string,
    schema: z.ZodType<T>,
    body?: unknown,
  ): Promise<Read<T>>;
  /** Reads and parses a 2xx answer. */
  parse<T>(call: CallKind, context: CallContext, answer: HttpAnswer, schema: z.ZodType<T>): Promise<Read<T>>;
  /** Follows up to three redirects; the key goes to the base URL's own origin only. */
  audio(context: CallContext, connection: Connection, audioUrl: string): Promise<HttpAnswer>;
  /** Any HTTP answer will do. No key is sent. */
  reach(context: CallContext, connection: Connection): Promise<void>;
}

/** Uses one pool of connections per workspace. */
export const createClient = (ports: Pick<ProviderPorts, 'http' | 'now'>): ElevenLabsClient => {
  const failureOf: ElevenLabsClient['failureOf'] = (call, context, rest = {}) => ({
    call,
    workspaceName: context.workspace.name,
    vendorSays: null,
    ...rest,
  });

  const keyHeader = (call: CallKind, context: CallContext): Record<string, string> => {
    const key = context.key?.trim() ?? '';
    if (key === '') throw failBefore('key_missing', failureOf(call, context));
    if (!/^[\x21-\x7e]+$/.test(key)) throw failBefore('key_refused', failureOf(call, context));
    return { 'xi-api-key': key };
  };

  const explain = async (
    call: CallKind,
    context: CallContext,
    answer: HttpAnswer,
    rest: Partial<Failure> = {},
  ): Promise<ProviderError> => {
    // A lost error body costs the vendor's words, not the meaning of its status.
    const complaint = readComplaint(hideKey(await answer.text(complaintLimitBytes).catch(() => ''), context.key));
    const words = complaint.message ?? complaint.words.join(', ');
    return failByStatus(
      answer.status,
      complaint,
      failureOf(call, context, {
        vendorSays: words === '' ? null : words,
        retryAfterMs: retryAfterOf(answer.headers, ports.now()),
        concurrency: concurrencyOf(answer.headers),
        ...rest,
      }),
    );
  };

  const request = async (
    call: CallKind,
    context: CallContext,
    sending: Sending & {
      readonly withKey: boolean;
      readonly timeoutSeconds: number;
      readonly allowanceMs: number;
    },
  ): Promise<HttpAnswer> => {
    const { method, url, body, withKey, timeoutSeconds, allowanceMs } = sending;
    const headers = {
      accept: sending.accept ?? 'application/json',
      ...(body === undefined ? {} : { 'content-type': sending.contentType ?? 'application/json' }),
      ...(withKey ? keyHeader(call, context) : {}),
    };
    const headersTimeoutMs = Math.ceil(timeoutSeconds * 1000);
    try {
      return await ports.http.request(context.workspace.id, {
        method,
        url,
        headers,
        ...(body === undefined ? {} : { body }),
        signal: context.signal,
        headersTimeoutMs,
        bodyTimeoutMs: silenceMs,
        totalTimeoutMs: headersTimeoutMs + allowanceMs,
      });
    } catch (error) {
      if (error instanceof HttpError) throw failInTransit(error, failureOf(call, context, { cause: error }));
      throw error;
    }
  };

  const parse: ElevenLabsClient['parse'] = async (call, context, answer, schema) => {
    let text: string;
    try {
      text = await answer.text(answerLimitBytes);
    } catch (error) {
      if (!(error instanceof HttpError)) throw error;
      throw failInTransit(error, failureOf(call, context, { status: answer.status, cause: error }));
    }
    const reading = readAnswer(schema, text);
    if (!reading.ok) throw failUnreadable(failureOf(call, context, { status: answer.status }), reading.missing);
    const date = Date.parse(answer.headers['date'] ?? '');
    return { value: reading.value, fields: reading.fields, vendorNow: Number.isNaN(date) ? null : date };
  };

  return {
    failureOf,
    parse,

    async speak(context, connection, { namesCalls, ...sending }) {
      // The address was written down with the request; the key belongs to the one of now.
      if (URL.parse(sending.url)?.origin !== connection.origin)
        throw failBefore('conflict', failureOf('create', context));
      const answer = await request('create', context, {
        ...sending,
        withKey: true,
        timeoutSeconds: connection.settings.answerTimeoutSeconds,
        allowanceMs: audioAllowanceMs,
      });
      if (answer.status >= 200 && answer.status < 300) return answer;
      throw await explain('create', context, answer, { namesCalls });
    },

    async read(call, context, connection, path, schema, body) {
      const answer = await request(call, context, {
        method: body === undefined ? 'GET' : 'POST',
        url: `${connection.baseUrl}${path}`,
        ...(body === undefined ? {} : { body: new TextEncoder().encode(JSON.stringify(body)) }),
        withKey: true,
        timeoutSeconds: connection.settings.readTimeoutSeconds,
        allowanceMs: bodyAllowanceMs,
      });
      if (answer.status < 200 || answer.status > 299) throw await explain(call, context, answer);
      return parse(call, context, answer, schema);
    },

    async audio(context, connection, audioUrl) {
      let url = audioUrl;
      // Once a redirect led elsewhere, an address back on our origin is that host's choice: no key for it.
      let home = true;
      for (let hops = 0; ; hops += 1) {
        home &&= URL.parse(url)?.origin === connection.origin;
        const answer = await request('audio', context, {
          method: 'GET',
          url,
          accept: '*/*',
          withKey: home,
          timeoutSeconds: connection.settings.readTimeoutSeconds,
          allowanceMs: audioAllowanceMs,
        });
        if (answer.status >= 200 && answer.status < 300) return answer;
        const location = redirects.has(answer.status) ? answer.headers['location'] : undefined;
        const next = location === undefined ? null : URL.parse(location, url);
        if (next === null || hops >= maxRedirects || (next.protocol !== 'https:' && next.protocol !== 'http:'))
          throw await explain('audio', context, answer);
        await drop(answer);
        url = next.href;
      }
    },

    async reach(context, connection) {
      try {
        const answer = await ports.http.request(context.workspace.id, {
          method: 'HEAD',
          url: `${connection.baseUrl}/`,
          headers: {},
          signal: context.signal,
          headersTimeoutMs: 5000,
          totalTimeoutMs: 10_000,
        });
        await drop(answer);
      } catch (error) {
        if (error instanceof HttpError) throw failInTransit(error, failureOf('probe', context, { cause: error }));
        throw error;
      }
    },
  };
};
