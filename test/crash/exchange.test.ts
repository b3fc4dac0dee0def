/** `kill -9` at every step of one library taking another's place: the next start ends it, and neither of the two loses a file. */
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { migrate, pendingMigrations } from '#engine/index.ts';
import { noteExchange } from '#node/exchange.ts';
import { openLibraryFolder } from '#node/open-library.ts';

const childFile = fileURLToPath(new URL('exchange-child.ts', import.meta.url));
const open = (folder: string) => openLibraryFolder(folder, { migrate, pendingMigrations });
const home = mkdtempSync(join(tmpdir(), 'cuebooth-exchange-'));
const template = join(home, 'template');

/** Runs it to its end, or to its death at the nth step; resolves with how many steps it passed, null where it was killed. */
const run = (folder: string, nth: number): Promise<number | null> =>
  new Promise((resolve, reject) => {
    const child = spawn(execPath, ['--no-warnings', childFile, folder, String(nth)], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    let complaints = '';
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
    child.on('close', (code, signal) => {
      if (signal === 'SIGKILL') resolve(null);
      else if (code === 0) resolve((JSON.parse(said) as { passed: number }).passed);
      else reject(new Error(complaints));
    });
  });

const write = (folder: string, name: string): void => writeFileSync(join(folder, 'media', `${name}.txt`), name);
const build = async (folder: string, name: string): Promise<void> => {
  const library = await open(folder);
  library.database.exec(`CREATE TABLE whose (name TEXT); INSERT INTO whose VALUES ('${name}')`);
  await library.close();
  write(folder, name);
};
const whose = async (folder: string): Promise<unknown> => {
  const library = await open(folder);
  const found = library.database.prepare<{ name: string }>('SELECT name FROM whose').all();
  await library.close();
  return found.map(({ name }) => name);
};

let steps = 0;
beforeAll(async () => {
  await build(template, 'old');
  await build(join(template, 'restoring'), 'new');
  rmSync(join(template, 'restoring', 'lock.db'));
  const once = join(home, 'once');
  cpSync(template, once, { recursive: true });
  await noteExchange(once, 'restoring', 0);
  steps = (await run(once, 0)) ?? 0;
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

it('is ended by the next start, wherever the one before was killed', async () => {
  expect(steps).toBeGreaterThan(8);
  const check = async (nth: number): Promise<void> => {
    const parent = join(home, `killed-${nth}`);
    const folder = join(parent, 'library');
    cpSync(template, folder, { recursive: true });
    const { putAside } = await noteExchange(folder, 'restoring', 0);
    expect(await run(folder, nth), `step ${nth}`).toBeNull();
    // Now and then a second death, one step further on.
    if (nth % 4 === 0) await run(folder, 1);
    expect(await whose(folder), `step ${nth}`).toEqual(['new']);
    expect(await whose(putAside), `step ${nth}`).toEqual(['old']);
    expect(readFileSync(join(folder, 'media', 'new.txt'), 'utf8')).toBe('new');
    expect(readFileSync(join(putAside, 'media', 'old.txt'), 'utf8')).toBe('old');
    expect(
      readdirSync(folder).filter((name) => /exchange|restoring/.test(name)),
      `step ${nth}`,
    ).toEqual([]);
  };
  const all = Array.from({ length: steps }, (_, index) => index + 1);
  await Promise.all(
    [0, 1].map(async (lane) => {
      for (const nth of all.filter((step) => step % 2 === lane)) await check(nth);
    }),
  );
}, 60_000);
