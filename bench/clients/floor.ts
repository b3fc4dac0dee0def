/** What cannot be done with less: `node:http` with keep-alive, bytes thrown away, nothing written, ten requests at a time. */
import { Agent, get, request } from 'node:http';
import { giveAnswer, orderOf, peakRssMb, sayWord, startUse } from '../setup/client-side.ts';

interface Order {
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly texts: readonly string[];
  readonly warmUp: string;
  readonly concurrency: number;
}
const { baseUrl, apiKey, texts, warmUp, concurrency } = orderOf<Order>();
const agent = new Agent({ keepAlive: true });

const create = (text: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const body = JSON.stringify({ text, voice: 'Ava' });
    const call = request(
      `${baseUrl}/api/generations`,
      {
        agent,
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          authorization: `Bearer ${apiKey}`,
        },
      },
      (answer) => {
        let all = '';
        answer
          .setEncoding('utf8')
          .on('data', (chunk: string) => (all += chunk))
          .on('end', () => resolve((JSON.parse(all) as { readonly audioUrl: string }).audioUrl));
      },
    );
    call.on('error', reject).end(body);
  });
const download = (url: string): Promise<void> =>
  new Promise((resolve, reject) => {
    get(url, { agent }, (answer) => answer.resume().on('end', resolve)).on('error', reject);
  });

await download(await create(warmUp));
const used = startUse();
sayWord('clock');
const waiting = [...texts];
const slot = async (): Promise<void> => {
  for (let text = waiting.shift(); text !== undefined; text = waiting.shift()) await download(await create(text));
};
await Promise.all(Array.from({ length: concurrency }, slot));
giveAnswer({ ...used(), peakRssMb: peakRssMb(), stored: [] });
agent.destroy();
