/**
 * The exactly-once proof: an order against a fake vendor with faults, then vendor's books = our books = takes on disk,
 * nothing twice, nothing lost. Shared by the tests, the long proof and the crash suite.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '#engine/ports.ts';
import { createClock } from '#node/clock.ts';
import type { LedgerRow as FakeRow } from '#hosts/demo/vendors/chosen/ledger.ts';
import { faultMixes, type GenerationsServerOptions } from '#hosts/demo/vendors/chosen/options.ts';
import { startGenerationsServer } from '#hosts/demo/vendors/chosen/server.ts';
import { openStudio, type Studio } from './studio.ts';

/** One row of a vendor's own books, as any fake tells them. */
export interface VendorRow {
  readonly id: string;
  readonly key: string | null;
  readonly body: string;
  /** Credits charged, net of refunds. */
  readonly net: number;
  readonly audioSha256: string | null;
}
export const vendorRow = ({ id, key, body, chargedCredits, refundedCredits, audioSha256 }: FakeRow): VendorRow => ({
  id,
  key,
  body,
  net: chargedCredits - refundedCredits,
  audioSha256,
});
export type FakeMix = keyof typeof faultMixes;

export interface Verdict {
  readonly lines: number;
  readonly stored: number;
  readonly lost: number;
  readonly billedTwice: number;
  readonly vendorCredits: number;
  readonly ourCredits: number;
  readonly asking: number;
  readonly complaints: readonly string[];
}

/** Compares the vendor's books with the library's. `texts` are what was ordered, each once. */
export const compareBooks = async (
  studio: Studio,
  vendor: readonly VendorRow[],
  texts: readonly string[],
): Promise<Verdict> => {
  const complaints: string[] = [];
  const ledger = await studio.client.call('ledger.list', {});
  const jobs = await studio.client.call('queue.list', { limit: 1000 });
  const byVendorId = new Map(ledger.filter(({ vendorId }) => vendorId !== null).map((row) => [row.vendorId, row]));
  const vendorCredits = vendor.reduce((sum, { net }) => sum + net, 0);
  const ourCredits = ledger.reduce((sum, { chargedCredits }) => sum + chargedCredits, 0);
  for (const row of vendor) {
    const own = byVendorId.get(row.id);
    if (own === undefined) {
      if (row.net !== 0)
        complaints.push(`The vendor charged ${row.net} for ${row.id}, which our ledger does not know.`);
    } else if (own.chargedCredits !== row.net) {
      complaints.push(`${row.id}: the vendor charged ${row.net}, our ledger says ${own.chargedCredits}.`);
    }
  }
  if (vendorCredits !== ourCredits)
    complaints.push(`The vendor's books say ${vendorCredits} credits, ours ${ourCredits}.`);
  const paidFor = new Map<string, number>();
  for (const row of vendor) if (row.net > 0) paidFor.set(row.body, (paidFor.get(row.body) ?? 0) + 1);
  const billedTwice = [...paidFor.values()].filter((count) => count > 1).length;
  let stored = 0;
  const takes = await studio.client.call('take.list', { limit: 1000 });
  const audio = new Set(vendor.map(({ audioSha256 }) => audioSha256));
  const left = new Map<string, number>();
  for (const text of texts) left.set(text, (left.get(text) ?? 0) + 1);
  for (const take of takes.takes) {
    const file = join(studio.folder, 'media', take.sha256.slice(0, 2), `${take.sha256}.${take.format}`);
    if (!existsSync(file)) {
      complaints.push(`The take of "${take.text}" has no file.`);
      continue;
    }
    const sha = createHash('sha256').update(readFileSync(file)).digest('hex');
    if (sha !== take.sha256) complaints.push(`The file of "${take.text}" is not what its row says.`);
    if (!audio.has(sha)) complaints.push(`The audio of "${take.text}" is not what the vendor delivered.`);
    if (left.has(take.text)) stored += 1;
    left.delete(take.text);
  }
  const asking = jobs.filter(({ resolution }) => resolution === 'ask').length;
  for (const job of jobs) {
    if (job.state !== 'succeeded')
      complaints.push(`"${job.text}" is ${job.state}: ${job.error?.message ?? 'no reason'}`);
  }
  return { lines: texts.length, stored, lost: left.size, billedTwice, vendorCredits, ourCredits, asking, complaints };
};

export const proofTexts = (count: number, seed: number): string[] =>
  Array.from(
    { length: count },
    (_, index) => `Offer number ${index + 1} of week ${seed}, only while stocks last at our store.`,
  );

export interface ProofCase {
  readonly mix: FakeMix;
  readonly mode: 'completed' | 'processing';
  readonly seed: number;
  readonly lines: number;
  /** How many times faster than the wall vendor and engine run. */
  readonly speed: number;
}
/** Runs one order to its end and compares. */
export const runProof = async (
  { mix, mode, seed, lines, speed }: ProofCase,
  options: Partial<GenerationsServerOptions> = {},
): Promise<Verdict & { readonly seenKeys: readonly string[]; readonly posts: number }> => {
  const clock: Clock = createClock({ speed });
  const server = await startGenerationsServer(
    { seed, mode, faults: faultMixes[mix], serviceTimeMs: 200, audioBytes: 4000, ...options },
    clock,
  );
  const studio = await openStudio({ clock });
  try {
    await studio.chosen({
      baseUrl: server.baseUrl,
      key: server.apiKey,
      settings: { concurrency: 10, answerTimeoutSeconds: 0.5 },
    });
    const texts = proofTexts(lines, seed);
    const script = await studio.script(texts, 'chosen/Ava');
    const render = await studio.client.call('render.enqueue', { scriptId: script.id });
    await studio.settled(render.id);
    const verdict = await compareBooks(studio, server.ledger().map(vendorRow), texts);
    return { ...verdict, seenKeys: server.seenKeys(), posts: server.counts()['posts'] ?? 0 };
  } finally {
    await studio.remove();
    await server.close();
  }
};
