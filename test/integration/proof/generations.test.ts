/**
 * Against the three fake vendors, with each fault alone and with all of them: every line stored, the vendor's books equal
 * ours, nothing billed twice, nothing lost, and no question but those that no client could decide. `npm run proof` runs 20
 * seeds of 500 lines, `npm test` 2 of 60.
 */
import { describe, expect, it } from 'vitest';
import { chosenVendor, elevenLabsVendor, type ProofVendor, supertoneVendor } from '#test/builders/proof-vendors.ts';
import { runProof } from '#test/builders/proof-run.ts';

const long = process.env['CUEBOOTH_PROOF'] === '1';
const seeds = Array.from({ length: long ? 20 : 2 }, (_, index) => index + 1);
const lines = long ? 500 : 60;
const vendors: readonly ProofVendor[] = [chosenVendor(), elevenLabsVendor(), supertoneVendor()];

describe.each(vendors)('$provider', (vendor) => {
  describe.each(vendor.mixes)('with %s', (mix) => {
    // Each seed takes the vendor's ways of answering in turn; the long proof runs all of them.
    const cases = seeds.flatMap((seed) =>
      vendor.modes
        .filter((_, index) => long || vendor.provider === 'chosen' || index === seed % vendor.modes.length)
        .map((mode) => ({ seed, mode })),
    );
    it.each(cases)('pays for every line exactly once (seed $seed, answers $mode)', async ({ seed, mode }) => {
      const verdict = await runProof({ vendor, mix, mode, seed, lines, speed: vendor.traces === 'key' ? 10 : 200 });
      const reason = vendor.mayAsk(mix);
      if (long || verdict.asked > 0) {
        process.stdout.write(
          `${vendor.provider} ${mix} ${mode} seed ${seed}: ${verdict.stored} of ${lines} stored, ${verdict.lost} lost, ${verdict.billedTwice} twice, vendor ${verdict.vendorCredits} = ours ${verdict.ourCredits}${verdict.asked > 0 ? `, ${verdict.asked} asked first (${reason ?? 'no reason'}), ${verdict.asking} still ask over ${verdict.undecidedCredits} credits` : ''}, ${verdict.posts} posts\n`,
        );
      }
      expect(verdict.complaints).toEqual([]);
      expect(verdict).toMatchObject({ lost: 0, billedTwice: 0, stored: lines - verdict.asking });
      if (reason === null) expect(verdict.asked).toBe(0);
      if (vendor.traces !== 'none') expect(verdict).toMatchObject({ asking: 0, ourCredits: verdict.vendorCredits });
      expect(verdict.seenKeys).toEqual([]);
    });
  });
});

describe('where the vendor sends a keyed request elsewhere', () => {
  it('stops that line, shows no key to the other host, and keeps the books equal', async () => {
    const verdict = await runProof({
      vendor: chosenVendor(),
      mix: 'post-redirected',
      mode: 'completed',
      seed: 3,
      lines,
      speed: 10,
    });
    expect(verdict.lost).toBeGreaterThan(0);
    expect(verdict).toMatchObject({ billedTwice: 0, ourCredits: verdict.vendorCredits, stored: lines - verdict.lost });
    expect(verdict.seenKeys).toEqual([]);
  });
});
