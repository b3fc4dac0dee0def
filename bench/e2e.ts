/**
 * An order from the click to the last take on disk, beside a bare HTTP floor and the script most people write.
 * 500 lines, 200 ms service, 10 in flight, 50 KB of WAV each; ours durable at synchronous=FULL.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { proofTexts } from '#test/builders/proof.ts';
import type { Faults, GenerationsServerOptions } from '#hosts/demo/vendors/chosen/options.ts';
import type { ClientName } from './setup/bundle.ts';
import { startClient, startVendor } from './setup/children.ts';
import type { Used } from './setup/client-side.ts';
import { type Bench, median, type Report } from './setup/figures.ts';

const serviceMs = 200;
const concurrency = 10;
export const vendorOptions = {
  serviceTimeMs: serviceMs,
  audioBytes: 50_000,
  plan: 'enterprise',
} as const satisfies Partial<GenerationsServerOptions>;
/** Never part of an order: teaches each client's process and, for ours, the workspace's price and service time. */
export const warmUpText = 'One line first, so that everything is warm.';

interface Answer extends Used {
  readonly peakRssMb: number;
  readonly stored: readonly string[];
}
export interface Outcome extends Answer {
  /** Lines without audio. */
  readonly lost: number;
  /** Lines that the vendor was paid for more than once. */
  readonly twice: number;
}

export const judge = (
  stored: readonly string[],
  texts: readonly string[],
  paid: readonly { readonly text: string; readonly status: string }[],
): { lost: number; twice: number } => {
  const has = new Set(stored);
  const times = new Map<string, number>();
  for (const { text, status } of paid) if (status !== 'FAILED') times.set(text, (times.get(text) ?? 0) + 1);
  return {
    lost: texts.filter((text) => !has.has(text)).length,
    twice: texts.filter((text) => (times.get(text) ?? 0) > 1).length,
  };
};

type Contender = 'engine' | 'engine, audio not decoded' | 'p-limit' | 'floor';
const clientOf: Record<Contender, ClientName> = {
  engine: 'engine',
  'engine, audio not decoded': 'engine',
  'p-limit': 'p-limit',
  floor: 'floor',
};

const runOnce = async (
  bundled: (name: ClientName) => string,
  contender: Contender,
  texts: readonly string[],
  options: Partial<GenerationsServerOptions>,
): Promise<Outcome> => {
  const folder = mkdtempSync(join(tmpdir(), 'cuebooth-bench-'));
  const vendor = await startVendor({ ...vendorOptions, ...options });
  try {
    const client = startClient<Answer>(bundled, clientOf[contender], {
      folder,
      baseUrl: vendor.baseUrl,
      apiKey: vendor.apiKey,
      texts,
      warmUp: warmUpText,
      concurrency,
      decode: contender === 'engine' ? 'workers' : 'none',
      resume: false,
      skipExisting: false,
    });
    const answer = await client.answer;
    return {
      ...answer,
      ...judge(contender === 'floor' ? texts : answer.stored, texts, (await vendor.books()).generations),
    };
  } finally {
    await vendor.close();
    rmSync(folder, { recursive: true, force: true });
  }
};

type Results = Readonly<Record<string, readonly Outcome[]>>;
/** Rounds of all contenders in turn, so that a busy machine slows each alike. */
const alternate = async (
  bundled: (name: ClientName) => string,
  contenders: readonly Contender[],
  rounds: number,
  texts: readonly string[],
  options: Partial<GenerationsServerOptions>,
): Promise<Results> => {
  const results: Record<string, Outcome[]> = {};
  for (let round = 0; round < rounds; round += 1) {
    for (const contender of contenders)
      (results[contender] ??= []).push(await runOnce(bundled, contender, texts, { ...options, seed: round + 1 }));
  }
  return results;
};
const pick = (results: Results, contender: Contender, of: (outcome: Outcome) => number): number[] =>
  (results[contender] ?? []).map(of);
const ms = ({ ms }: Outcome): number => ms;

const printBooks = (report: Report, results: Results): void => {
  for (const [name, outcomes] of Object.entries(results)) {
    const lost = outcomes.reduce((sum, outcome) => sum + outcome.lost, 0);
    const twice = outcomes.reduce((sum, outcome) => sum + outcome.twice, 0);
    if (name === 'engine') {
      report.value({ what: 'lines lost, ours, all rounds', value: lost, unit: '', goal: { atMost: 0 } });
      report.value({ what: 'lines billed twice, ours, all rounds', value: twice, unit: '', goal: { atMost: 0 } });
    } else if (name !== 'floor')
      report.note(`${name}: ${lost} lost, ${twice} billed twice, ${Math.round(median(outcomes.map(ms)))} ms`);
  }
};

