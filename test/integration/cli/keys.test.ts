/** Where a key is after a whole run, and where it must not be: everything that was written or said is searched for it. */
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startGenerationsServer, type GenerationsServer } from '#hosts/demo/vendors/chosen/server.ts';
import { runCuebooth, type Ended } from './run-cuebooth.ts';

let folder: string;
let vendor: GenerationsServer;
let said: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cuebooth-keys-'));
  vendor = await startGenerationsServer({ serviceTimeMs: 5 });
  said = '';
  writeFileSync(join(folder, 'ad.cue.txt'), 'ANNOUNCER: Hello.\n');
});
afterEach(async () => {
  await vendor.close();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

const run = async (args: readonly string[], environment: Record<string, string> = {}): Promise<Ended> => {
  const ended = await runCuebooth(folder, args, environment);
  said += ended.out + ended.err;
  return ended;
};
/** Names of the files below the folder that hold the key, in any of the ways a program might write it. */
const holders = (key: string): string[] => {
  const shapes = [
    key,
    encodeURIComponent(key),
    Buffer.from(key).toString('base64'),
    Buffer.from(key, 'utf16le').toString('latin1'),
  ];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => {
      const bytes = readFileSync(file, 'latin1');
      return shapes.some((shape) => bytes.includes(shape));
    })
    .map((file) => file.slice(folder.length + 1));
};
const add = ['workspace', 'add', 'chosen', '--name', 'agency', '--key-env', 'K', '--base-url'];
const order = ['render', 'ad.cue.txt', '--voice', 'ANNOUNCER=agency/anna', '--yes', '--out', 'out'];
const refused = 'sk-wrong-5f1c27aa90b34d6e';

it('lies in the key store alone through adding, testing, rendering and rotating, and nowhere after it is removed', async () => {
  expect(await run([...add, vendor.baseUrl, '--json'], { K: refused })).toMatchObject({ code: 0 });
  expect((await run(['workspace', 'test', 'agency'])).code).toBe(6);
  expect((await run([...order, '--json'])).code).toBe(6);
  expect(holders(refused)).toEqual([join('app', 'keys-plain.json')]);

  expect((await run(['workspace', 'set-key', 'agency', '--key-env', 'K'], { K: vendor.apiKey })).code).toBe(0);
  expect(holders(refused)).toEqual([]);
  expect((await run(order)).code).toBe(0);
  expect(holders(vendor.apiKey)).toEqual([join('app', 'keys-plain.json')]);

  expect((await run(['workspace', 'remove-key', 'agency', '--yes'])).code).toBe(0);
  expect(holders(vendor.apiKey)).toEqual([]);
  expect(said).not.toContain(refused);
  expect(said).not.toContain(vendor.apiKey);
});

it('of this command only is tried and lies nowhere; the next command takes it from its variable', async () => {
  const added = await run([...add, vendor.baseUrl, '--session-only'], { K: vendor.apiKey });
  expect(added).toMatchObject({ code: 0, out: expect.stringContaining('agency works') });
  expect(holders(vendor.apiKey)).toEqual([]);
  expect((await run(['workspace', 'test', 'agency'])).code).toBe(6);
  expect((await run(['workspace', 'test', 'agency'], { CUEBOOTH_KEY_AGENCY: vendor.apiKey })).code).toBe(0);
  expect(holders(vendor.apiKey)).toEqual([]);
  expect(said).not.toContain(vendor.apiKey);
});
