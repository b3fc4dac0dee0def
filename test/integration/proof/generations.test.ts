import { describe, expect, it } from 'vitest';
import { chosenVendor } from '#test/builders/proof-vendors.ts';
import { runProof } from '#test/builders/proof-run.ts';
import { proofLines, prove } from './prove.ts';

prove(chosenVendor(), 20);

describe('where the vendor sends a keyed request elsewhere', () => {
  it('stops that line, shows no key to the other host, and keeps the books equal', async () => {
    const verdict = await runProof({
      vendor: chosenVendor(),
      mix: 'post-redirected',
      mode: 'completed',
      seed: 3,
      lines: proofLines,
      speed: 10,
    });
    expect(verdict.lost).toBeGreaterThan(0);
    expect(verdict).toMatchObject({
      billedTwice: 0,
      ourCredits: verdict.vendorCredits,
      stored: proofLines - verdict.lost,
    });
    expect(verdict.seenKeys).toEqual([]);
  });
});
