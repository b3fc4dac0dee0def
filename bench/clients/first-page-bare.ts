/** better-sqlite3 with nothing around it: open the same library, read the same page. Without a folder it is bare Node. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type Sqlite from 'better-sqlite3';
import { giveAnswer, orderOf, sayWord } from '../setup/client-side.ts';

const firstLine = performance.now();
const { folder } = orderOf<{ readonly folder: string | null }>();
let takes = 0;
if (folder !== null) {
  const open = createRequire(import.meta.url)('better-sqlite3') as typeof Sqlite;
  const database = new open(join(folder, 'library.db'));
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  takes = database
    .prepare(
      'SELECT t.id, t.take_no, t.format, t.bytes, t.duration_ms, t.created_at, c.hash, c.voice, c.text FROM takes t JOIN recipes c ON c.id = t.recipe_id ORDER BY t.seq DESC LIMIT 50',
    )
    .all().length;
  sayWord('page');
  const ownMs = performance.now() - firstLine;
  globalThis.gc?.();
  giveAnswer({ takes, ownMs, rssMb: process.memoryUsage.rss() / 1024 ** 2, searchedRssMb: 0 });
  database.close();
} else {
  sayWord('page');
  globalThis.gc?.();
  giveAnswer({ takes, ownMs: 0, rssMb: process.memoryUsage.rss() / 1024 ** 2, searchedRssMb: 0 });
}
