/**
 * One life of the studio: opens the library, brings to its end what the life before left, judges it, then runs the next
 * order; and may be killed at the nth passing of a named point on the way. Speaks JSON lines on stdout.
 */
import { flushCompileCache } from 'node:module';
import { exit, kill, pid } from 'node:process';
import type { Render } from '#contract/entities.ts';
import type { Clock, Compute, KeyVault, Ports } from '#engine/ports.ts';
import { createClock } from '#node/clock.ts';
import { analyseFile } from '#node/compute/analyse-file.ts';
import { joinFiles } from '#node/compute/join-files.ts';
import { openStudio, type Studio } from '#test/builders/studio.ts';
import type { BilledCall } from '#test/builders/proof.ts';
import { isBusy, judge } from './judge.ts';
import {
  decideByHistory,
  lookAgain,
  narratorVoice,
  scenarioOf,
  type ScenarioName,
  updateSettings,
} from './scenarios.ts';

export interface Life {
  readonly folder: string;
  readonly scenario: ScenarioName;
  readonly baseUrl: string;
  /** Epoch ms at which this clock and the vendor's agree with the wall. */
  readonly clockBase: number;
  /** Numbers of the orders that earlier lives began. */
  readonly before: readonly number[];
  /** Number of the order of this life; null: none. */
  readonly order: number | null;
  readonly kill: { readonly point: string; readonly nth: number; readonly during: 'recovery' | 'order' } | null;
}
export type Said =
  | {
      readonly kind: 'judged';
      readonly complaints: readonly string[];
      readonly adopted: number;
      readonly uncertain: number;
    }
  | { readonly kind: 'survived'; readonly passed: Readonly<Record<string, number>> };

/** One clock through all lives, so that none of them sees the time step back. */
export const clockFrom = (base: number, speed: number): Clock => ({
  ...createClock({ speed }),
  now: () => Math.floor(base + (Date.now() - base) * speed),
});

/** The same measuring and joining without starting worker threads, which would be half of a short life's work. */
const nearby = (compute: Compute): Compute => ({
  ...compute,
  analyse: ({ path }) => analyseFile(path, 'all'),
  join: ({ parts }) => joinFiles(parts),
});

const say = (said: Said): void => {
  process.stdout.write(`${JSON.stringify(said)}\n`);
};

const live = async (life: Life): Promise<void> => {
  // Nobody is left behind when the test run itself is ended.
  process.stdin.once('end', () => exit(1)).resume();
  const scenario = scenarioOf(life.scenario);
  const key = process.env['CUEBOOTH_CRASH_KEY'] ?? '';
  const vault: KeyVault = {
    available: async () => true,
    set: async () => undefined,
    get: async () => key,
    remove: async () => undefined,
  };
  const passed: Record<string, number> = {};
  let armed = false;
  const checkpoint = (point: string): void => {
    if (!armed) return;
    passed[point] = (passed[point] ?? 0) + 1;
    if (life.kill?.point === point && life.kill.nth === passed[point]) kill(pid, 'SIGKILL');
  };
  const studio = await openStudio({
    folder: life.folder,
    vault,
    clock: clockFrom(life.clockBase, scenario.speed ?? 10),
    checkpoint,
    start: false,
    over: (ports) => {
      const near: Ports = { ...ports, compute: nearby(ports.compute) };
      return { ...near, ...scenario.over?.(near) };
    },
  });
  const { client } = studio;
  const workspaces = await client.call('workspace.list', {});
  const isSought = scenario.elevenLabs !== undefined;
  const provider = isSought ? 'elevenlabs' : 'chosen';
  if (!workspaces.some((workspace) => workspace.provider === provider)) {
    await client.call('workspace.add', {
      provider,
      name: provider,
      baseUrl: life.baseUrl,
      key,
      settings: { answerTimeoutSeconds: 0.5, ...scenario.settings },
    });
  }
  const narrator = isSought ? `elevenlabs/${narratorVoice}` : 'chosen/Ava';

  const enqueue = async (number: number): Promise<Render> => {
    const project = await client.call('project.ensure', { name: 'Crash' });
    const text = `---\ntitle: Order ${number}\ncast:\n  NARRATOR: ${narrator}\n  DRAFT: scratch/kal\n---\n${scenario.lines(number).join('\n')}\n`;
    const script = await client.call('script.save', {
      projectId: project.id,
      path: `order-${number}.cue.txt`,
      source: { kind: 'text', text },
    });
    return client.call('render.enqueue', { scriptId: script.id });
  };
  const rest = async (): Promise<void> => {
    for (const { id } of (await client.call('render.list', { limit: 500 })).filter(({ state }) => state === 'paused')) {
      await client.call('render.resume', { renderId: id });
    }
    do {
      const resting = Promise.race([
        studio.event('queue.changed', () => !isBusy(studio, isSought)),
        studio.event('render.changed', () => !isBusy(studio, isSought)),
        studio.event('library.notice', () => !isBusy(studio, isSought)),
      ]);
      if (isBusy(studio, isSought)) await resting;
    } while ((await (isSought ? decideByHistory : lookAgain)(studio)) > 0);
  };

  armed = life.kill?.during === 'recovery';
  const recovered = await studio.engine.start();
  // Settings that an act had changed for a while.
  if (life.scenario === 'asking') await updateSettings(studio, scenario.settings);
  await rest();
  armed = false;
  await redoCutOrders(studio, life.before, enqueue);
  await rest();
  const books = (await (await fetch(`${life.baseUrl}/__ledger`)).json()) as {
    readonly generations: readonly BilledCall[];
  };
  say({
    kind: 'judged',
    complaints: await judge(studio, books.generations, {
      texts: life.before.flatMap((number) => scenario.lines(number).map((line) => line.replace(/^[A-Z]+: /, ''))),
      failing: (text) => scenario.failingWord !== undefined && text.includes(scenario.failingWord),
    }),
    adopted: recovered.adopted,
    uncertain: recovered.uncertain,
  });
  const { order } = life;
  if (order !== null) {
    armed = life.kill === null || life.kill.during === 'order';
    const act = scenario.act ?? (async (_studio, run) => void (await studio.settled((await run()).id)));
    await act(studio, () => enqueue(order));
  }
  await studio.close('finish');
  say({ kind: 'survived', passed });
  exit(0);
};

/** An order that was cut off while it was written down, or was cancelled, is given again, as a person would. */
const redoCutOrders = async (
  studio: Studio,
  orders: readonly number[],
  enqueue: (number: number) => Promise<Render>,
): Promise<void> => {
  const renders = await studio.client.call('render.list', { limit: 500 });
  for (const number of orders) {
    const own = renders.filter(({ title }) => title === `Order ${number}`);
    if (!own.some(({ state, progress }) => state !== 'cancelled' && progress.cancelled === 0)) await enqueue(number);
  }
};

// What is killed writes nothing at its end.
if (import.meta.main) flushCompileCache();
if (import.meta.main) await live(JSON.parse(process.argv[2] ?? '') as Life);
