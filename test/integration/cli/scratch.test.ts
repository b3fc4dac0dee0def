import { once } from 'node:events';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { endOf, runCuebooth, sampleArgs, startCuebooth } from './run-cuebooth.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cuebooth-cli-'));
});
afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));

const script = 'ANNOUNCER: Hello {{city}}.\nANNOUNCER: Goodbye.\n';
const smallOrder = async (): Promise<string[]> => {
  await writeFile(join(folder, 'small.cue.txt'), `---\ncast:\n  ANNOUNCER: scratch/slt\n---\n${script}`);
  await writeFile(join(folder, 'small.csv'), 'variant,city\na,Lyon\nb,Paris\nc,Lyon\n');
  return ['render', 'small.cue.txt', '--variants', 'small.csv'];
};

describe('the bundled campaign', () => {
  it('becomes one playable file for every variant and line, and rendering it again renders nothing', async () => {
    const first = await runCuebooth(folder, [...sampleArgs, '--out', 'out', '--yes']);
    expect(first.err).toContain('in 24 variants: 144 items, 70 distinct');
    expect(first).toMatchObject({ code: 0, out: expect.stringContaining('144 files in out: 144 written.') });
    const names = await readdir(join(folder, 'out'));
    expect(names).toHaveLength(144);
    for (const name of names) {
      const bytes = await readFile(join(folder, 'out', name));
      expect(bytes.subarray(0, 4).toString()).toBe('RIFF');
      expect(bytes.length).toBeGreaterThan(10_000);
    }

    const again = await runCuebooth(folder, [...sampleArgs, '--out', 'other', '--yes', '--json']);
    const summary = JSON.parse(again.out.trim().split('\n').at(-1) ?? '') as Record<string, unknown>;
    expect(summary).toMatchObject({
      type: 'summary',
      exitCode: 0,
      progress: { owned: 70, succeeded: 0 },
      out: { folder: 'other', written: 144, missing: 0 },
    });
  });
});

