import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createClock } from '#node/clock.ts';
import { createNodeHash } from '#node/hash.ts';
import { createIds } from '#node/ids.ts';
import { createLogger, openLogFile } from '#node/logger.ts';
import { openMachineSettings } from '#node/machine-settings.ts';
import { findPaths } from '#node/paths.ts';
import { readPerson } from '#node/person.ts';
import { createRedactor } from '#node/redact.ts';
import { useTempFolders } from './temp-folder.ts';

const tempFolder = useTempFolders();

describe('the clock', () => {
  it('calls in the order of the delays, and never what was called off', async () => {
    const clock = createClock({ speed: 1_000 });
    const calls: string[] = [];
    await new Promise<void>((done) => {
      clock.after(60_000, () => {
        calls.push('late');
        done();
      });
      clock.after(10_000, () => calls.push('early'));
      clock.after(30_000, () => calls.push('never'))();
      const endless = clock.after(Number.MAX_SAFE_INTEGER, () => calls.push('never'));
      clock.after(59_000, endless);
    });
    expect(calls).toEqual(['early', 'late']);
  });

  it('runs as many times faster as asked, on both faces', async () => {
    const clock = createClock({ speed: 1_000 });
    const from = [clock.now(), clock.monotonic()] as const;
    await new Promise<void>((done) => void clock.after(20_000, done));
    expect(clock.now() - from[0]).toBeGreaterThan(10_000);
    expect(clock.monotonic() - from[1]).toBeGreaterThan(10_000);
  });
});

