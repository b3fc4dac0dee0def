/** The Http port with a witness: what left and what came back, while the real port does the work. */
import type { Http, HttpAnswer, HttpRequest } from '#engine/ports.ts';

/** Who made the request: the adapter, we directly, or we directly and wrongly on purpose. */
export type Intent = 'adapter' | 'direct' | 'misfit';

export interface Exchange {
  /** What was being done, such as `speech eleven_v3 mp3`. */
  readonly occasion: string;
  readonly intent: Intent;
  readonly method: string;
  readonly url: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | null;
  readonly status: number;
  readonly answerHeaders: Readonly<Record<string, string>>;
  /** Whole; null where it was cut or given up. */
  answerBody: Uint8Array | null;
}

export interface RecordingHttp extends Http {
  readonly exchanges: readonly Exchange[];
  /** Names what follows. Default intent: `adapter`. */
  occasion(words: string, intent?: Intent): void;
}

const lower = (headers: HttpRequest['headers']): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

export const recordHttp = (real: Http): RecordingHttp => {
  const exchanges: Exchange[] = [];
  let occasion = '';
  let intent: Intent = 'adapter';
  const watch = (answer: HttpAnswer, exchange: Exchange): HttpAnswer => {
    const pass = async function* (): AsyncGenerator<Uint8Array> {
      const chunks: Uint8Array[] = [];
      for await (const chunk of answer.body) {
        chunks.push(chunk);
        yield chunk;
      }
      exchange.answerBody = Buffer.concat(chunks);
    };
    const text = async (limitBytes?: number): Promise<string> => {
      const read = await (limitBytes === undefined ? answer.text() : answer.text(limitBytes));
      exchange.answerBody = new TextEncoder().encode(read);
      return read;
    };
    return {
      status: answer.status,
      headers: answer.headers,
      body: pass(),
      text,
      // An answer that the adapter does not care for is still one that the fake gave.
      dump: async () => {
        await text();
      },
    };
  };
  return {
    exchanges,
    occasion: (words, whose = 'adapter') => {
      occasion = words;
      intent = whose;
    },
    async request(pool, request) {
      const answer = await real.request(pool, request);
      const exchange: Exchange = {
        occasion,
        intent,
        method: request.method,
        url: request.url,
        headers: lower(request.headers),
        body: request.body ?? null,
        status: answer.status,
        answerHeaders: answer.headers,
        answerBody: null,
      };
      exchanges.push(exchange);
      return watch(answer, exchange);
    },
    close: () => real.close(),
  };
};
