/** A whole engine while its loop is watched: how long did nothing else get a turn? */
import { proofTexts } from '#test/builders/proof.ts';
import { openStudio } from '#test/builders/studio.ts';
import { giveAnswer, orderOf } from '../setup/client-side.ts';
import { watchLoop } from '../setup/watch-loop.ts';

interface Order {
  readonly folder: string;
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly lines: number;
  readonly variants: number;
  readonly complete: number;
}
const order = orderOf<Order>();
const studio = await openStudio({ folder: order.folder });
const { client } = studio;
await studio.chosen({ baseUrl: order.baseUrl, key: order.apiKey, settings: { concurrency: 10 } });
// One small order first: the price is known, and what runs once is compiled.
const warmUp = await studio.script(proofTexts(60, 7), 'chosen/Ava');
await studio.settled((await client.call('render.enqueue', { scriptId: warmUp.id })).id);
const script = await studio.script(
  Array.from(
    { length: order.lines },
    (_, index) => `Line ${index + 1} for {{city}}, only while stocks last at our store.`,
  ),
  'chosen/Ava',
);
const table = Array.from({ length: order.variants }, (_, index) => `v${index},City ${index}`).join('\n');
await client.call('variant.import', {
  scriptId: script.id,
  source: { kind: 'text', text: `variant,city\n${table}\n` },
});

let added = 0;
let whenComplete = (): void => undefined;
const completed = new Promise<void>((resolve) => {
  whenComplete = resolve;
});
client.on('take.added', () => {
  added += 1;
  if (added === order.complete) whenComplete();
});
const watch = watchLoop();
const started = performance.now();
const render = await client.call('render.enqueue', { scriptId: script.id });
const enqueueMs = performance.now() - started;
const enqueue = watch.lap();
await completed;
const complete = watch.lap();
await client.call('render.pause', { renderId: render.id });
watch.stop();
giveAnswer({ enqueue, enqueueMs, complete });
await studio.close();
