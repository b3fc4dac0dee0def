/** The script most people write: p-limit, fetch, writeFile. With `skipExisting` it can be started again after a crash. */
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { giveAnswer, orderOf, peakRssMb, sayWord, startUse } from '../setup/client-side.ts';

interface Order {
  readonly folder: string;
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly texts: readonly string[];
  readonly warmUp: string | null;
  readonly concurrency: number;
  readonly skipExisting: boolean;
}
const order = orderOf<Order>();
const headers = { 'content-type': 'application/json', authorization: `Bearer ${order.apiKey}` };

const render = async (text: string, file: string): Promise<void> => {
  const answer = await fetch(`${order.baseUrl}/api/generations`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ text, voice: 'Ava' }),
  });
  if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
  const { audioUrl } = (await answer.json()) as { readonly audioUrl: string };
  const audio = await fetch(audioUrl);
  if (!audio.ok) throw new Error(`HTTP ${audio.status}`);
  await writeFile(file, Buffer.from(await audio.arrayBuffer()));
};

if (order.warmUp !== null) await render(order.warmUp, join(order.folder, 'warm-up.wav')).catch(() => undefined);
const used = startUse();
sayWord('clock');
const limit = pLimit(order.concurrency);
const stored: string[] = [];
await Promise.all(
  order.texts.map((text, index) =>
    limit(async () => {
      const file = join(order.folder, `${index}.wav`);
      if (order.skipExisting && existsSync(file)) {
        stored.push(text);
        return;
      }
      try {
        await render(text, file);
        stored.push(text);
      } catch {
        // Such a script goes on with the next line; what is missing is counted as lost.
      }
    }),
  ),
);
const use = used();
sayWord('done');
giveAnswer({ ...use, peakRssMb: peakRssMb(), stored });
// fetch keeps its connections open for a while.
process.exit(0);
