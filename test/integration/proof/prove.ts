/** The same promise for each vendor, fault by fault. `npm run proof` runs 20 seeds of 500 lines in every mode, `npm test` 2 of 60. */
import { describe, expect, it } from 'vitest';
import { runProof } from '#test/builders/proof-run.ts';
import type { ProofVendor } from '#test/builders/proof-vendors.ts';

const long = process.env['CUEBOOTH_PROOF'] === '1';
const seeds = Array.from({ length: long ? 20 : 2 }, (_, index) => index + 1);
export const proofLines = long ? 500 : 60;

const rounded = (credits: number): number => Math.round(credits * 100) / 100;

/** Every line stored, the vendor's books equal ours, nothing billed twice, nothing lost, and no question but those that no client could decide. */
export const prove = (vendor: ProofVendor, speed: number): void => {
  describe.each(vendor.mixes)('with %s', (mix) => {
    // The long proof runs every way of answering with every seed; else each seed takes one in turn.
    const cases = seeds.flatMap((seed) =>
      vendor.modes.filter((_, index) => long || index === seed % vendor.modes.length).map((mode) => ({ seed, mode })),
    );
    it.each(cases)('pays for every line exactly once (seed $seed, answers $mode)', async ({ seed, mode }) => {
      const verdict = await runProof({ vendor, mix, mode, seed, lines: proofLines, speed });
      const reason = vendor.mayAsk(mix);
      if (long || verdict.asked > 0) {
        const { stored, lost, billedTwice, vendorCredits, ourCredits, asked, asking, undecidedCredits, posts } =
          verdict;
        const questions =
          asked === 0
            ? ''
            : `, ${asked} asked first (${reason ?? 'no reason'}), ${asking} still ask over ${rounded(undecidedCredits)} credits`;
        process.stdout.write(
          `${vendor.provider} ${mix} ${mode} seed ${seed}: ${stored} of ${proofLines} stored, ${lost} lost, ${billedTwice} twice, vendor ${rounded(vendorCredits)}, ours ${rounded(ourCredits)}${questions}, ${posts} posts\n`,
        );
      }
      expect(verdict.complaints).toEqual([]);
      expect(verdict).toMatchObject({ lost: 0, billedTwice: 0, stored: proofLines - verdict.asking });
      if (reason === null) expect(verdict.asked).toBe(0);
      if (vendor.traces !== 'none') expect(verdict).toMatchObject({ asking: 0, ourCredits: verdict.vendorCredits });
      expect(verdict.seenKeys).toEqual([]);
    });
  });
};
