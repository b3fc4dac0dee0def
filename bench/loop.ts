/** The longest slice of the engine's loop while a large order is written down, and while its lines complete. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vendorOptions } from './e2e.ts';
import type { ClientName } from './setup/bundle.ts';
import { startClient, startVendor } from './setup/children.ts';
import { type Bench, median } from './setup/figures.ts';
import type { Slices } from './setup/watch-loop.ts';

interface Seen {
  readonly enqueue: Slices;
  readonly enqueueMs: number;
  readonly complete: Slices;
}

export const run = async ({ report, quick }: Bench, bundled: (name: ClientName) => string): Promise<void> => {
  const [lines, variants, complete] = quick ? [20, 100, 200] : [40, 250, 1000];
  report.heading(`Loop: ${lines * variants} lines enqueued, ${complete} completed at 20 ms service`);
  const seen: Seen[] = [];
  const idle: Slices[] = [];
  for (let round = 0; round < (quick ? 1 : 5); round += 1) {
    const folder = mkdtempSync(join(tmpdir(), 'cuebooth-bench-'));
    const vendor = await startVendor({ ...vendorOptions, serviceTimeMs: 20, seed: round + 1 });
    try {
      seen.push(
        await startClient<Seen>(bundled, 'loop', {
          folder,
          baseUrl: vendor.baseUrl,
          apiKey: vendor.apiKey,
          lines,
          variants,
          complete,
        }).answer,
      );
    } finally {
      await vendor.close();
      rmSync(folder, { recursive: true, force: true });
    }
    idle.push(await startClient<Slices>(bundled, 'idle', { ms: quick ? 500 : 2000 }).answer);
  }
  const idleMs = `an idle loop of the same run: ${median(idle.map(({ longestMs }) => longestMs)).toFixed(1)} ms`;
  const over = (of: (seen: Seen) => Slices): string =>
    `${seen.map((each) => of(each).over).join(' + ')} slices over 10 ms; ${idleMs}`;
  report.value({
    what: 'longest slice while enqueued',
    value: median(seen.map(({ enqueue }) => enqueue.longestMs)),
    unit: 'ms',
    goal: { atMost: 10 },
    beside: over(({ enqueue }) => enqueue),
  });
  report.value({
    what: 'longest slice while completed',
    value: median(seen.map(({ complete }) => complete.longestMs)),
    unit: 'ms',
    goal: { atMost: 10 },
    beside: over(({ complete }) => complete),
  });
  report.note(`the order was written down in ${Math.round(median(seen.map(({ enqueueMs }) => enqueueMs)))} ms`);
};
