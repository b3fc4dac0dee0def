/** A generations vendor that answers when the test says so, with the audio and the words that the test gives it. */
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { later } from '#test/builders/endings.ts';

export interface Post {
  readonly id: string;
  readonly text: string;
  readonly key: string;
}
export interface GatedVendor {
  readonly baseUrl: string;
  readonly apiKey: string;
  /** Each generation once, in the order of arrival. */
  readonly posts: readonly Post[];
  /** Requests of any kind, as `METHOD path`. */
  readonly seen: readonly string[];
  /** Resolves when this many generations have come. */
  arrived(count: number): Promise<void>;
  /** Answers everything that waits and holds nothing back from now on. */
  open(): void;
  /** Holds answers to new generations back. */
  shut(): void;
  /** How many wait for their answer at this moment, and the most there ever were. */
  waiting(): number;
  most(): number;
}
export interface GatedOptions {
  readonly gate?: 'open' | 'shut';
  /** Fields beside id, status and audioUrl of an answer. Default: one credit a character. */
  readonly extra?: (text: string) => Record<string, unknown>;
  /** Instead of the usual answer to a new generation; null: the usual one. `count` is how often this text came before. */
  readonly refuse?: (
    text: string,
    count: number,
  ) => { readonly status: number; readonly headers?: Record<string, string>; readonly body: unknown } | null;
  /** The bytes of one download; `count` is how often this one was fetched before. */
  readonly audio?: (text: string, count: number) => Uint8Array;
}

/** Half a second of a 16-bit tone for each ten characters. */
export const toneFor = (text: string, sampleRate = 8000): Buffer => {
  const samples = Math.round(Math.max(0.5, text.length * 0.06) * sampleRate);
  const wav = Buffer.alloc(44 + samples * 2);
  wav.write('RIFF', 0);
  wav.writeUInt32LE(wav.length - 8, 4);
  wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(sampleRate, 24);
  wav.writeUInt32LE(sampleRate * 2, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36);
  wav.writeUInt32LE(samples * 2, 40);
  for (let index = 0; index < samples; index += 1) {
    wav.writeInt16LE(
      Math.round(6000 * Math.sin(index / 8) + (text.charCodeAt(index % text.length) % 50)),
      44 + index * 2,
    );
  }
  return wav;
};

export const startGatedVendor = async ({
  gate = 'open',
  extra = (text) => ({ credits: text.length }),
  refuse = () => null,
  audio = (text) => toneFor(text),
}: GatedOptions = {}): Promise<GatedVendor> => {
  const posts: Post[] = [];
  const seen: string[] = [];
  const fetched = new Map<string, number>();
  const sent = new Map<string, number>();
  const held = new Set<() => void>();
  const watchers = new Set<() => void>();
  let shut = gate === 'shut';
  let most = 0;

  const json = (res: ServerResponse, status: number, value: unknown, headers: Record<string, string> = {}): void => {
    res.writeHead(status, { 'content-type': 'application/json', ...headers });
    res.end(JSON.stringify(value));
  };
  const origin = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const view = ({ id, text }: Post) => ({
    id,
    status: 'COMPLETED',
    audioUrl: `${origin()}/audio/${id}`,
    ...extra(text),
  });

  const server = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      const path = req.url ?? '/';
      seen.push(`${req.method ?? ''} ${path}`);
      const id = path.split('/').at(-1) ?? '';
      const known = posts.find((post) => post.id === id);
      if (req.method === 'POST') {
        const { text } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as { text: string };
        const count = sent.get(text) ?? 0;
        sent.set(text, count + 1);
        const refusal = refuse(text, count);
        if (refusal !== null) return json(res, refusal.status, refusal.body, refusal.headers);
        const key = String(req.headers['idempotency-key']);
        const post = posts.find((earlier) => earlier.key === key) ?? { id: `gen_${posts.length + 1}`, text, key };
        if (!posts.includes(post)) posts.push(post);
        const answer = (): void => {
          held.delete(answer);
          json(res, 201, view(post));
        };
        held.add(answer);
        most = Math.max(most, held.size);
        for (const watch of [...watchers]) watch();
        if (!shut) answer();
        return undefined;
      }
      if (path.startsWith('/audio/') && known !== undefined) {
        const count = fetched.get(id) ?? 0;
        fetched.set(id, count + 1);
        res.writeHead(200, { 'content-type': 'audio/wav' });
        res.end(audio(known.text, count));
        return undefined;
      }
      return known === undefined ? json(res, path === '/' ? 200 : 404, {}) : json(res, 200, view(known));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  later(async () => {
    server.closeAllConnections();
    server.close();
  });
  return {
    baseUrl: origin(),
    apiKey: 'gated-key-0123456789abcdef',
    posts,
    seen,
    arrived: (count) =>
      new Promise((resolve) => {
        const watch = (): void => {
          if (posts.length < count) return;
          watchers.delete(watch);
          resolve();
        };
        watchers.add(watch);
        watch();
      }),
    open: () => {
      shut = false;
      for (const answer of [...held]) answer();
    },
    shut: () => {
      shut = true;
    },
    waiting: () => held.size,
    most: () => most,
  };
};
