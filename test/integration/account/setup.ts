/** A studio at the fake of ElevenLabs, with one clock for both that runs fast and begins at noon of a known day. */
import { onTestFinished } from 'vitest';
import type { EventName, EventPayload } from '#contract/events.ts';
import type { CreditMeter } from '#contract/account.ts';
import type { Workspace } from '#contract/entities.ts';
import type { Clock, Ports } from '#engine/ports.ts';
import type { ElevenLabsServerOptions } from '#hosts/demo/vendors/elevenlabs/options.ts';
import { startElevenLabsServer, type ElevenLabsServer } from '#hosts/demo/vendors/elevenlabs/server.ts';
import { createClock } from '#node/clock.ts';
import { openStudio, type Studio, type StudioOptions } from '#test/builders/studio.ts';

export const noon = Date.UTC(2026, 2, 15, 12);
/** At this speed a minute passes in 0.6 s. */
export const noonClock = (speed = 100): Clock => {
  const clock = createClock({ speed });
  const began = clock.now();
  return { ...clock, now: () => noon + clock.now() - began };
};
export const wait = (clock: Clock, ms: number): Promise<void> => new Promise((resolve) => clock.after(ms, resolve));

export const startStudio = async (clock: Clock, options: StudioOptions = {}): Promise<Studio> => {
  const studio = await openStudio({ clock, ...options });
  onTestFinished(() => studio.remove());
  return studio;
};
export interface Scene {
  readonly clock: Clock;
  readonly vendor: ElevenLabsServer;
  readonly studio: Studio;
  readonly workspace: Workspace;
  render(lines: readonly string[]): Promise<void>;
  meter(): Promise<CreditMeter>;
  /** Resolves with the first meter of the workspace that fits, as it is told by an event. */
  told(fits: (meter: CreditMeter) => boolean): Promise<CreditMeter>;
}
export const openScene = async (
  options: Partial<ElevenLabsServerOptions> = {},
  over?: (ports: Ports) => Partial<Ports>,
): Promise<Scene> => {
  const clock = noonClock();
  const vendor = await startElevenLabsServer(
    { serviceTimeMs: 50, historyDelayMs: 0, creditsUsed: 1000, ...options },
    clock,
  );
  onTestFinished(() => vendor.close());
  const studio = await startStudio(clock, over === undefined ? {} : { over });
  const told: Scene['told'] = async (fits) =>
    (await studio.event('account.changed', ({ meter }) => meter.workspaceName === 'eleven' && fits(meter))).meter;
  const first = told(({ state }) => state !== 'unread');
  const workspace = await studio.client.call('workspace.add', {
    provider: 'elevenlabs',
    name: 'eleven',
    baseUrl: vendor.baseUrl,
    key: vendor.apiKey,
  });
  await first;
  return {
    clock,
    vendor,
    studio,
    workspace,
    told,
    meter: async () => {
      const meters = await studio.client.call('account.meters', {});
      const found = meters.find(({ workspaceId }) => workspaceId === workspace.id);
      if (found === undefined) throw new Error('There is no such meter.');
      return found;
    },
    render: async (lines) => {
      const script = await studio.script(lines, `eleven/${vendor.voices()[0]?.voiceId ?? ''}`);
      await studio.settled((await studio.client.call('render.enqueue', { scriptId: script.id })).id);
    },
  };
};
/** What is told while `work` runs. */
export const heard = async <N extends EventName>(
  studio: Studio,
  name: N,
  work: () => Promise<unknown>,
): Promise<EventPayload<N>[]> => {
  const payloads: EventPayload<N>[] = [];
  const end = studio.client.on(name, (payload) => payloads.push(payload));
  await work();
  end();
  return payloads;
};
