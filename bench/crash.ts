/** kill -9 at 2 s of 200 lines, started again at once: what is left takes how long, and is anything lost or paid twice? */
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { proofTexts } from '#test/builders/proof.ts';
import { judge, vendorOptions, warmUpText } from './e2e.ts';
import type { ClientName } from './setup/bundle.ts';
import { startClient, startVendor } from './setup/children.ts';
import { type Bench, median } from './setup/figures.ts';

const lines = 200;
const concurrency = 10;
const killAfterMs = 2000;

interface Outcome {
  readonly restMs: number;
  readonly idealMs: number;
  readonly lost: number;
  readonly twice: number;
}

const countFiles = (folder: string): number =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.wav')).length
    : 0;

const runOnce = async (
  bundled: (name: ClientName) => string,
  name: 'engine' | 'p-limit',
  seed: number,
): Promise<Outcome> => {
  const folder = mkdtempSync(join(tmpdir(), 'cuebooth-bench-'));
  const texts = proofTexts(lines, seed);
  const vendor = await startVendor({ ...vendorOptions, seed });
  const order = {
    folder,
    baseUrl: vendor.baseUrl,
    apiKey: vendor.apiKey,
    texts,
    warmUp: warmUpText,
    concurrency,
    decode: 'workers',
    resume: false,
    skipExisting: true,
  };
  try {
    const first = startClient<unknown>(bundled, name, order);
    await first.said('clock');
    await delay(killAfterMs);
    const ended = once(first.process, 'close');
    first.process.kill('SIGKILL');
    await ended;
    // The warm-up line's file is not part of the order.
    const stored = countFiles(name === 'engine' ? join(folder, 'media') : folder) - 1;
    const second = startClient<{ readonly stored: readonly string[] }>(bundled, name, {
      ...order,
      warmUp: null,
      resume: true,
    });
    const whenDone = second.said('done');
    const answer = await second.answer;
    const restMs = (await whenDone) - second.startedAt;
    return {
      restMs,
      idealMs: ((lines - stored) / concurrency) * vendorOptions.serviceTimeMs,
      ...judge(answer.stored, texts, (await vendor.books()).generations),
    };
  } finally {
    await vendor.close();
    rmSync(folder, { recursive: true, force: true });
  }
};

export const run = async ({ report, quick }: Bench, bundled: (name: ClientName) => string): Promise<void> => {
  report.heading(`Crash: kill -9 at ${killAfterMs / 1000} s of ${lines} lines, then a new process`);
  const ours: Outcome[] = [];
  const script: Outcome[] = [];
  for (let round = 0; round < (quick ? 1 : 3); round += 1) {
    ours.push(await runOnce(bundled, 'engine', round + 1));
    script.push(await runOnce(bundled, 'p-limit', round + 1));
  }
  const sum = (outcomes: readonly Outcome[], of: (outcome: Outcome) => number): number =>
    outcomes.reduce((total, outcome) => total + of(outcome), 0);
  report.ratio({
    what: 'the rest, from process start, ours / its ideal',
    ours: ours.map(({ restMs }) => restMs),
    peer: ours.map(({ idealMs }) => idealMs),
    peerName: 'ideal',
    unit: 'ms',
    goal: { atMost: 1.1 },
  });
  report.value({
    what: 'lines lost, ours, all rounds',
    value: sum(ours, ({ lost }) => lost),
    unit: '',
    goal: { atMost: 0 },
  });
  report.value({
    what: 'lines billed twice, ours, all rounds',
    value: sum(ours, ({ twice }) => twice),
    unit: '',
    goal: { atMost: 0 },
  });
  report.note(
    `p-limit script that skips existing files: ${(median(script.map(({ restMs, idealMs }) => restMs / idealMs))).toFixed(3)} x its ideal, ${sum(script, ({ lost }) => lost)} lost, ${sum(script, ({ twice }) => twice)} billed twice`,
  );
};
