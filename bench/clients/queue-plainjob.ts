/** plainjob with its defaults: WAL at synchronous=NORMAL, no key, no history, no books. One worker takes one job at a time, so ten of them. */
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { better, defineQueue, defineWorker } from 'plainjob';
import { giveAnswer, orderOf } from '../setup/client-side.ts';

const { folder, jobs, slots } = orderOf<{ readonly folder: string; readonly jobs: number; readonly slots: number }>();
const quiet = { error: () => undefined, warn: () => undefined, info: () => undefined, debug: () => undefined };
const queue = defineQueue({ connection: better(new Sqlite(join(folder, 'plainjob.db'))), logger: quiet });
const payloads = Array.from({ length: jobs }, (_, index) => ({
  text: `Offer number ${index + 1}. `.padEnd(350, 'every lamp in the house '),
  voice: 'Ava',
  settings: {},
  format: 'wav',
}));

const started = performance.now();
queue.addMany('line', payloads);
const filled = performance.now();
let done = 0;
let finish = (): void => undefined;
const finished = new Promise<void>((resolve) => {
  finish = resolve;
});
const workers = Array.from({ length: slots }, () =>
  defineWorker('line', () => undefined, {
    queue,
    logger: quiet,
    onCompleted: () => {
      done += 1;
      if (done === jobs) finish();
    },
  }),
);
for (const worker of workers) void worker.start();
await finished;
giveAnswer({ enqueueMs: filled - started, runMs: performance.now() - filled });
process.exit(0);
