/** One exchange with the vendor at a time: which headers go where, and what an unhappy end means. */
import { HttpError } from '../../ports.ts';
import type { HttpAnswer } from '../../ports.ts';
import { hideKey } from '../hide-key.ts';
import type { CallContext, ProviderError, ProviderPorts } from '../provider.ts';
import { failBefore, failByStatus, failInTransit } from './map.ts';
import type { CallKind, Failure } from './map.ts';
import { parseFields, readComplaint } from './schema.ts';
import type { Connection } from './settings.ts';

const answerLimitBytes = 1_000_000;
/** A generation is a few hundred bytes of JSON; longer than this after the first byte it does not take. */
const bodyAllowanceMs = 30_000;
const complaintLimitBytes = 64_000;
const redirects = new Set([301, 302, 303, 307, 308]);
const maxRedirects = 3;

// What a body that nobody needs does at its end is nobody's concern.
const drop = (answer: HttpAnswer): Promise<void> => answer.dump().catch(() => undefined);

/** `Retry-After` in ms from now: whole or broken seconds, or an HTTP date. Undefined when absent or unreadable. */
export const retryAfterOf = (headers: HttpAnswer['headers'], now: number): number | undefined => {
  const value = headers['retry-after']?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(value)) return Math.ceil(Number(value) * 1000);
  const at = value === '' ? Number.NaN : Date.parse(value);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
};

interface Sending {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  /** Until the first byte of the answer. */
  readonly timeoutSeconds: number;
  readonly totalTimeoutMs?: number;
}

/** Calls that carry the key. */
export type KeyedCall = Exclude<CallKind, 'audio' | 'probe'>;

export interface ChosenClient {
  /** Sends the key, so only to the base URL's own origin. Resolves with a 2xx answer and its whole text. */
  exchange(
    call: KeyedCall,
    context: CallContext,
    connection: Connection,
    sending: Sending,
  ): Promise<{ answer: HttpAnswer; text: string }>;
  /** Resolves with any answer, its body still to be read; throws only when the request broke. */
  keyed(call: KeyedCall, context: CallContext, connection: Connection, sending: Sending): Promise<HttpAnswer>;
  /** Follows up to three redirects. The key goes to the base URL's own origin only, and only if the settings allow it. */
  audio(context: CallContext, connection: Connection, audioUrl: string): Promise<AsyncIterable<Uint8Array>>;
  /** Any HTTP answer will do. No key is sent. */
  reach(context: CallContext, connection: Connection): Promise<void>;
  /** Turns an answer that is not 2xx into the error it means. */
  explain(call: CallKind, context: CallContext, answer: HttpAnswer): Promise<ProviderError>;
}

export const createChosenClient = (ports: Pick<ProviderPorts, 'http' | 'now'>): ChosenClient => {
  const failureOf = (call: CallKind, context: CallContext, rest: Partial<Failure> = {}): Failure => ({
    call,
    workspaceName: context.workspace.name,
    vendorSays: null,
    ...rest,
  });

  const request = async (
    call: CallKind,
    context: CallContext,
    sending: Omit<Sending, 'method'> & { readonly method: 'GET' | 'POST' | 'HEAD' },
  ) => {
    const { timeoutSeconds, ...rest } = sending;
    try {
      return await ports.http.request(context.workspace.id, {
        ...rest,
        signal: context.signal,
        headersTimeoutMs: Math.ceil(timeoutSeconds * 1000),
      });
    } catch (error) {
      if (error instanceof HttpError) throw failInTransit(error, failureOf(call, context, { cause: error }));
      throw error;
    }
  };

  const authorization = (call: CallKind, context: CallContext, { settings }: Connection): Record<string, string> => {
    const key = context.key?.trim() ?? '';
    if (key === '') throw failBefore('key_missing', failureOf(call, context));
    if (!/^[\x21-\x7e]+$/.test(key)) throw failBefore('key_refused', failureOf(call, context));
    return { [settings.authHeader]: settings.authScheme === '' ? key : `${settings.authScheme} ${key}` };
  };

  const explain: ChosenClient['explain'] = async (call, context, answer) => {
    // A lost error body costs the vendor's words, not the meaning of its status.
    const text = hideKey(await answer.text(complaintLimitBytes).catch(() => ''), context.key);
    const complaint = readComplaint(parseFields(text));
    const vendorSays = complaint.message ?? complaint.code;
    const retryAfterMs = retryAfterOf(answer.headers, ports.now());
    return failByStatus(answer.status, complaint, failureOf(call, context, { vendorSays, retryAfterMs }));
  };

  const keyed: ChosenClient['keyed'] = async (call, context, connection, sending) => {
    if (URL.parse(sending.url)?.origin !== connection.origin) throw failBefore('conflict', failureOf(call, context));
    const headers = { accept: 'application/json', ...sending.headers, ...authorization(call, context, connection) };
    return request(call, context, {
      ...sending,
      headers,
      totalTimeoutMs: Math.ceil(sending.timeoutSeconds * 1000) + bodyAllowanceMs,
    });
  };

  return {
    explain,
    keyed,

    async exchange(call, context, connection, sending) {
      const answer = await keyed(call, context, connection, sending);
      if (answer.status < 200 || answer.status > 299) throw await explain(call, context, answer);
      try {
        return { answer, text: await answer.text(answerLimitBytes) };
      } catch (error) {
        if (error instanceof HttpError)
          throw failInTransit(error, failureOf(call, context, { status: answer.status, cause: error }));
        throw error;
      }
    },

    async audio(context, connection, audioUrl) {
      const { audioKey, readTimeoutSeconds } = connection.settings;
      let url = audioUrl;
      // Once a redirect led elsewhere, an address back on our origin is that host's choice: no key for it.
      let home = true;
      let withKey = audioKey === 'always';
      let redirectStatus = 302;
      for (let hops = 0; hops <= maxRedirects; ) {
        home &&= URL.parse(url)?.origin === connection.origin;
        const headers = home && withKey ? authorization('audio', context, connection) : {};
        const answer = await request('audio', context, {
          method: 'GET',
          url,
          headers,
          timeoutSeconds: readTimeoutSeconds,
        });
        if (answer.status >= 200 && answer.status < 300) return answer.body;
        if (answer.status === 401 && home && !withKey && audioKey === 'when-asked') {
          await drop(answer);
          withKey = true;
          continue;
        }
        const location = redirects.has(answer.status) ? answer.headers['location'] : undefined;
        const next = location === undefined ? null : URL.parse(location, url);
        if (next === null || (next.protocol !== 'https:' && next.protocol !== 'http:'))
          throw await explain('audio', context, answer);
        await drop(answer);
        redirectStatus = answer.status;
        url = next.href;
        hops += 1;
      }
      throw failByStatus(redirectStatus, { code: null, message: null }, failureOf('audio', context));
    },

    async reach(context, connection) {
      const answer = await request('probe', context, {
        method: 'HEAD',
        url: `${connection.baseUrl}/`,
        headers: {},
        timeoutSeconds: 5,
      });
      await drop(answer);
    },
  };
};