describe('ids', () => {
  it('are UUIDv7, rise, and carry the time', () => {
    const ids = createIds(() => 1_700_000_000_000);
    const many = Array.from({ length: 20_000 }, () => ids.next());
    expect(many[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(Number.parseInt((many[0] ?? '').replace('-', '').slice(0, 12), 16)).toBe(1_700_000_000_000);
    expect(new Set(many).size).toBe(many.length);
    expect([...many].sort()).toEqual(many);
  });

  it('still rise when the clock goes back', () => {
    let now = 2_000_000;
    const ids = createIds(() => now);
    const first = ids.next();
    now = 1_000_000;
    expect(ids.next() > first).toBe(true);
  });

  it('have secrets that are UUIDv4', () => {
    expect(createIds().secret()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});

it('hashes in pieces what it hashes at once', () => {
  const hash = createNodeHash();
  expect(
    hash
      .sha256()
      .update('a')
      .update(new Uint8Array([98, 99]))
      .hex(),
  ).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});

describe('the redactor', () => {
  const key = 'sk_51a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f708';
  const hex = '0123456789abcdef0123456789abcdef';

  it.each([
    `xi-api-key: ${key}`,
    `{"xi-api-key":"${key}"}`,
    'x-sup-api-key: plain-words-key',
    'Authorization: Bearer abc.def',
    'sent with Bearer abcdef123456',
    `the key ${key} was refused`,
    `key=${hex}`,
    'https://host/a?token=abc&x=1',
    'proxy http://ann:plain-words@proxy:8080 failed',
    'Cookie: session=plain-words',
    'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9',
  ])('takes the secret out of %j', (text) => {
    const output = createRedactor().text(text);
    expect(output).toContain('[redacted]');
    expect(output).not.toMatch(/51a2b3c4|0123456789abcdef|plain-words|abc|eyJ/);
  });

  it('leaves what is no secret', () => {
    for (const text of [
      'render 0198c0de-1111-7abc-8def-0123456789ab done',
      '/home/ann/Documents/spring-sale-campaign/scripts/long-name.txt',
      'The key of workspace Acme was refused.',
      'a-very-long-hyphenated-file-name-with-words-only',
    ]) {
      expect(createRedactor().text(text)).toBe(text);
    }
  });

  it('goes through fields by name and by value, errors and their causes too', () => {
    const redactor = createRedactor();
    redactor.register('my registered secret');
    const sha = 'a1'.repeat(32);
    const output = redactor.value({
      apiKey: 'x',
      headers: { Authorization: 'y', accept: 'audio/wav' },
      recipeHash: sha,
      note: ['has my registered secret in it', sha],
      error: new Error(`refused ${key}`, { cause: new Error('my registered secret') }),
      body: new Uint8Array(3),
      count: 3,
    });
    expect(output).toMatchObject({
      apiKey: '[redacted]',
      headers: { Authorization: '[redacted]', accept: 'audio/wav' },
      recipeHash: sha,
      body: '[3 bytes]',
      count: 3,
    });
    const text = JSON.stringify(output);
    expect(text).not.toContain('registered secret');
    expect(text).not.toContain('51a2b3c4');
    expect((output as { note: string[] }).note[1]).toBe('[redacted]');
  });

  it('does not run forever on a ring', () => {
    const ring: Record<string, unknown> = { name: 'ring' };
    ring['self'] = ring;
    expect(JSON.stringify(createRedactor().value(ring))).toContain('[deeper]');
  });
});

describe('the logger', () => {
  it('writes one line for each event from its level up', () => {
    const lines: string[] = [];
    const logger = createLogger({ level: 'warn', write: (line) => lines.push(line), now: () => 0 });
    logger.info('not this');
    logger.warn('two\nlines', { apiKey: 'x', workspace: 'Acme' });
    logger.error('bad');
    expect(lines).toEqual([
      '1970-01-01T00:00:00.000Z warn  two | lines {"apiKey":"[redacted]","workspace":"Acme"}\n',
      '1970-01-01T00:00:00.000Z error bad\n',
    ]);
  });

  it('writes JSON lines when asked', () => {
    const lines: string[] = [];
    createLogger({ json: true, write: (line) => lines.push(line), now: () => 0 }).info('hello', { count: 2 });
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      { time: '1970-01-01T00:00:00.000Z', level: 'info', message: 'hello', count: 2 },
    ]);
  });

  it('turns the file over when it is full and keeps so many', () => {
    const path = join(tempFolder(), 'logs/cuebooth.log');
    const file = openLogFile(path, { maxBytes: 100, keep: 2 });
    for (let number = 0; number < 10; number += 1) file.write(`line ${number} ${'x'.repeat(40)}\n`);
    file.close();
    expect(readFileSync(path, 'utf8')).toContain('line 9');
    expect(readFileSync(`${path}.1`, 'utf8')).toContain('line 7');
    expect(existsSync(`${path}.2`)).toBe(true);
    expect(existsSync(`${path}.3`)).toBe(false);
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('never fails the work that it writes about', () => {
    const file = openLogFile(join(tempFolder(), 'a\0b/c.log'));
    file.write('x\n');
    file.close();
  });
});

describe('this machine', () => {
  it('has its folders where the environment says', () => {
    expect(findPaths({ CUEBOOTH_LIBRARY: 'some/place' }).defaultLibrary).toBe(resolve('some/place'));
    expect(findPaths({ CUEBOOTH_APP_DATA: '/x/app' })).toEqual({
      appData: resolve('/x/app'),
      logs: resolve('/x/app/logs'),
      defaultLibrary: resolve('/x/app/library'),
    });
    expect(findPaths({}).appData).toMatch(/cuebooth/i);
  });

  it('names a person and a machine', () => {
    const { person, machine } = readPerson();
    expect(person).not.toBe('');
    expect(machine).not.toBe('');
  });

  it('remembers settings, and takes dots in names literally', async () => {
    const folder = tempFolder();
    const settings = await openMachineSettings(folder);
    expect(settings.get('window')).toBeNull();
    settings.set('window', { width: 1280 });
    settings.set('a.b', 1);
    settings.set('gone', 1);
    settings.set('gone', null);
    const again = await openMachineSettings(folder);
    expect([again.get('window'), again.get('a.b'), again.get('a'), again.get('gone')]).toEqual([
      { width: 1280 },
      1,
      null,
      null,
    ]);
  });
});
