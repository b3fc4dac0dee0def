/** The product's start: library opened and locked, engine composed and started, then the first page of takes. */
import { createDirectTransport } from '#client/direct.ts';
import { createClient } from '#client/index.ts';
import { createEngine, migrate, pendingMigrations } from '#engine/index.ts';
import { composePorts } from '#node/compose-ports.ts';
import { createLogger } from '#node/logger.ts';
import { openLibraryFolder } from '#node/open-library.ts';
import { createMemoryVault } from '#node/vault/memory.ts';
import { giveAnswer, orderOf, sayWord } from '../setup/client-side.ts';

const firstLine = performance.now();
const { folder, searches } = orderOf<{ readonly folder: string; readonly searches: number }>();
const library = await openLibraryFolder(folder, { migrate, pendingMigrations });
const composed = composePorts({
  library,
  vault: createMemoryVault(),
  userAgent: 'Cuebooth/bench',
  dailyBackup: false,
  logger: createLogger({ level: 'error' }),
});
const engine = createEngine(composed.ports, {
  person: 'bench',
  machine: 'bench',
  version: '0.0.0',
  libraryPath: folder,
});
const client = createClient(createDirectTransport(engine.router));
const starting = engine.start();
const { takes } = await client.call('take.list', { limit: 50 });
sayWord('page');
const ownMs = performance.now() - firstLine;
await starting;
globalThis.gc?.();
const rssMb = process.memoryUsage.rss() / 1024 ** 2;
for (let index = 0; index < searches; index += 1)
  await client.call('take.list', { limit: 50, search: `number ${index * 800 + 1}.` });
globalThis.gc?.();
const searchedRssMb = process.memoryUsage.rss() / 1024 ** 2;
await engine.shutdown('park');
client.close();
await composed.close();
giveAnswer({ takes: takes.length, ownMs, rssMb, searchedRssMb });
