/** Runs a library through life after life, each killed at its point, and gathers what the next one finds. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { startElevenLabsServer } from '#hosts/demo/vendors/elevenlabs/server.ts';
import { startGenerationsServer } from '#hosts/demo/vendors/chosen/server.ts';
import { bundleChild } from './bundle.ts';
import { clockFrom, type Life, type Said } from './child.ts';
import { scenarioOf, type ScenarioName } from './scenarios.ts';

let bundled: Promise<string> | undefined;
/** Hundreds of lives load the same modules: bundled and compiled once, a start takes a third of the work. */
const compiled = fileURLToPath(new URL('../../node_modules/.cache/crash-suite', import.meta.url));

/** A life takes about a second; one that waits for what never comes is ended and named. */
const longestLifeMs = 60_000;

export interface LifeEnd {
  readonly killed: boolean;
  readonly said: readonly Said[];
  /** What it wrote to stderr. */
  readonly complaints: string;
}

/** Starts a life and waits for its end. */
export const runLife = async (
  life: Life,
  key: string,
  identity: { readonly uid?: number; readonly gid?: number } = {},
): Promise<LifeEnd> => {
  bundled ??= bundleChild('lives');
  const child = spawn(execPath, ['--no-warnings', await bundled, JSON.stringify(life)], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, CUEBOOTH_CRASH_KEY: key, NODE_COMPILE_CACHE: compiled },
    ...identity,
  });
  let complaints = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaints += chunk.toString();
  });
  const hung = setTimeout(() => {
    complaints += 'It came to no end of its own.';
    child.kill();
  }, longestLifeMs);
  const ended = new Promise<NodeJS.Signals | null>((resolve) => child.on('close', (_code, signal) => resolve(signal)));
  const said: Said[] = [];
  for await (const line of createInterface({ input: child.stdout })) said.push(JSON.parse(line) as Said);
  const signal = await ended;
  clearTimeout(hung);
  return { killed: signal === 'SIGKILL', said, complaints };
};

export interface Kill {
  readonly point: string;
  readonly nth: number;
  /** `recovery`: in the life after, which brings the order before to its end. */
  readonly during: 'recovery' | 'order';
}
/** `unhurt`: an order that runs to its end, for the sake of what the next life does. */
export type Step = Kill | 'unhurt';
export interface Chain {
  readonly scenario: ScenarioName;
  readonly seed: number;
  readonly steps: readonly Step[];
}
export interface ChainResult {
  /** In order; `survived` where the point was never passed often enough. */
  readonly kills: readonly (Kill & { readonly survived: boolean })[];
  readonly complaints: readonly string[];
  readonly lives: number;
}

/** Lives in which a point may be missed before its kill is given up: what the vendor does to a line depends on its text. */
const tries = 6;

export const runChain = async ({ scenario, seed, steps }: Chain): Promise<ChainResult> => {
  const { server: options, elevenLabs, speed = 10 } = scenarioOf(scenario);
  const clockBase = Date.now();
  const clock = clockFrom(clockBase, speed);
  const server =
    elevenLabs === undefined
      ? await startGenerationsServer({ seed, audioBytes: 2000, ...options }, clock)
      : await startElevenLabsServer({ seed, audioBytes: 2000, ...elevenLabs }, clock);
  const folder = mkdtempSync(join(tmpdir(), 'cuebooth-crash-'));
  const complaints: string[] = [];
  const ended: (Kill & { survived: boolean })[] = [];
  const before: number[] = [];
  let lives = 0;
  let last = 'the beginning';

  const live = async (kill: Kill | null, order: number | null): Promise<boolean> => {
    const end = await runLife(
      { folder, scenario, baseUrl: server.baseUrl, clockBase, before, order, kill },
      server.apiKey,
    );
    lives += 1;
    for (const said of end.said)
      if (said.kind === 'judged')
        complaints.push(...said.complaints.map((complaint) => `${scenario}, after ${last}: ${complaint}`));
    if (end.complaints !== '' || (!end.killed && end.said.at(-1)?.kind !== 'survived'))
      complaints.push(`${scenario}, after ${last}: ${end.complaints || 'ended early'}`);
    if (order !== null) before.push(order);
    return end.killed;
  };
  try {
    for (const kill of steps) {
      if (kill === 'unhurt') {
        await live(null, before.length + 1);
        continue;
      }
      let killed = false;
      for (let attempt = 0; attempt < tries && !killed; attempt += 1) {
        killed = await live(kill, kill.during === 'order' ? before.length + 1 : null);
        if (kill.during === 'recovery') break;
      }
      ended.push({ ...kill, survived: !killed });
      if (killed) last = `a kill at ${kill.point} (${kill.during}, ${kill.nth})`;
    }
    await live(null, null);
    if (server.seenKeys().length > 0) complaints.push(`${scenario}: a key left the vendor.`);
  } finally {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
  return { kills: ended, complaints, lives };
};

/**
 * Starts all chains, three at a time: a life waits for disks and clocks more than it computes. Each result is there when
 * its chain has ended; nobody has to wait for the others.
 */
export const startChains = (chains: readonly Chain[]): ReadonlyMap<Chain, Promise<ChainResult>> => {
  const starts = new Map<Chain, () => void>();
  const results = new Map(
    chains.map((chain) => [
      chain,
      new Promise<void>((resolve) => {
        starts.set(chain, resolve);
      }).then(() => runChain(chain)),
    ]),
  );
  const waiting = [...chains];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      starts.get(next)?.();
      await results.get(next)?.catch(() => undefined);
    }
  };
  for (let worker = 0; worker < 3; worker += 1) void work();
  return results;
};
