/** The queue without a vendor: bulk enqueue, claim and completion, and how often the database is flushed under load. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { proofTexts } from '#test/builders/proof.ts';
import { vendorOptions, warmUpText } from './e2e.ts';
import type { ClientName } from './setup/bundle.ts';
import { startClient, startVendor } from './setup/children.ts';
import type { Bench, Report } from './setup/figures.ts';

const slots = 10;
interface Times {
  readonly enqueueMs: number;
  readonly runMs: number;
}

const countFlushes = async (report: Report, bundled: (name: ClientName) => string): Promise<void> => {
  if (spawnSync('strace', ['-V']).status !== 0) {
    report.note('database fsyncs a job: not counted, strace is not installed on this machine.');
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'cuebooth-bench-'));
  const log = join(folder, 'calls.txt');
  const lines = 200;
  const vendor = await startVendor({ ...vendorOptions, seed: 1 });
  try {
    const order = {
      folder,
      baseUrl: vendor.baseUrl,
      apiKey: vendor.apiKey,
      texts: proofTexts(lines, 1),
      warmUp: warmUpText,
      concurrency: slots,
      decode: 'workers',
      resume: false,
    };
    const wrapper = ['strace', '-f', '-q', '-y', '-e', 'trace=fsync,fdatasync,access,faccessat,faccessat2', '-o', log];
    await startClient<unknown>(bundled, 'engine', order, { wrapper }).answer;
    const calls = readFileSync(log, 'utf8').split('\n');
    const from = calls.findIndex((call) => call.includes('/cuebooth-bench-begin'));
    const to = calls.findIndex((call) => call.includes('/cuebooth-bench-end'));
    const flushes = calls.slice(from, to).filter((call) => /\bf(?:data)?sync\(/.test(call));
    const ofDatabase = flushes.filter((call) => /library\.db(?:-wal)?>/.test(call)).length;
    report.value({
      what: 'database fsyncs a job, 10 in flight',
      value: ofDatabase / lines,
      unit: '',
      goal: { atMost: 0.3 },
      beside: `${((flushes.length - ofDatabase) / lines).toFixed(2)} more for audio, sidecar and folders`,
    });
  } finally {
    await vendor.close();
    rmSync(folder, { recursive: true, force: true });
  }
};

export const run = async ({ report, quick }: Bench, bundled: (name: ClientName) => string): Promise<void> => {
  const jobs = quick ? 2000 : 10_000;
  report.heading(`Queue, ${jobs} jobs, ${slots} at a time`);
  const ours: Times[] = [];
  const plainjob: Times[] = [];
  const raw: { readonly singleMs: number; readonly sameMs: number }[] = [];
  for (let round = 0; round < (quick ? 1 : 5); round += 1) {
    const folder = mkdtempSync(join(tmpdir(), 'cuebooth-bench-'));
    const order = { folder, jobs, slots };
    try {
      ours.push(await startClient<Times>(bundled, 'queue-ours', order).answer);
      plainjob.push(await startClient<Times>(bundled, 'queue-plainjob', order).answer);
      raw.push(await startClient<(typeof raw)[number]>(bundled, 'queue-raw', order).answer);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  const perSecond = (times: readonly number[]): number[] => times.map((ms) => (jobs / ms) * 1000);
  report.ratio({
    what: 'claim + complete, ours FULL / plainjob NORMAL',
    ours: perSecond(ours.map(({ runMs }) => runMs)),
    peer: perSecond(plainjob.map(({ runMs }) => runMs)),
    peerName: 'plainjob',
    unit: 'jobs/s',
    goal: { atLeast: 2 },
  });
  const enqueued = perSecond(ours.map(({ enqueueMs }) => enqueueMs));
  report.ratio({
    what: 'bulk enqueue, ours / one raw row a job',
    ours: enqueued,
    peer: perSecond(raw.map(({ singleMs }) => singleMs)),
    peerName: 'raw',
    unit: 'jobs/s',
    goal: { atLeast: 0.5 },
  });
  report.ratio({
    what: 'bulk enqueue, ours / the same rows, raw',
    ours: enqueued,
    peer: perSecond(raw.map(({ sameMs }) => sameMs)),
    peerName: 'raw',
    unit: 'jobs/s',
  });
  report.ratio({
    what: 'bulk enqueue, ours / plainjob addMany',
    ours: enqueued,
    peer: perSecond(plainjob.map(({ enqueueMs }) => enqueueMs)),
    peerName: 'plainjob',
    unit: 'jobs/s',
  });
  await countFlushes(report, bundled);
};
