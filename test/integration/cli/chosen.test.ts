import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startGenerationsServer, type GenerationsServer } from '#hosts/demo/vendors/chosen/server.ts';
import type { GenerationsServerOptions } from '#hosts/demo/vendors/chosen/options.ts';
import { runCuebooth, type Ended } from './run-cuebooth.ts';

let folder: string;
let vendor: GenerationsServer | null = null;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cuebooth-cli-'));
  await writeFile(join(folder, 'ad.cue.txt'), 'ANNOUNCER: Hello {{city}}, spring is here.\nANNOUNCER: Goodbye.\n');
  await writeFile(
    join(folder, 'ad.csv'),
    `variant,city\n${['Lyon', 'Paris', 'Nice', 'Lille'].map((city) => `${city},${city}`).join('\n')}\n`,
  );
});
afterEach(async () => {
  await vendor?.close();
  vendor = null;
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

const open = async (options: Partial<GenerationsServerOptions> = {}): Promise<GenerationsServer> => {
  vendor = await startGenerationsServer({ serviceTimeMs: 20, ...options });
  const added = await runCuebooth(
    folder,
    ['workspace', 'add', 'chosen', '--name', 'agency', '--base-url', vendor.baseUrl, '--key-env', 'AGENCY_KEY'],
    {
      AGENCY_KEY: vendor.apiKey,
    },
  );
  expect(added).toMatchObject({ code: 0, out: 'Added agency (chosen).\n' });
  return vendor;
};
const order = ['render', 'ad.cue.txt', '--variants', 'ad.csv', '--voice', 'ANNOUNCER=agency/anna'];
const summaryOf = (ended: Ended) => JSON.parse(ended.out.trim().split('\n').at(-1) ?? '') as Record<string, unknown>;
const ledger = async () =>
  JSON.parse((await runCuebooth(folder, ['ledger', '--json'])).out) as {
    vendorId: string;
    chargedCredits: number;
    project: string;
  }[];

describe('an order that costs credits', () => {
  it('is refused where nobody can agree to it, before the vendor hears of it', async () => {
    const { counts } = await open();
    const refused = await runCuebooth(folder, order);
    expect(refused.code).toBe(2);
    expect(refused.err).toContain('add --yes to agree');
    expect(counts()['posts'] ?? 0).toBe(0);
  });

  it("is paid once, and our ledger is the vendor's", async () => {
    const server = await open();
    expect((await runCuebooth(folder, [...order, '--yes', '--out', 'out', '--project', 'Spring'])).code).toBe(0);
    expect((await runCuebooth(folder, [...order, '--out', 'again', '--project', 'Spring'])).out).toContain(
      'Nothing to render',
    );
    const ours = await ledger();
    const theirs = server.ledger();
    expect(ours).toHaveLength(5);
    expect(new Map(ours.map((row) => [row.vendorId, row.chargedCredits]))).toEqual(
      new Map(theirs.map((row) => [row.id, row.chargedCredits])),
    );
    expect(new Set(ours.map((row) => row.project))).toEqual(new Set(['Spring']));
    expect(server.billedTwice()).toEqual([]);
  });

  it('stops at its budget with 5, keeps what it has, and goes on with a larger one', async () => {
    const server = await open();
    const stopped = await runCuebooth(folder, [...order, '--yes', '--budget', '30', '--json']);
    expect(stopped.code).toBe(5);
    expect(stopped.err).toContain('The budget of 30 credits is used up');
    const { renderId } = summaryOf(stopped) as { renderId: string };
    expect((await runCuebooth(folder, ['queue', 'resume', '--render', renderId, '--budget', '10000'])).code).toBe(0);
    expect((await runCuebooth(folder, [...order, '--yes'])).code).toBe(0);
    expect(server.ledger()).toHaveLength(5);
    expect(server.billedTwice()).toEqual([]);
  });

  it('lists the lines that failed by cause and ends with 1', async () => {
    await open();
    await writeFile(join(folder, 'ad.csv'), 'variant,city\na,unspeakable\nb,Lyon\n');
    const ended = await runCuebooth(folder, [...order, '--yes', '--json']);
    expect(ended.code).toBe(1);
    expect(summaryOf(ended)).toMatchObject({ progress: { succeeded: 2, failed: 1 }, errors: [{ count: 1 }] });
    expect(ended.err).toContain('1 line failed:');
  });
});

describe('a key', () => {
  it('that the vendor refuses fails the lines with that cause, and nothing is billed', async () => {
    const server = await open();
    expect(
      (
        await runCuebooth(folder, ['workspace', 'set-key', 'agency', '--key-env', 'OTHER'], {
          OTHER: 'wrong-key-0123456789',
        })
      ).code,
    ).toBe(0);
    const ended = await runCuebooth(folder, [...order, '--yes']);
    expect(ended.code).toBe(6);
    expect(ended.err).toContain('did not accept the API key');
    expect(ended.err).not.toContain('wrong-key-0123456789');
    expect(server.ledger()).toHaveLength(0);
  });

  it('is in nothing that the program prints', async () => {
    const { apiKey } = await open();
    for (const verb of [
      ['workspace', 'list'],
      ['workspace', 'list', '--json'],
      ['workspace', 'test', '--json'],
      ['doctor', '--json'],
    ]) {
      const { out, err } = await runCuebooth(folder, verb);
      expect(out + err).not.toContain(apiKey);
    }
  });
});
