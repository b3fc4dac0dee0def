/**
 * A vendor with the worst manners: whatever it is asked, it fails, and puts the caller's key into the failure - into the
 * message, into a list of faults, a page, a header, an address, half of an answer.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const keyIn = (headers: IncomingHttpHeaders): string => {
  const bearer = headers.authorization?.replace(/^Bearer\s+/i, '');
  return String(headers['x-sup-api-key'] ?? headers['xi-api-key'] ?? headers['x-custom-key'] ?? bearer ?? '');
};

type Answer = readonly [status: number, body: unknown, headers?: Readonly<Record<string, string>>];
const answersOf = (key: string): readonly Answer[] => [
  [400, { detail: { type: 'validation_error', code: 'x', message: `Bad key ${key} here`, status: key, param: key } }],
  [401, { detail: { status: 'invalid_api_key', message: `The key "${key}" is not valid.` } }],
  [401, { error: { code: `E-${key}`, message: `Unauthorized: Bearer ${key}` } }],
  [402, { status: 'error', message: { message: `No credits for ${key}`, error: key, statusCode: 402 } }],
  [
    403,
    {
      code: key,
      message: `key=${key} may not do this; see https://vendor.example/?api_key=${encodeURIComponent(key)}`,
    },
  ],
  [422, { detail: [{ loc: ['header', key], msg: `wrong: ${key}`, type: 'value_error', input: key, ctx: { key } }] }],
  [500, { detail: { message: `Something went wrong for ${key}. You have not been charged.`, status: 'x' } }],
  [500, `<html><body>Traceback: headers = {'xi-api-key': '${key}', 'authorization': 'Bearer ${key}'}</body></html>`],
  [302, '', { location: `/elsewhere?key=${encodeURIComponent(key)}&raw=${key}` }],
  [200, { id: 'g-1', status: `weird ${key}`, error: key, message: key }],
  [200, `not JSON but ${key}`],
  [404, { detail: 'x'.repeat(230) + key }],
  [400, { message: `${Buffer.from(key).toString('base64')} is not a key` }],
];

const send = (res: ServerResponse, [status, body, headers = {}]: Answer, key: string): void => {
  const isText = typeof body === 'string';
  res.writeHead(status, {
    'content-type': isText ? 'text/html' : 'application/json',
    'x-echo': key,
    'x-trace-id': key,
    ...headers,
  });
  res.end(isText ? body : JSON.stringify(body));
};

export interface EchoingVendor {
  readonly baseUrl: string;
  /** Requests that brought a key, which then was in the answer. */
  echoes(): number;
  close(): Promise<void>;
}

export const startEchoingVendor = async (): Promise<EchoingVendor> => {
  let echoes = 0;
  let asked = 0;
  const server = createServer((req, res) => {
    const key = keyIn(req.headers);
    req.resume().once('end', () => {
      asked += 1;
      if (key !== '') echoes += 1;
      const answers = answersOf(key);
      send(res, answers[asked % answers.length] ?? [500, key], key);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    echoes: () => echoes,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