const faulty: readonly { readonly name: string; readonly faults: Faults; readonly goal: number }[] = [
  { name: '5 % answered with 500, unbilled', faults: { errorBefore: 0.05 }, goal: 1.06 },
  { name: '5 % billed, then the answer is cut', faults: { cutAfter: 0.05 }, goal: 1.06 },
  {
    name: 'both, and the port is closed for 3 s',
    faults: { errorBefore: 0.05, cutAfter: 0.05, outage: { afterPosts: 0, forMs: 3000 } },
    goal: 1.38,
  },
];

export const run = async ({ report, quick }: Bench, bundled: (name: ClientName) => string): Promise<void> => {
  const lines = quick ? 100 : 500;
  const rounds = quick ? 1 : 3;
  const texts = proofTexts(lines, 1);
  const idealMs = (lines / concurrency) * serviceMs;
  const ideal = (results: Results): number[] => pick(results, 'engine', () => idealMs);

  report.heading(`End to end, ${lines} lines, answers COMPLETED`);
  const clean = await alternate(
    bundled,
    ['floor', 'engine', 'p-limit', 'engine, audio not decoded'],
    rounds,
    texts,
    {},
  );
  const engine = pick(clean, 'engine', ms);
  report.ratio({
    what: 'makespan, ours / bare node:http',
    ours: engine,
    peer: pick(clean, 'floor', ms),
    peerName: 'floor',
    unit: 'ms',
    goal: { atMost: 1.015 },
  });
  report.ratio({
    what: 'makespan, ours / p-limit script',
    ours: engine,
    peer: pick(clean, 'p-limit', ms),
    peerName: 'p-limit',
    unit: 'ms',
    goal: { atMost: 0.98 },
  });
  report.ratio({ what: 'makespan, ours / ideal', ours: engine, peer: ideal(clean), peerName: 'ideal', unit: 'ms' });
  report.ratio({
    what: 'CPU of the main thread, ours / p-limit',
    ours: pick(clean, 'engine', (outcome) => outcome.mainCpuMs),
    peer: pick(clean, 'p-limit', (outcome) => outcome.mainCpuMs),
    peerName: 'p-limit',
    unit: 'ms',
    goal: { atMost: 0.7 },
  });
  report.ratio({
    what: 'CPU of the process without audio workers',
    ours: pick(clean, 'engine', (outcome) => outcome.processCpuMs - (outcome.workerCpuMs ?? 0)),
    peer: pick(clean, 'p-limit', (outcome) => outcome.processCpuMs),
    peerName: 'p-limit',
    unit: 'ms',
  });
  report.note(
    `audio workers: ${Math.round((median(pick(clean, 'engine', (outcome) => outcome.workerCpuMs ?? Number.NaN)) / lines) * 10) / 10} ms of CPU a line`,
  );
  report.ratio({
    what: 'peak RSS without decoding, ours / p-limit',
    ours: pick(clean, 'engine, audio not decoded', (outcome) => outcome.peakRssMb),
    peer: pick(clean, 'p-limit', (outcome) => outcome.peakRssMb),
    peerName: 'p-limit',
    unit: 'MB',
    goal: { atMost: 0.9 },
  });
  report.note(
    `peak RSS with two decoding workers: ${Math.round(median(pick(clean, 'engine', (outcome) => outcome.peakRssMb)))} MB; floor: ${Math.round(median(pick(clean, 'floor', (outcome) => outcome.peakRssMb)))} MB`,
  );
  printBooks(report, clean);

  report.heading(`End to end, ${lines} lines, answers PROCESSING and is polled`);
  const polled = await alternate(bundled, ['engine'], rounds, texts, { mode: 'processing' });
  report.ratio({
    what: 'makespan, ours / ideal',
    ours: pick(polled, 'engine', ms),
    peer: ideal(polled),
    peerName: 'ideal',
    unit: 'ms',
    goal: { atMost: 1.15 },
  });
  printBooks(report, polled);

  const floorRatio = median(pick(clean, 'floor', ms)) / idealMs;
  for (const { name, faults, goal } of faulty) {
    report.heading(`End to end, ${lines} lines, ${name}`);
    const outage = faults.outage === undefined ? {} : { outage: { ...faults.outage, afterPosts: lines / 2 } };
    const results = await alternate(bundled, ['engine', 'p-limit'], quick ? 1 : 2, texts, {
      faults: { ...faults, ...outage },
    });
    report.ratio({
      what: 'makespan, ours / ideal without faults',
      ours: pick(results, 'engine', ms),
      peer: ideal(results),
      peerName: 'ideal',
      unit: 'ms',
      goal: { atMost: goal },
    });
    report.note(`the bare floor of this run, without faults: ${floorRatio.toFixed(3)} x ideal`);
    printBooks(report, results);
  }
};
