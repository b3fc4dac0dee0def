/** A library with one workspace on a vendor that lists voices, on a clock that the test puts forward. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WorkspaceId } from '#contract/entities.ts';
import type { EngineOptions } from '#engine/index.ts';
import type { MethodInput } from '#contract/methods/index.ts';
import type { Clock } from '#engine/ports.ts';
import { createClock } from '#node/clock.ts';
import { createMemoryVault } from '#node/vault/memory.ts';
import { later, sharedCompute } from '#test/builders/endings.ts';
import { openStudio, type Studio } from '#test/builders/studio.ts';
import { createListingVendor, type ListingVendor, modelOf, voiceOf } from './listing-vendor.ts';

export { endAll } from '#test/builders/endings.ts';

export interface Scene {
  readonly vendor: ListingVendor;
  /** Puts the clock forward, in ms; timers are not hurried. */
  readonly skip: (ms: number) => void;
  /** Opens the library, anew after a restart; the studio before must be closed. */
  open(engine?: Partial<EngineOptions>): Promise<Studio>;
}
export const minute = 60_000;
export const key = 'listing-key-0123456789';
export const rachel = voiceOf('v-rachel', 'Rachel', { age: 'young', useCases: ['advertisement'], models: ['m1'] });
export const sarah = voiceOf('v-sarah', 'Sarah', { age: 'young', useCases: ['advertisement'], priceMultiplier: 3 });
export const bill = voiceOf('v-bill', 'Bill', { gender: 'male', age: 'old', accent: 'british' });

export const startScene = (): Scene => {
  const folder = mkdtempSync(join(tmpdir(), 'cuebooth-voices-'));
  later(() => rmSync(folder, { recursive: true, force: true }));
  const vendor = createListingVendor();
  vendor.voices = [rachel, sarah, bill];
  vendor.models = [modelOf('m1'), modelOf('m2', { textLimit: 900 })];
  const real = createClock();
  let shift = 0;
  const clock: Clock = {
    ...real,
    now: () => real.now() + shift,
    monotonic: () => real.monotonic() + shift,
    // Patience is spent sooner than lists grow old.
    after: (delayMs, run) => real.after(delayMs / 20, run),
  };
  const vault = createMemoryVault();
  return {
    vendor,
    skip: (ms) => {
      shift += ms;
    },
    open: async (engine = {}) => {
      const compute = sharedCompute();
      const studio = await openStudio({
        folder,
        vault,
        clock,
        over: () => ({ compute }),
        engine: { providers: vendor.providers, ...engine },
      });
      later(() => studio.close());
      return studio;
    },
  };
};

export const addVendor = async ({ client }: Studio, name = 'eleven'): Promise<WorkspaceId> =>
  (await client.call('workspace.add', { provider: 'elevenlabs', name, key })).id;
export const idsOf = async ({ client }: Studio, filter: MethodInput<'voice.list'> = {}): Promise<string[]> =>
  (await client.call('voice.list', filter)).voices.map(({ voiceId }) => voiceId);
