/** One order to its end against a fake vendor with faults, then the books are compared. */
import type { Clock } from '#engine/ports.ts';
import { createClock } from '#node/clock.ts';
import { compareBooks, proofTexts, type Verdict } from './proof.ts';
import type { ProofVendor } from './proof-vendors.ts';
import { openStudio, type Studio } from './studio.ts';

export interface ProofCase {
  readonly vendor: ProofVendor;
  readonly mix: string;
  readonly mode: string;
  readonly seed: number;
  readonly lines: number;
  /** How many times faster than the wall vendor and engine run. */
  readonly speed: number;
}
export interface ProofResult extends Verdict {
  /** Questions before a person answered any. */
  readonly asked: number;
  readonly seenKeys: readonly string[];
  readonly posts: number;
}

/** Resolves when no take waits for its price any more: some vendors tell it only in their history. */
const priced = async (studio: Studio): Promise<void> => {
  const isOpen = (): boolean =>
    studio.ports.database.prepare("SELECT 1 AS found FROM generations WHERE state = 'stored'").get() !== undefined;
  const known = studio.event('render.changed', () => !isOpen());
  if (isOpen()) await known;
};

/**
 * Where the vendor has no record of a call that asks, a person who looks there sees as much and pays for it; what the
 * vendor billed and cannot hand out again stays a question.
 */
export const runProof = async ({ vendor, mix, mode, seed, lines, speed }: ProofCase): Promise<ProofResult> => {
  const clock: Clock = createClock({ speed });
  const server = await vendor.start({ mix, mode, seed, clock });
  const studio = await openStudio({ clock });
  try {
    await studio.client.call('workspace.add', {
      provider: vendor.provider,
      name: 'vendor',
      baseUrl: server.baseUrl,
      key: server.apiKey,
      settings: server.settings,
    });
    const texts = proofTexts(lines, seed);
    const script = await studio.script(texts, `vendor/${server.voice}`);
    const render = await studio.client.call('render.enqueue', { scriptId: script.id });
    await studio.settled(render.id);
    await priced(studio);
    const first = await compareBooks(studio, server.rows(), texts, vendor.traces);
    for (;;) {
      const billed = new Set(server.rows().flatMap(({ text, net }) => (net > 0 ? [text] : [])));
      const asking = await studio.client.call('queue.list', { states: ['uncertain'], limit: 1000 });
      const unbilled = asking.filter(({ text }) => !billed.has(text)).map(({ id }) => id);
      if (unbilled.length === 0) break;
      await studio.client.call('queue.resolve', { jobIds: unbilled, decision: 'pay_again' });
      await studio.settled(render.id);
      await priced(studio);
    }
    const last = await compareBooks(studio, server.rows(), texts, vendor.traces);
    return {
      ...last,
      complaints: [...first.complaints, ...last.complaints],
      billedTwice: Math.max(first.billedTwice, last.billedTwice),
      asked: first.asking,
      seenKeys: server.seenKeys(),
      posts: server.posts(),
    };
  } finally {
    await studio.remove();
    await server.close();
  }
};
