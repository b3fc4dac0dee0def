/**
 * The exactly-once proof: an order against a fake vendor with faults, then vendor's books = our books = takes on disk,
 * nothing twice, nothing lost. Shared by the tests, the long proof and the crash suite.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LedgerRow as FakeRow } from '#hosts/demo/vendors/chosen/ledger.ts';
import type { Studio } from './studio.ts';

/** One row of a vendor's own books, as any fake tells them. */
export interface VendorRow {
  readonly id: string;
  /** Another id of the same call: a flow's item in the history. */
  readonly alias?: string;
  readonly key: string | null;
  readonly body: string;
  readonly text: string;
  /** Credits charged, net of refunds. */
  readonly net: number;
  readonly audioSha256: string | null;
}
/** The same as the fakes write it. */
export type BilledCall = Pick<
  FakeRow,
  'id' | 'body' | 'text' | 'chargedCredits' | 'refundedCredits' | 'audioSha256'
> & {
  readonly key?: string | null;
};
export const vendorRow = ({
  id,
  key = null,
  body,
  text,
  chargedCredits,
  refundedCredits,
  audioSha256,
}: BilledCall): VendorRow => ({ id, key, body, text, net: chargedCredits - refundedCredits, audioSha256 });

export interface Verdict {
  readonly lines: number;
  readonly stored: number;
  readonly lost: number;
  readonly billedTwice: number;
  readonly vendorCredits: number;
  readonly ourCredits: number;
  readonly asking: number;
  /** Credits that the vendor charged for calls that only a person can decide. */
  readonly undecidedCredits: number;
  readonly complaints: readonly string[];
}

/** What the vendor offers to settle a lost call by, and so which questions are honest. */
export type Traces = 'key' | 'history' | 'none';

const nearly = (one: number, other: number): boolean => Math.abs(one - other) < 1e-6;

/**
 * Compares the vendor's books with the library's. `texts` are what was ordered, each once. A line may only wait for a
 * person where no client could decide: with a history, where the vendor has no record of the call; without one, anywhere.
 */
export const compareBooks = async (
  studio: Studio,
  vendor: readonly VendorRow[],
  texts: readonly string[],
  traces: Traces = 'key',
): Promise<Verdict> => {
  const complaints: string[] = [];
  const ledger = await studio.client.call('ledger.list', {});
  const jobs = await studio.client.call('queue.list', { limit: 1000 });
  const byVendorId = new Map(ledger.filter(({ vendorId }) => vendorId !== null).map((row) => [row.vendorId, row]));
  const asking = jobs.filter(({ resolution }) => resolution === 'ask');
  const undecided = new Set(traces === 'key' ? [] : asking.map(({ text }) => text));
  const vendorCredits = vendor.reduce((sum, { net }) => sum + net, 0);
  const ourCredits = ledger.reduce((sum, { chargedCredits }) => sum + chargedCredits, 0);
  const textOf = new Map(jobs.map(({ recipeHash, text }) => [recipeHash, text]));
  const oursByText = new Map<string, number>();
  for (const { recipeHash, chargedCredits } of ledger) {
    const text = textOf.get(recipeHash) ?? '';
    oursByText.set(text, (oursByText.get(text) ?? 0) + chargedCredits);
  }
  let undecidedCredits = 0;
  if (traces === 'none') {
    // Its calls have no id that we could know: what was paid is compared text by text.
    const theirs = new Map<string, number>();
    for (const { text, net } of vendor) theirs.set(text, (theirs.get(text) ?? 0) + net);
    for (const [text, net] of theirs) {
      const own = oursByText.get(text) ?? 0;
      if (undecided.has(text)) undecidedCredits += net - own;
      else if (!nearly(own, net)) complaints.push(`"${text}": the vendor charged ${net}, our ledger says ${own}.`);
    }
  } else {
    for (const row of vendor) {
      const own = byVendorId.get(row.id) ?? (row.alias === undefined ? undefined : byVendorId.get(row.alias));
      if (own === undefined) {
        if (row.net !== 0)
          complaints.push(`The vendor charged ${row.net} for ${row.id}, which our ledger does not know.`);
      } else if (!nearly(own.chargedCredits, row.net)) {
        complaints.push(`${row.id}: the vendor charged ${row.net}, our ledger says ${own.chargedCredits}.`);
      }
    }
  }
  if (!nearly(vendorCredits, ourCredits + undecidedCredits))
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
  for (const text of undecided) left.delete(text);
  for (const job of jobs) {
    if (job.state === 'succeeded' || (job.resolution === 'ask' && undecided.has(job.text))) continue;
    complaints.push(`"${job.text}" is ${job.state}: ${job.error?.message ?? 'no reason'}`);
  }
  return {
    lines: texts.length,
    stored,
    lost: left.size,
    billedTwice,
    vendorCredits,
    ourCredits,
    asking: asking.length,
    undecidedCredits,
    complaints,
  };
};

export const proofTexts = (count: number, seed: number): string[] =>
  Array.from(
    { length: count },
    (_, index) => `Offer number ${index + 1} of week ${seed}, only while stocks last at our store.`,
  );
