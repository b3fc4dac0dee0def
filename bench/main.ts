/**
 * `npm run bench` runs everything, `npm run bench -- e2e queue` only these; `--quick` for a short look.
 * Nothing asserts: a missed goal is printed as one.
 */
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { bundleClients } from './setup/bundle.ts';
import type { ClientName } from './setup/bundle.ts';
import { createReport, say, type Bench, type Tally } from './setup/figures.ts';

type Subject = (bench: Bench, bundled: (name: ClientName) => string) => Promise<void>;
/** In this order. Each is loaded when its turn comes. */
const subjects: Readonly<Record<string, () => Promise<Subject>>> = {
  e2e: async () => (await import('./e2e.ts')).run,
  crash: async () => (await import('./crash.ts')).run,
  vendors: async () => (await import('./vendors.ts')).run,
  queue: async () => (await import('./queue.ts')).run,
  loop: async () => (await import('./loop.ts')).run,
  start: async () => (await import('./start.ts')).run,
  peaks: async () => (await import('./peaks.ts')).run,
  usage: async () => (await import('./usage.ts')).run,
  history: async () => (await import('./history.ts')).run,
  page: async () => (await import('./page.ts')).run,
  'history-scroll': async () => (await import('./history-scroll.ts')).run,
  typing: async () => (await import('./typing.ts')).run,
  renders: async () => (await import('./renders.ts')).run,
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean', default: false } },
});
const unknown = positionals.filter((name) => !(name in subjects));
if (unknown.length > 0) {
  process.stderr.write(`There is no "${unknown.join('", "')}". There are: ${Object.keys(subjects).join(', ')}.\n`);
  process.exit(2);
}
const chosen = positionals.length === 0 ? Object.keys(subjects) : positionals;
const tally: Tally = { met: 0, missed: [] };
const started = performance.now();
say(
  `Node ${process.version}, ${availableParallelism()} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), ${Math.round(totalmem() / 1024 ** 3)} GB, load ${loadavg()[0]?.toFixed(1) ?? '?'}${values.quick ? ', QUICK: one short round, ratios say little' : ''}`,
);
say('A ratio is the median of the rounds [lowest-highest]; milliseconds are for reading, ratios are the goals.');
const bundled = await bundleClients();
for (const name of chosen) {
  const subject = await subjects[name]?.();
  try {
    await subject?.({ report: createReport(tally), quick: values.quick }, bundled);
  } catch (error) {
    say(`  ${name} ended early: ${error instanceof Error ? error.message : String(error)}`);
    tally.missed.push(`${name}: ended early`);
  }
}
say(
  `\n${tally.met} goals met, ${tally.missed.length} missed, in ${Math.round((performance.now() - started) / 1000)} s.`,
);
for (const missed of tally.missed) say(`  missed: ${missed}`);
