/** The whole engine over a real library, driven through its client as a host does it. */
import { accessSync } from 'node:fs';
import type { ProviderId, Render, Workspace } from '#contract/entities.ts';
import type { Compute, Ports } from '#engine/ports.ts';
import { createMemoryVault } from '#node/vault/memory.ts';
import { openStudio } from '#test/builders/studio.ts';
import { giveAnswer, orderOf, peakRssMb, sayWord, startUse } from '../setup/client-side.ts';

interface Order {
  readonly folder: string;
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly texts: readonly string[];
  readonly warmUp: string;
  readonly concurrency: number;
  /** `none`: audio is not decoded, to see what the rest of the process costs. */
  readonly decode: 'workers' | 'none';
  /** Goes on with the order that an earlier process left. */
  readonly resume: boolean;
  /** Another vendor than Chosen. */
  readonly vendor?: {
    readonly provider: ProviderId;
    readonly voice: string;
    readonly settings: Workspace['settings'];
  };
}
const order = orderOf<Order>();
const vendor = order.vendor ?? { provider: 'chosen', voice: 'Ava', settings: {} };
const cast = `vendor/${vendor.voice}`;

/** For strace: a call that nothing else makes. */
const mark = (name: string): void => {
  try {
    accessSync(`/cuebooth-bench-${name}`);
  } catch {
    // It is never there.
  }
};
const undecoded = (compute: Compute): Compute => ({
  ...compute,
  analyse: () =>
    Promise.resolve({
      ok: true,
      problem: null,
      format: 'wav',
      durationMs: 3000,
      sampleRate: 8000,
      channels: 1,
      loudnessLufs: -20,
      truePeakDb: -6,
      peaks: new Int8Array(1200),
      samplesPerPeak: 40,
    }),
});
const vault = createMemoryVault();
const studio = await openStudio({
  folder: order.folder,
  vault,
  start: false,
  over: (ports: Ports) => (order.decode === 'none' ? { compute: undecoded(ports.compute) } : {}),
});
const { client } = studio;
let lastTakeAt = 0;
let startedAt = performance.now();
let used = startUse();
let added = 0;
let whenAll: (() => void) | null = null;
client.on('take.added', () => {
  lastTakeAt = performance.now();
  added += 1;
  if (added === order.texts.length) whenAll?.();
});

const isQuiet = ({ queued, running }: Render['progress']): boolean => queued + running === 0;
const isOver = ({ state, progress }: Render): boolean =>
  state !== 'active' || progress.queued + progress.running + progress.uncertain === progress.asking;
if (order.resume) {
  for (const workspace of await client.call('workspace.list', {}))
    if (workspace.provider === vendor.provider) await vault.set(workspace.id, order.apiKey, { sessionOnly: true });
  sayWord('clock');
  await studio.engine.start();
  const renders = await client.call('render.list', {});
  for (const { id } of renders)
    if (!isOver(await client.call('render.get', { renderId: id }))) await studio.settled(id);
} else {
  await studio.engine.start();
  await client.call('workspace.add', {
    provider: vendor.provider,
    name: 'vendor',
    baseUrl: order.baseUrl,
    key: order.apiKey,
    settings: { concurrency: order.concurrency, ...vendor.settings },
  });
  const warmUp = await studio.script([order.warmUp], cast);
  await studio.settled((await client.call('render.enqueue', { scriptId: warmUp.id })).id);
  const script = await studio.script(order.texts, cast);
  added = 0;
  mark('begin');
  used = startUse();
  startedAt = performance.now();
  sayWord('clock');
  const allStored = new Promise<void>((resolve) => {
    whenAll = resolve;
  });
  const render = await client.call('render.enqueue', { scriptId: script.id });
  // What is still open then are lost calls that are being looked for, which costs next to nothing.
  void studio
    .event('render.changed', ({ render: { id, progress } }) => id === render.id && isQuiet(progress))
    .then(() => sayWord('quiet'));
  await Promise.race([allStored, studio.settled(render.id)]);
}
const use = used();
sayWord('done');
mark('end');
const stored: string[] = [];
for (let after: string | null | undefined; after !== null; ) {
  const page: { readonly takes: readonly { readonly text: string }[]; readonly cursor: string | null } =
    await client.call('take.list', after === undefined ? { limit: 500 } : { limit: 500, after });
  stored.push(...page.takes.map(({ text }) => text));
  after = page.cursor;
}
const uncertain = await client.call('queue.list', { states: ['uncertain'], limit: 1000 });
giveAnswer({
  ...use,
  ms: added === 0 ? use.ms : lastTakeAt - startedAt,
  peakRssMb: peakRssMb(),
  stored,
  asked: uncertain.filter(({ resolution }) => resolution === 'ask').map(({ text }) => text),
});
await studio.close();
