/** A studio with a vendor on a real port and one clock for both, taken down after each test. */
import type { Job, Render, RenderId, Script, Workspace } from '#contract/entities.ts';
import type { Ports } from '#engine/ports.ts';
import { createClock } from '#node/clock.ts';
import { later, sharedCompute } from '#test/builders/endings.ts';
import { startGenerationsServer, type GenerationsServer } from '#hosts/demo/vendors/chosen/server.ts';
import type { GenerationsServerOptions } from '#hosts/demo/vendors/chosen/options.ts';
import { startGatedVendor, type GatedOptions } from './gated-vendor.ts';
import { openStudio, type Studio, type StudioOptions } from '#test/builders/studio.ts';

export { endAll } from '#test/builders/endings.ts';

export const fastClock = (speed = 20): ReturnType<typeof createClock> => createClock({ speed });

export const startVendor = async (
  options: Partial<GenerationsServerOptions> = {},
  clock = fastClock(),
): Promise<GenerationsServer> => {
  const vendor = await startGenerationsServer({ seed: 1, serviceTimeMs: 100, audioBytes: 4000, ...options }, clock);
  later(() => vendor.close());
  return vendor;
};
export const startStudio = async (options: StudioOptions = {}): Promise<Studio> => {
  const shared = sharedCompute();
  const over = (ports: Ports): Partial<Ports> => ({
    compute: shared,
    ...options.over?.({ ...ports, compute: shared }),
  });
  const studio = await openStudio({ ...options, over });
  later(() => studio.remove());
  return studio;
};

export interface Scene {
  readonly clock: ReturnType<typeof createClock>;
  readonly vendor: GenerationsServer;
  readonly studio: Studio;
  readonly workspace: Workspace;
}
/** A studio whose workspace `chosen` is at the fake vendor. */
export const openScene = async (
  vendorOptions: Partial<GenerationsServerOptions> = {},
  settings: Workspace['settings'] = { concurrency: 4 },
  studioOptions: StudioOptions = {},
): Promise<Scene> => {
  const clock = fastClock();
  const vendor = await startVendor(vendorOptions, clock);
  const studio = await startStudio({ clock, ...studioOptions });
  const workspace = await studio.chosen({ baseUrl: vendor.baseUrl, key: vendor.apiKey, settings });
  return { clock, vendor, studio, workspace };
};

export const texts = (count: number, from = 1): string[] =>
  Array.from({ length: count }, (_, index) => `Offer number ${from + index}, only this week at our store.`);
/** A script of its own: the builder names scripts by their number of lines. */
export const saveScript = async (
  studio: Studio,
  name: string,
  lines: readonly string[],
  voice = 'chosen/Ava',
): Promise<Script> => {
  const project = await studio.client.call('project.ensure', { name: 'Test' });
  const text = `---\ntitle: ${name}\ncast:\n  NARRATOR: ${voice}\n---\n${lines.join('\n')}\n`;
  return studio.client.call('script.save', {
    projectId: project.id,
    path: `${name}.cue.txt`,
    source: { kind: 'text', text },
  });
};
export const order = async (
  studio: Studio,
  name: string,
  lines: readonly string[],
  options: {
    readonly voice?: string;
    readonly takes?: number;
    readonly retake?: boolean;
    readonly budgetCredits?: number;
    readonly priority?: number;
  } = {},
): Promise<Render> => {
  const { voice, ...rest } = options;
  const script = await saveScript(studio, name, lines, voice);
  return studio.client.call('render.enqueue', { scriptId: script.id, ...rest });
};
/** Resolves when the render is as wanted, looking at its state as it is now first. */
export const until = async (studio: Studio, renderId: RenderId, fits: (render: Render) => boolean): Promise<Render> => {
  const next = studio.event('render.changed', ({ render }) => render.id === renderId && fits(render));
  const now = await studio.client.call('render.get', { renderId });
  return fits(now) ? now : (await next).render;
};
/** A studio whose workspace `chosen` is at a vendor that answers when the test says so. Its price is known: one credit a character. */
export const openGated = async (
  options: GatedOptions = {},
  settings: Workspace['settings'] = { concurrency: 4 },
  studioOptions: StudioOptions = {},
) => {
  const clock = fastClock();
  const vendor = await startGatedVendor(options);
  const studio = await startStudio({ clock, ...studioOptions });
  const workspace = await studio.chosen({ baseUrl: vendor.baseUrl, key: vendor.apiKey, settings });
  return { clock, vendor, studio, workspace };
};
/** One line to its end, so that the lane knows what a character costs. */
export const learnPrice = async (studio: Studio): Promise<void> => {
  await studio.settled((await order(studio, 'price', ['One line to learn the price.'])).id);
};
export const jobsOf = (studio: Studio): Promise<(Job & { seq: number })[]> =>
  studio.client.call('queue.list', { limit: 1000 });
/** Entries as they stand, unfolded. */
export const entries = (
  studio: Studio,
): { readonly kind: string; readonly credits: number; readonly render_seq: number }[] =>
  studio.ports.database
    .prepare<{ kind: string; credits: number; render_seq: number }>(
      'SELECT kind, credits, render_seq FROM ledger ORDER BY seq',
    )
    .all();
export const sum = (studio: Studio, kind: string): number =>
  entries(studio).reduce((total, entry) => total + (entry.kind === kind ? entry.credits : 0), 0);
/** What no order may leave behind. */
export const openHolds = (studio: Studio): { readonly render_seq: number; readonly held: number }[] =>
  studio.ports.database
    .prepare<{ render_seq: number; held: number }>(
      "SELECT render_seq, sum(CASE kind WHEN 'hold' THEN credits WHEN 'release' THEN -credits ELSE 0 END) AS held FROM ledger GROUP BY render_seq HAVING abs(held) > 1e-9",
    )
    .all();
