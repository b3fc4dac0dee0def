/** A library as a host opens it: backups, maintenance and doctor included. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDirectTransport } from '#client/direct.ts';
import { type Client, createClient } from '#client/index.ts';
import { createEngine, migrate, pendingMigrations, type Engine } from '#engine/index.ts';
import type { Clock, KeyVault, WritableDatabase } from '#engine/ports.ts';
import { composePorts } from '#node/compose-ports.ts';
import { createLogger } from '#node/logger.ts';
import { openLibraryFolder, openLibraryReadOnly, type OpenLibrary } from '#node/open-library.ts';
import { createMemoryVault } from '#node/vault/memory.ts';
import { later, sharedCompute } from '#test/builders/endings.ts';

export { endAll, later } from '#test/builders/endings.ts';

export const tempFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'cuebooth-library-'));
  later(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};
export const open = (folder: string): Promise<OpenLibrary> => openLibraryFolder(folder, { migrate, pendingMigrations });

export interface Hosted {
  readonly folder: string;
  readonly library: OpenLibrary;
  readonly engine: Engine;
  readonly client: Client;
  readonly vault: KeyVault;
  close(): Promise<void>;
}
export const openHosted = async (
  folder: string,
  options: {
    readonly start?: boolean;
    readonly dailyBackup?: boolean;
    readonly vault?: KeyVault;
    readonly clock?: Clock;
  } = {},
): Promise<Hosted> => {
  const library = await open(folder);
  const vault = options.vault ?? createMemoryVault();
  const shared = sharedCompute();
  const composed = composePorts({
    library,
    vault,
    userAgent: 'Cuebooth/test',
    dailyBackup: options.dailyBackup ?? false,
    logger: createLogger({ level: 'error' }),
    compute: () => ({ ...shared, close: () => Promise.resolve() }),
    ...(options.clock === undefined ? {} : { clock: options.clock }),
  });
  const engine = createEngine(composed.ports, {
    person: 'tester',
    machine: 'test',
    version: '0.0.0-test',
    libraryPath: folder,
    notices: library.notices,
    maintenance: {
      backup: () => library.backups.make(),
      backups: async () => library.backups.list(),
      integrity: async () => {
        const { ok, problems } = await library.maintenance.integrityCheck();
        return ok ? 'ok' : problems.join('; ');
      },
    },
  });
  const client = createClient(createDirectTransport(engine.router));
  if (options.start !== false) await engine.start();
  let closed = false;
  const close = async (): Promise<void> => {
    if (closed) return;
    closed = true;
    await engine.shutdown('park');
    client.close();
    await composed.close();
  };
  later(close);
  return { folder, library, engine, client, vault, close };
};

/** A second process that only reads. */
export const openReader = (folder: string): { readonly client: Client } => {
  const reader = openLibraryReadOnly(folder, { pendingMigrations });
  const refuse = (): never => {
    throw new Error('A reader never writes.');
  };
  const database = {
    prepare: reader.database.prepare,
    exec: refuse,
    transaction: refuse,
    close: refuse,
  } as unknown as WritableDatabase;
  const composed = composePorts({
    library: {
      path: folder,
      databaseFile: join(folder, 'library.db'),
      database,
      files: reader.files,
      maintenance: { checkpoint: refuse, backup: refuse, integrityCheck: refuse, close: () => Promise.resolve() },
      backups: { list: () => [], ensureDaily: refuse, before: refuse, make: refuse },
      notices: [],
      noteUrl: refuse,
      close: async () => reader.close(),
    },
    vault: createMemoryVault(),
    userAgent: 'Cuebooth/test',
    dailyBackup: false,
    logger: createLogger({ level: 'error', write: () => undefined }),
  });
  const engine = createEngine(composed.ports, {
    person: 'tester',
    machine: 'test',
    version: '0.0.0-test',
    libraryPath: folder,
    readOnly: true,
  });
  later(() => composed.close());
  return { client: createClient(createDirectTransport(engine.router)) };
};

/** Renders these lines to their end and returns the render. */
export const renderAll = async (client: Client, lines: readonly string[], voice = 'scratch/slt', name = 'Test') => {
  const project = await client.call('project.ensure', { name: 'Test' });
  const source = {
    kind: 'text' as const,
    text: `---\ntitle: ${name}\ncast:\n  NARRATOR: ${voice}\n---\n${lines.join('\n')}\n`,
  };
  const script = await client.call('script.save', { projectId: project.id, path: `${name}.cue.txt`, source });
  const render = await client.call('render.enqueue', { scriptId: script.id });
  const ended = new Promise<void>((resolve) => {
    const end = client.on('render.changed', (push) => {
      if (push.render.id !== render.id || push.render.state !== 'done') return;
      end();
      resolve();
    });
  });
  if ((await client.call('render.get', { renderId: render.id })).state !== 'done') await ended;
  return client.call('render.get', { renderId: render.id });
};
