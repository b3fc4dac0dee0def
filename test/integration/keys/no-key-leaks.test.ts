/**
 * A full run of the studio over three vendors, with keys set, refused, rotated and removed, with vendors that echo the key
 * in all their failures, with a fault of our own and a kill -9 in the middle; then every reply, event, log line and file
 * is searched for every key.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGenerationsServer } from '#hosts/demo/vendors/chosen/server.ts';
import { startElevenLabsServer } from '#hosts/demo/vendors/elevenlabs/server.ts';
import { startSupertoneServer } from '#hosts/demo/vendors/supertone/server.ts';
import { clockFrom } from '../../crash/child.ts';
import { runCuebooth } from '../cli/run-cuebooth.ts';
import { startEchoingVendor } from './echoing-vendor.ts';
import type { Plan, Vendor } from './life.ts';
import { filesIn, needlesOf, newKey, search } from './secrets.ts';

const lifeFile = fileURLToPath(new URL('life.ts', import.meta.url));
const providers = ['chosen', 'elevenlabs', 'supertone'] as const;
const speed = 100;

const keys: Readonly<Record<string, string>> = Object.fromEntries([
  ...providers.flatMap((provider) =>
    ['WRONG', 'RIGHT', 'ECHO'].map((kind) => [`${provider.toUpperCase()}_${kind}`, newKey()]),
  ),
  ['CLI_RIGHT', newKey()],
  ['CLI_WRONG', newKey()],
]);
const keyOf = (name: string): string => keys[name] ?? '';

interface Entry {
  readonly method?: string;
  readonly reply?: { readonly ok: boolean; readonly error?: { readonly code: string } };
  readonly signal?: { readonly push?: { readonly name: string } };
  readonly settled?: { readonly progress: { readonly succeeded: number; readonly failed: number } };
}

describe('a full run over all vendors', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cuebooth-keys-'));
  const outputs: (readonly [string, Buffer])[] = [];
  const ends: (() => Promise<void>)[] = [];
  const killed: (NodeJS.Signals | null)[] = [];
  let records: readonly Entry[] = [];
  let echoes = 0;

  const startLife = async (plan: Plan, name: string): Promise<void> => {
    const child = spawn(execPath, [lifeFile, JSON.stringify(plan)], {
      cwd: folder,
      env: {
        ...process.env,
        NODE_OPTIONS: '',
        NODE_COMPILE_CACHE: join(import.meta.dirname, '../../../node_modules/.cache/cli-tests'),
        TMPDIR: join(folder, 'tmp'),
        CUEBOOTH_TEST_CIPHER: cipherKey,
        ...Object.fromEntries(Object.entries(keys).map(([label, key]) => [`CUEBOOTH_TEST_KEY_${label}`, key])),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const closed = once(child, 'close');
    const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
    const [code, signal] = (await closed) as [number | null, NodeJS.Signals | null];
    outputs.push([`${name} stdout`, Buffer.from(out)], [`${name} stderr`, Buffer.from(err)]);
    killed.push(signal);
    if (code !== null && code !== 0) throw new Error(`The ${name} ended with ${code}: ${err.slice(-2000)}`);
  };
  const cipherKey = randomBytes(32).toString('hex');

  const cli = async (
    args: readonly string[],
    environment: { readonly [name: string]: string } = {},
    home = join(folder, 'cli'),
  ): Promise<void> => {
    const ended = await runCuebooth(home, args, { CUEBOOTH_DEBUG: '1', ...environment });
    outputs.push([`cuebooth ${args.join(' ')}, out`, Buffer.from(ended.out)]);
    outputs.push([`cuebooth ${args.join(' ')}, err`, Buffer.from(ended.err)]);
  };

  beforeAll(async () => {
    for (const name of ['library', 'app', 'tmp', 'cli']) mkdirSync(join(folder, name));
    const clockBase = Date.now();
    const clock = clockFrom(clockBase, speed);
    const [chosen, elevenlabs, supertone, echo] = await Promise.all([
      startGenerationsServer({ apiKey: keyOf('CHOSEN_RIGHT'), hasList: true, hasAccount: true }, clock),
      startElevenLabsServer(
        { apiKey: keyOf('ELEVENLABS_RIGHT'), faults: { cutAfter: 0.4, headersThenCut: 0.2 } },
        clock,
      ),
      startSupertoneServer(
        { apiKey: keyOf('SUPERTONE_RIGHT'), plan: 'enterprise', pastDays: 30, faults: { cutAfter: 0.5 } },
        clock,
      ),
      startEchoingVendor(),
    ]);
    ends.push(chosen.close, elevenlabs.close, supertone.close, echo.close);
    const voices = {
      chosen: 'Ava',
      elevenlabs: elevenlabs.voices()[0]?.voiceId ?? '',
      supertone: supertone.voices()[0]?.voice_id ?? '',
    };
    const baseUrls = { chosen: chosen.baseUrl, elevenlabs: elevenlabs.baseUrl, supertone: supertone.baseUrl };
    const vendors = providers.map(
      (provider): Vendor => ({
        provider,
        baseUrl: baseUrls[provider],
        voice: voices[provider],
        wrongKey: `${provider.toUpperCase()}_WRONG`,
        rightKey: `${provider.toUpperCase()}_RIGHT`,
        settings: provider === 'chosen' ? { answerTimeoutSeconds: 5 } : {},
      }),
    );
    const plan: Plan = {
      library: join(folder, 'library'),
      appData: join(folder, 'app'),
      record: join(folder, 'record.jsonl'),
      clockBase,
      speed,
      vendors,
      echoes: vendors.map((vendor) => ({
        ...vendor,
        baseUrl: echo.baseUrl,
        rightKey: `${vendor.provider.toUpperCase()}_ECHO`,
      })),
      isKilled: true,
    };
    await startLife(plan, 'first life');
    await startLife({ ...plan, isKilled: false }, 'second life');

    writeFileSync(join(folder, 'cli', 'ad.cue.txt'), 'ANNOUNCER: One line from the command line.\n');
    chosen.change({ apiKey: keyOf('CLI_RIGHT') });
    const right = { AGENCY_KEY: keyOf('CLI_RIGHT') };
    const wrong = { AGENCY_KEY: keyOf('CLI_WRONG') };
    const named = ['--name', 'agency', '--base-url', chosen.baseUrl, '--key-env', 'AGENCY_KEY'];
    await cli(['workspace', 'add', 'chosen', ...named, '--json'], wrong);
    await cli(['workspace', 'test', '--json'], wrong);
    await cli(['render', 'ad.cue.txt', '--voice', 'ANNOUNCER=agency/Ava', '--yes', '--json']);
    await cli(['workspace', 'set-key', 'agency', '--key-env', 'AGENCY_KEY', '--json'], right);
    await cli(['render', 'ad.cue.txt', '--voice', 'ANNOUNCER=agency/Ava', '--yes', '--json']);
    await cli(['workspace', 'add', 'supertone', '--name', keyOf('CLI_WRONG'), '--key-env', keyOf('CLI_WRONG')]);
    for (const args of [
      'workspace list',
      'workspace test',
      'voices list',
      'credits',
      'ledger',
      'history search',
      'takes',
    ])
      await cli([...args.split(' '), '--json']);
    // The same library once more from the command line: its backup, its doctor, its log.
    for (const args of ['backup', 'doctor', 'history search', 'queue list'])
      await cli([...args.split(' '), '--json'], {}, folder);
    records = readFileSync(plan.record, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Entry);
    echoes = echo.echoes();
  }, 300_000);
  afterAll(async () => {
    await Promise.all(ends.map((end) => end()));
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  it('went through what it was meant to go through', () => {
    expect(killed[0]).toBe('SIGKILL');
    expect(killed[1]).toBeNull();
    expect(echoes).toBeGreaterThan(60);
    const replies = records.filter(({ reply }) => reply !== undefined);
    const failed = new Set(replies.flatMap(({ reply }) => reply?.error?.code ?? []));
    expect([...failed]).toEqual(expect.arrayContaining(['key_refused', 'internal', 'unknown_method', 'invalid_input']));
    const worked = new Set(replies.filter(({ reply }) => reply?.ok === true).map(({ method }) => method));
    expect([...worked]).toEqual(
      expect.arrayContaining([
        'workspace.add',
        'workspace.setKey',
        'workspace.removeKey',
        'workspace.test',
        'voice.list',
        'account.refresh',
        'usage.sync',
        'history.sync',
        'render.enqueue',
      ]),
    );
    const settled = records.flatMap((record) => record.settled ?? []);
    expect(settled.some(({ progress }) => progress.succeeded > 0)).toBe(true);
    expect(settled.some(({ progress }) => progress.failed > 0)).toBe(true);
  });

  it('left no key in any reply, event, log line or file', () => {
    const needles = needlesOf(keys);
    const record = readFileSync(join(folder, 'record.jsonl'));
    const found = {
      'replies and events': search([['record.jsonl', record]], needles),
      'output of the processes': search(outputs, needles),
      'library folder': search(filesIn(join(folder, 'library')), needles),
      'app-data folder': search(filesIn(join(folder, 'app')), needles),
      'temporary files': search(filesIn(join(folder, 'tmp')), needles),
      // The plain key file was asked for in words; it is the one place that may hold keys.
      'folder of the command line': search(filesIn(join(folder, 'cli'), [join('app', 'keys-plain.json')]), needles),
    };
    const counts = { replies: 0, events: 0 };
    for (const { reply, signal } of records) {
      if (reply !== undefined) counts.replies += 1;
      if (signal?.push !== undefined) counts.events += 1;
    }
    const places = Object.entries(found).map(
      ([name, { places, bytes }]) => `  ${name}: ${places} places, ${bytes.toLocaleString('en')} bytes`,
    );
    process.stdout.write(
      `Searched for ${Object.keys(keys).length} keys in ${needles.length} forms, among ${counts.replies} replies and ${counts.events} events:\n${places.join('\n')}\n`,
    );
    expect(Object.values(found).flatMap(({ leaks }) => leaks)).toEqual([]);
    expect(found['library folder'].places).toBeGreaterThan(5);
    expect(found['app-data folder'].places).toBeGreaterThanOrEqual(3);
  });

  it('kept the keys where they belong: encrypted, and readable only to whoever has the means', () => {
    const file = JSON.parse(readFileSync(join(folder, 'app', 'keys.json'), 'utf8')) as { readonly keys: object };
    expect(Object.keys(file.keys).length).toBeGreaterThanOrEqual(6);
    expect(readFileSync(join(folder, 'cli', 'app', 'keys-plain.json'), 'utf8')).toContain(keyOf('CLI_RIGHT'));
  });
});

describe('the search itself', () => {
  const key = newKey();
  const needles = needlesOf({ PLANTED: key });
  it.each([
    ['as it is', key],
    ['cut off', key.slice(0, 20)],
    ['in Base64', Buffer.from(`Bearer ${key} and more`).toString('base64')],
    ['in Base64, one byte on', Buffer.from(`Bearer  ${key} and more`).toString('base64')],
    ['in Base64, two bytes on', Buffer.from(`Bearer   ${key} and more`).toString('base64url')],
    ['URL-encoded', `?key=${encodeURIComponent(key)}`],
    ['in hex', Buffer.from(key).toString('hex')],
  ])('finds a key %s', (_how, planted) => {
    expect(search([['a file', Buffer.from(`before ${planted} after`)]], needles).leaks).not.toEqual([]);
  });
  it('finds nothing where only its hint stands', () => {
    expect(search([['a file', Buffer.from(`...${key.slice(-4)}`)]], needles).leaks).toEqual([]);
  });
});
