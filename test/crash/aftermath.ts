/** A library that a killed life left behind, to be opened again under other circumstances. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Clock, KeyVault } from '#engine/ports.ts';
import { createClock } from '#node/clock.ts';
import { openStudio, type Studio } from '#test/builders/studio.ts';
import { type GenerationsServer, startGenerationsServer } from '#hosts/demo/vendors/chosen/server.ts';
import type { GenerationsServerOptions } from '#hosts/demo/vendors/chosen/options.ts';
import { type Kill, runLife } from './chain.ts';
import { clockFrom } from './child.ts';
import { isBusy, judge } from './judge.ts';
import { scenarioOf, type ScenarioName } from './scenarios.ts';

export interface Aftermath {
  readonly folder: string;
  readonly server: GenerationsServer;
  readonly texts: readonly string[];
  /** Opens it in this process, without starting its queue. `aheadMs`: how far its clock is from the vendor's. */
  reopen(circumstances?: { readonly aheadMs?: number; readonly key?: string }): Promise<Studio>;
  /** Another vendor, on another port, with the same clock. */
  otherVendor(): Promise<GenerationsServer>;
  judge(studio: Studio): Promise<string[]>;
}

const fixedVault = (key: string): KeyVault => ({
  available: async () => true,
  set: async () => undefined,
  get: async () => key,
  remove: async () => undefined,
});

/** Orders that a point may be missed in: a fast machine may have nothing left to move when a render is paused. */
const tries = 4;

/** Runs order 1 (after `unhurt` whole orders) until it is killed. */
export const killed = async (
  scenario: ScenarioName,
  kill: Kill,
  options: { readonly unhurt?: number; readonly server?: Partial<GenerationsServerOptions> } = {},
): Promise<Aftermath> => {
  const { server: own, lines } = scenarioOf(scenario);
  const clockBase = Date.now();
  const vendor = async (more: Partial<GenerationsServerOptions> = {}): Promise<GenerationsServer> => {
    const server = await startGenerationsServer(
      { seed: 1, audioBytes: 2000, ...own, ...more },
      clockFrom(clockBase, 10),
    );
    onTestFinished(() => server.close());
    return server;
  };
  const server = await vendor(options.server);
  const folder = mkdtempSync(join(tmpdir(), 'cuebooth-crash-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const orders: number[] = [];
  const unhurt = options.unhurt ?? 0;
  for (let isKilled = false; !isKilled; ) {
    const order = orders.length + 1;
    const isWhole = order <= unhurt;
    const life = {
      folder,
      scenario,
      baseUrl: server.baseUrl,
      clockBase,
      before: [...orders],
      order,
      kill: isWhole ? null : kill,
    };
    const end = await runLife(life, server.apiKey);
    orders.push(order);
    isKilled = end.killed;
    // A point that an order passed by in time is met in the next one.
    if (isWhole ? isKilled : !isKilled && order >= unhurt + tries)
      throw new Error(`Order ${order} was not killed as planned: ${end.complaints}`);
  }
  const texts = orders.flatMap((order) => lines(order).map((line) => line.replace(/^[A-Z]+: /, '')));
  return {
    folder,
    server,
    texts,
    reopen: async ({ aheadMs = 0, key = server.apiKey } = {}) => {
      const clock: Clock = { ...createClock({ speed: 10 }), now: () => clockFrom(clockBase, 10).now() + aheadMs };
      const studio = await openStudio({ folder, vault: fixedVault(key), clock, start: false });
      onTestFinished(() => studio.close());
      return studio;
    },
    otherVendor: () => vendor(),
    judge: (studio) => judge(studio, server.ledger(), { texts, failing: () => false }),
  };
};

/** Resolves when nothing goes on by itself: all done, or only questions left. */
export const rested = async (studio: Studio): Promise<void> => {
  const resting = Promise.race([
    studio.event('queue.changed', () => !isBusy(studio)),
    studio.event('render.changed', () => !isBusy(studio)),
  ]);
  if (isBusy(studio)) await resting;
};
