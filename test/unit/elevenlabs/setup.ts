/** The adapter over an Http port whose answers a test writes down. */
import type { Http, HttpAnswer, HttpRequest } from '#engine/ports.ts';
import type { SpeechRecipe } from '#contract/entities.ts';
import { createElevenLabs } from '#engine/providers/elevenlabs/adapter.ts';
import type { CallContext, WorkspaceView } from '#engine/providers/provider.ts';

const unused = (): never => {
  throw new Error('ElevenLabs needs no local speech.');
};

export interface Written {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text or bytes as they are, anything else as JSON. */
  readonly body: unknown;
}

export const answerOf = ({ status = 200, headers = {}, body }: Written): HttpAnswer => {
  const bytes =
    body instanceof Uint8Array
      ? body
      : new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body));
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    body: (async function* () {
      yield bytes;
    })(),
    text: async () => new TextDecoder().decode(bytes),
    dump: async () => undefined,
  };
};

export const setUp = (
  answer: (request: HttpRequest, url: URL) => Written,
  settings: WorkspaceView['settings'] = {},
  now: () => number = () => Date.UTC(2026, 10, 22),
) => {
  const requests: HttpRequest[] = [];
  const http: Http = {
    request: async (_pool, request) => {
      requests.push(request);
      return answerOf(answer(request, new URL(request.url)));
    },
    close: async () => undefined,
  };
  const elevenlabs = createElevenLabs({
    http,
    compute: { analyse: unused, join: unused, flite: unused, match: unused, close: unused },
    programs: { voices: unused, speak: unused },
    now,
  });
  const workspace: WorkspaceView = {
    id: 'w1',
    name: 'Agency',
    provider: 'elevenlabs',
    baseUrl: 'https://api.elevenlabs.io',
    settings,
  };
  const context: CallContext = { workspace, key: 'sk_secret', signal: new AbortController().signal };
  const recipe = (given: Partial<SpeechRecipe> = {}): SpeechRecipe => ({
    kind: 'speech',
    provider: 'elevenlabs',
    account: elevenlabs.account(workspace),
    voice: 'voice1',
    model: 'eleven_multilingual_v2',
    language: null,
    text: 'Hello there.',
    settings: {},
    format: 'mp3_44100_128',
    ...given,
  });
  return { elevenlabs, workspace, context, recipe, requests };
};
