/** A studio whose workspace `main` is at a vendor with a history. */
import type { HistoryEntry } from '#contract/history.ts';
import type { MethodInput } from '#contract/methods/index.ts';
import type { Workspace } from '#contract/entities.ts';
import { registryOf } from '#engine/providers/registry.ts';
import type { Clock } from '#engine/ports.ts';
import { createClock } from '#node/clock.ts';
import type { Studio, StudioOptions } from '#test/builders/studio.ts';
import { startStudio } from '../queue/setup.ts';
import { createListingVendor, type ListingOptions, type ListingVendor } from './listing-vendor.ts';

export { endAll } from '#test/builders/endings.ts';
export { order } from '../queue/setup.ts';

export interface HistoryScene {
  readonly clock: Clock;
  readonly vendor: ListingVendor;
  readonly studio: Studio;
  readonly workspace: Workspace;
  search(query?: MethodInput<'history.search'>): Promise<HistoryEntry[]>;
  /** Rows that stand in the index, by their words. */
  count(sql: string): number;
}
export const sceneOf = (studio: Studio, vendor: ListingVendor, clock: Clock, workspace: Workspace): HistoryScene => ({
  clock,
  vendor,
  studio,
  workspace,
  search: async (query = {}) => (await studio.client.call('history.search', { limit: 500, ...query })).entries,
  count: (sql) => Number(Object.values(studio.ports.database.prepare(sql).get() ?? {})[0]),
});

export const openHistory = async (
  vendorOptions: Partial<ListingOptions> = {},
  studioOptions: StudioOptions = {},
): Promise<HistoryScene> => {
  const clock = vendorOptions.clock ?? createClock();
  const vendor = createListingVendor({ clock, ...vendorOptions });
  const studio = await startStudio({ clock, engine: { providers: registryOf([vendor.provider]) }, ...studioOptions });
  const workspace = await studio.client.call('workspace.add', {
    provider: 'elevenlabs',
    name: 'main',
    baseUrl: 'http://127.0.0.1:1',
  });
  return sceneOf(studio, vendor, clock, workspace);
};
