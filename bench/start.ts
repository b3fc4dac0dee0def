/** From process start to the first page of takes of a large library, and the memory that takes. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ClientName } from './setup/bundle.ts';
import { startClient } from './setup/children.ts';
import { type Bench, median } from './setup/figures.ts';
import { takesLibrary } from './setup/takes-library.ts';

interface Seen {
  readonly takes: number;
  readonly ownMs: number;
  readonly rssMb: number;
  readonly searchedRssMb: number;
}

export const run = async (bench: Bench, bundled: (name: ClientName) => string): Promise<void> => {
  const { report, quick } = bench;
  const takes = quick ? 10_000 : 100_000;
  report.heading(`Start, ${takes} takes`);
  const folder = await takesLibrary(bench, bundled, takes);
  const times: Record<string, { wallMs: number[]; ownMs: number[]; rssMb: number[]; searchedRssMb: number[] }> = {};
  const cache = mkdtempSync(join(tmpdir(), 'cuebooth-bench-cache-'));
  const measure = async (
    name: string,
    client: ClientName,
    order: unknown,
    environment: Readonly<Record<string, string>> = {},
  ): Promise<void> => {
    const started = startClient<Seen>(bundled, client, order, { nodeFlags: ['--expose-gc'], environment });
    const wallMs = (await started.said('page')) - started.startedAt;
    const { ownMs, rssMb, searchedRssMb } = await started.answer;
    const into = (times[name] ??= { wallMs: [], ownMs: [], rssMb: [], searchedRssMb: [] });
    into.wallMs.push(wallMs);
    into.ownMs.push(ownMs);
    into.rssMb.push(rssMb);
    into.searchedRssMb.push(searchedRssMb);
  };
  for (let round = 0; round < (quick ? 3 : 15); round += 1) {
    await measure('node', 'first-page-bare', { folder: null });
    await measure('bare', 'first-page-bare', { folder });
    await measure('ours', 'first-page', { folder, searches: quick ? 10 : 60 });
    await measure('cached', 'first-page', { folder, searches: 0 }, { NODE_COMPILE_CACHE: cache });
  }
  rmSync(cache, { recursive: true, force: true });
  const { node, bare, ours, cached } = times;
  if (node === undefined || bare === undefined || ours === undefined || cached === undefined) return;
  report.ratio({
    what: 'process start to first page, ours / bare',
    ours: ours.wallMs,
    peer: bare.wallMs,
    peerName: 'better-sqlite3',
    unit: 'ms',
    goal: { atMost: 2.2 },
  });
  report.ratio({
    what: "the same with Node's compile cache filled",
    ours: cached.wallMs,
    peer: bare.wallMs,
    peerName: 'better-sqlite3',
    unit: 'ms',
  });
  const above = (of: readonly number[], floor: readonly number[]): number[] =>
    of.map((value, round) => value - (floor[round] ?? 0));
  report.ratio({
    what: 'the same above bare Node',
    ours: above(ours.wallMs, node.wallMs),
    peer: above(bare.wallMs, node.wallMs),
    peerName: 'better-sqlite3',
    unit: 'ms',
  });
  report.ratio({
    what: 'from the first line of our own code',
    ours: ours.ownMs,
    peer: bare.ownMs,
    peerName: 'better-sqlite3',
    unit: 'ms',
  });
  report.value({
    what: 'RSS above bare Node, first page shown',
    value: median(above(ours.rssMb, node.rssMb)),
    unit: 'MB',
    goal: { atMost: 35 },
    beside: `bare Node ${Math.round(median(node.rssMb))} MB, better-sqlite3 ${Math.round(median(bare.rssMb))} MB`,
  });
  report.value({
    what: 'RSS above bare Node, after 60 searches',
    value: median(above(ours.searchedRssMb, node.rssMb)),
    unit: 'MB',
  });
};
