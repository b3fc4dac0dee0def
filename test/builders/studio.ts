/** A whole engine over a real library in a temp folder, behind its client: what integration, crash and proof tests drive. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventName, EventPayload } from '#contract/events.ts';
import type { Render, RenderId, Script, Workspace } from '#contract/entities.ts';
import { createDirectTransport } from '#client/direct.ts';
import { type Client, createClient } from '#client/index.ts';
import { createEngine, type Engine, type EngineOptions, migrate, pendingMigrations } from '#engine/index.ts';
import type { Clock, KeyVault, Ports } from '#engine/ports.ts';
import { composePorts } from '#node/compose-ports.ts';
import { createLogger } from '#node/logger.ts';
import { openLibraryFolder } from '#node/open-library.ts';
import { createMemoryVault } from '#node/vault/memory.ts';

export interface StudioOptions {
  /** Default: a new temp folder, removed by `remove()`. */
  readonly folder?: string;
  readonly vault?: KeyVault;
  readonly clock?: Clock;
  /** Over the real ports, for failing disks and the like. */
  readonly over?: (ports: Ports) => Partial<Ports>;
  readonly checkpoint?: (point: string) => void;
  /** Default true: recovers and runs the queue. */
  readonly start?: boolean;
  readonly engine?: Partial<EngineOptions>;
}
export interface Studio {
  readonly folder: string;
  readonly vault: KeyVault;
  readonly ports: Ports;
  readonly engine: Engine;
  readonly client: Client;
  /** Resolves with the first payload that fits; looks at the render's current state first. */
  event<N extends EventName>(name: N, fits: (payload: EventPayload<N>) => boolean): Promise<EventPayload<N>>;
  /** Resolves when nothing of the render can go on by itself: done, over budget, or only questions left. */
  settled(renderId: RenderId): Promise<Render>;
  /** A script of one narrator on `workspace/voice` with these lines, in project "Test". */
  script(lines: readonly string[], voice?: string): Promise<Script>;
  /** Adds a Chosen workspace. */
  chosen(options: {
    readonly baseUrl: string;
    readonly key: string;
    readonly name?: string;
    readonly settings?: Workspace['settings'];
  }): Promise<Workspace>;
  close(mode?: 'finish' | 'park'): Promise<void>;
  remove(): Promise<void>;
}

export const openStudio = async (options: StudioOptions = {}): Promise<Studio> => {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'cuebooth-test-'));
  const vault = options.vault ?? createMemoryVault();
  const library = await openLibraryFolder(folder, { migrate, pendingMigrations });
  const composed = composePorts({
    library,
    vault,
    userAgent: 'Cuebooth/test',
    dailyBackup: false,
    logger: createLogger({ level: 'error' }),
    ...(options.clock === undefined ? {} : { clock: options.clock }),
    ...(options.checkpoint === undefined ? {} : { checkpoint: options.checkpoint }),
  });
  const ports: Ports = { ...composed.ports, ...options.over?.(composed.ports) };
  const engine = createEngine(ports, {
    person: 'tester',
    machine: 'test',
    version: '0.0.0-test',
    libraryPath: folder,
    ...options.engine,
  });
  const client = createClient(createDirectTransport(engine.router));
  if (options.start !== false) await engine.start();
  let closed = false;
  const close = async (mode: 'finish' | 'park' = 'park'): Promise<void> => {
    if (closed) return;
    closed = true;
    await engine.shutdown(mode);
    client.close();
    await composed.close();
  };
  const event: Studio['event'] = (name, fits) =>
    new Promise((resolve) => {
      const end = client.on(name, (payload) => {
        if (!fits(payload)) return;
        end();
        resolve(payload);
      });
    });
  const isSettled = ({ state, progress }: Render): boolean =>
    state === 'done' ||
    state === 'cancelled' ||
    state === 'over_budget' ||
    (state === 'active' && progress.queued + progress.running === 0 && progress.uncertain === progress.asking);
  return {
    folder,
    vault,
    ports,
    engine,
    client,
    event,
    settled: async (renderId) => {
      const next = event('render.changed', ({ render }) => render.id === renderId && isSettled(render));
      const now = await client.call('render.get', { renderId });
      return isSettled(now) ? now : (await next).render;
    },
    script: async (lines, voice = 'scratch/slt') => {
      const project = await client.call('project.ensure', { name: 'Test' });
      const text = `---\ntitle: Test\ncast:\n  NARRATOR: ${voice}\n---\n${lines.join('\n')}\n`;
      return client.call('script.save', {
        projectId: project.id,
        path: `test-${lines.length}.cue.txt`,
        source: { kind: 'text', text },
      });
    },
    chosen: ({ baseUrl, key, name = 'chosen', settings = {} }) =>
      client.call('workspace.add', { provider: 'chosen', name, baseUrl, key, settings }),
    close,
    remove: async () => {
      await close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
