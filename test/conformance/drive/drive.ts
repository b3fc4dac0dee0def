/** What the drives of all vendors share: calls that must succeed or fail as said, by the adapter or past it. */
import type { SpeechRecipe } from '#contract/entities.ts';
import type {
  CallContext,
  ProviderPorts,
  RequestContext,
  SpeechProvider,
  WorkspaceView,
} from '#engine/providers/provider.ts';
import { ProviderError } from '#engine/providers/provider.ts';
import type { Intent, RecordingHttp } from '../recording-http.ts';

/** Makes an adapter and its fake go through everything; `origins` are the API's own hosts. */
export type Drive = (
  http: RecordingHttp,
) => Promise<{ readonly origins: ReadonlySet<string>; readonly complaints: readonly string[] }>;

export interface Driver {
  /** Runs an adapter's call that must succeed; undefined where it did not, which is a complaint. */
  works<T>(words: string, run: () => Promise<T>): Promise<T | undefined>;
  /** Runs an adapter's call that must end as ProviderError with this code; null: with any. */
  fails(words: string, code: string | null, run: () => Promise<unknown>): Promise<void>;
  complain(words: string): void;
  readonly complaints: readonly string[];
}

export const createDriver = (http: RecordingHttp): Driver => {
  const complaints: string[] = [];
  return {
    complaints,
    complain: (words) => void complaints.push(words),
    async works(words, run) {
      http.occasion(words);
      try {
        return await run();
      } catch (error) {
        complaints.push(`${words}: ${error instanceof Error ? `${error.name} ${error.message}` : String(error)}`);
        return undefined;
      }
    },
    async fails(words, code, run) {
      http.occasion(words);
      const due = code ?? 'a failure';
      try {
        await run();
        complaints.push(`${words}: went through, ${due} was due`);
      } catch (error) {
        const got = error instanceof ProviderError ? error.code : null;
        if (got === null || (code !== null && got !== code))
          complaints.push(`${words}: ended as ${got ?? String(error)}, ${due} was due`);
      }
    },
  };
};

const never = (): never => {
  throw new Error('No vendor that is spoken to over HTTP needs this port.');
};
/** Of an adapter that only speaks HTTP. */
export const portsOver = (http: RecordingHttp, now: () => number = Date.now): ProviderPorts => ({
  http,
  now,
  compute: { analyse: never, join: never, flite: never, match: never, close: async () => undefined },
  programs: { voices: async () => [], speak: never },
});

export const contextOf = (
  provider: WorkspaceView['provider'],
  server: { readonly baseUrl: string; readonly apiKey: string },
  settings: WorkspaceView['settings'] = {},
  key: string | null = server.apiKey,
): CallContext => ({
  workspace: { id: `conformance-${provider}`, name: 'Conformance', provider, baseUrl: server.baseUrl, settings },
  key,
  signal: new AbortController().signal,
});

/** Sends one recipe, waits for its audio and reads it to the end. Resolves with the number of bytes. */
export const speak = async (
  provider: SpeechProvider,
  context: CallContext,
  recipe: SpeechRecipe,
  neighbours?: RequestContext,
): Promise<number> => {
  const request = provider.request(context.workspace, recipe, neighbours);
  let status = await provider.submit(context, request, null);
  for (let polls = 0; status.kind === 'processing' && polls < 400; polls += 1) {
    if (provider.poll === undefined) throw new Error('The vendor works on, and the adapter cannot poll.');
    await new Promise((resolve) => setTimeout(resolve, 5));
    status = await provider.poll(context, status.vendorId, request);
  }
  if (status.kind === 'failed' || status.kind === 'processing') throw new Error(`The speech ended as ${status.kind}.`);
  const body = status.kind === 'audio' ? status.body : await provider.download?.(context, status.audioUrl);
  if (body === undefined) throw new Error('The adapter cannot fetch the audio.');
  let bytes = 0;
  for await (const chunk of body) bytes += chunk.length;
  return bytes;
};

export interface DirectCall {
  readonly method?: 'GET' | 'POST' | 'DELETE' | 'PATCH';
  readonly path: string;
  readonly json?: unknown;
  readonly form?: FormData;
  readonly key?: string | null;
  readonly intent?: Intent;
}
/** Past the adapter, straight to the fake. Resolves with the JSON of the answer, null where it is none. */
export const caller =
  (http: RecordingHttp, server: { readonly baseUrl: string; readonly apiKey: string }, keyHeader: string) =>
  async ({
    method = 'GET',
    path,
    json,
    form,
    key = server.apiKey,
    intent = 'direct',
  }: DirectCall): Promise<unknown> => {
    http.occasion(`${intent === 'misfit' ? 'a misfit' : 'directly'}: ${method} ${path}`, intent);
    const packed = form === undefined ? null : new Response(form);
    const body =
      packed !== null
        ? new Uint8Array(await packed.arrayBuffer())
        : json === undefined
          ? null
          : new TextEncoder().encode(JSON.stringify(json));
    const type = packed?.headers.get('content-type') ?? (json === undefined ? null : 'application/json');
    const answer = await http.request('direct', {
      method,
      url: `${server.baseUrl}${path}`,
      headers: {
        ...(key === null ? {} : { [keyHeader]: key }),
        ...(type === null ? {} : { 'content-type': type }),
      },
      ...(body === null ? {} : { body }),
    });
    const text = await answer.text();
    try {
      return JSON.parse(text) as unknown;
    } catch {
      return null;
    }
  };