describe('a small order', () => {
  it('shares a take between variants that say the same', async () => {
    const order = await smallOrder();
    const rendered = await runCuebooth(folder, [...order, '--out', 'out', '--name', '{variant}/{line}']);
    expect(rendered.out).toBe(
      '3 of 3 lines ready: 3 rendered, 0 owned already; nothing was charged.\n6 files in out: 6 written.\n',
    );
    expect(await readFile(join(folder, 'out/a/01.wav'))).toEqual(await readFile(join(folder, 'out/c/01.wav')));
    expect(await readFile(join(folder, 'out/a/01.wav'))).not.toEqual(await readFile(join(folder, 'out/b/01.wav')));
  });

  it('is only looked at by a dry run', async () => {
    const order = await smallOrder();
    expect(await runCuebooth(folder, [...order, '--dry-run'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('6 items, 3 distinct'),
    });
    expect(JSON.parse((await runCuebooth(folder, ['queue', '--all', '--json'])).out)).toEqual([]);
    expect(JSON.parse((await runCuebooth(folder, ['ledger', '--json'])).out)).toEqual([]);
  });

  it('gets one more take of every line with --retake', async () => {
    const order = await smallOrder();
    await runCuebooth(folder, order);
    expect((await runCuebooth(folder, [...order, '--retake', '--out', 'out'])).out).toContain('3 rendered');
    expect((await readdir(join(folder, 'out'))).every((name) => name.endsWith('_take2.wav'))).toBe(true);
    expect(JSON.parse((await runCuebooth(folder, ['takes', '--json'])).out)).toHaveLength(6);
  });

  it('is not rendered while its table has errors', async () => {
    const order = await smallOrder();
    await writeFile(join(folder, 'small.csv'), 'variant,city\na,Lyon\na,Paris\n');
    const refused = await runCuebooth(folder, order);
    expect(refused).toMatchObject({ code: 2, out: '' });
    expect(refused.err).toMatch(/small\.csv, row 2.*error/);
    expect(JSON.parse((await runCuebooth(folder, ['takes', '--json'])).out)).toEqual([]);
  });

  it('says the words that the lexicon changed', async () => {
    const order = await smallOrder();
    await writeFile(join(folder, 'words.csv'), 'word,say\nLyon,Lee-on\n');
    expect((await runCuebooth(folder, ['lexicon', 'import', 'words.csv'])).code).toBe(0);
    expect((await runCuebooth(folder, [...order, '--dry-run'])).out).toContain('Lyon → Lee-on');
  });
});

it('lets everybody read, and nobody write, while the studio is open', async () => {
  const studio = startCuebooth(folder, ['serve', '--no-open', '--json']);
  const ended = endOf(studio);
  if (studio.stdout === null) throw new Error('the studio has no output');
  const [line] = (await once(createInterface({ input: studio.stdout }), 'line')) as [string];
  const { url, port } = JSON.parse(line) as { url: string; port: number };
  expect(url).toMatch(new RegExp(`^http://127\\.0\\.0\\.1:${port}/#`));
  for (const verb of [['takes'], ['ledger'], ['queue', 'list'], ['lexicon', 'list']]) {
    const read = await runCuebooth(folder, [...verb, '--json']);
    expect(read.code).toBe(0);
    expect(JSON.parse(read.out)).toEqual([]);
  }
  const second = await runCuebooth(folder, ['backup']);
  expect(second.code).toBe(3);
  expect(second.err).toContain(`Cuebooth already has this library open (process ${studio.pid})`);
  studio.kill('SIGTERM');
  expect((await ended).code).toBe(0);
  expect((await runCuebooth(folder, ['backup'])).code).toBe(0);
});

it('brings the sample campaign into a library that was never used, and only there', async () => {
  for (const expected of [true, false]) {
    const studio = startCuebooth(folder, ['serve', '--no-open', '--json']);
    const ended = endOf(studio);
    if (studio.stdout === null) throw new Error('the studio has no output');
    await once(createInterface({ input: studio.stdout }), 'line');
    studio.kill('SIGTERM');
    expect((await ended).err.includes('sample campaign')).toBe(expected);
  }
});

it('ends quietly when its reader goes away', async () => {
  const order = await smallOrder();
  await runCuebooth(folder, order);
  const child = startCuebooth(folder, ['ledger', '--json']);
  child.stdout?.destroy();
  let said = '';
  child.stderr?.on('data', (piece) => {
    said += String(piece);
  });
  const [code] = (await once(child, 'close')) as [number];
  expect({ code, said }).toEqual({ code: 0, said: '' });
});

it('stops at Ctrl-C with 130, and the same command takes up what is open', async () => {
  await writeFile(join(folder, 'long.cue.txt'), `A: ${'A line that takes its time to be spoken. '.repeat(4)}{{n}}\n`);
  await writeFile(
    join(folder, 'long.csv'),
    `variant,n\n${Array.from({ length: 30 }, (_, row) => `v${row},${row}`).join('\n')}\n`,
  );
  const order = ['render', 'long.cue.txt', '--variants', 'long.csv', '--voice', 'A=scratch/slt', '--json'];
  const child = startCuebooth(folder, order);
  const ended = endOf(child);
  let pressed = false;
  child.stdout?.on('data', (piece) => {
    if (pressed || !/"succeeded":[1-9]/.test(String(piece))) return;
    pressed = true;
    child.kill('SIGINT');
  });
  const stopped = await ended;
  expect(stopped.code).toBe(130);
  expect(stopped.err).toContain('run the same command again');
  expect(JSON.parse(stopped.out.trim().split('\n').at(-1) ?? '')).toMatchObject({
    type: 'summary',
    interrupted: true,
    exitCode: 130,
  });
  const open = JSON.parse((await runCuebooth(folder, ['queue', '--json', '--limit', '1000'])).out) as {
    state: string;
  }[];
  expect(open.length).toBeGreaterThan(0);
  expect(new Set(open.map(({ state }) => state))).toEqual(new Set(['queued']));
  const rest = await runCuebooth(folder, order);
  expect(rest.code).toBe(0);
  expect(JSON.parse((await runCuebooth(folder, ['takes', '--json', '--limit', '1000'])).out)).toHaveLength(30);
});
