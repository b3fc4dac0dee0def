/**
 * Against the fake generations vendor, with each fault alone and with all of them: every line stored, the vendor's books
 * equal ours, nothing billed twice, nothing lost. `npm run proof` runs 20 seeds of 500 lines, `npm test` 2 of 60.
 */
import { describe, expect, it } from 'vitest';
import { type FakeMix, runProof } from '#test/builders/proof.ts';
import { faultMixes, mixesThatEndJobs } from '#hosts/demo/vendors/chosen/options.ts';

const long = process.env['CUEBOOTH_PROOF'] === '1';
const seeds = Array.from({ length: long ? 20 : 2 }, (_, index) => index + 1);
const lines = long ? 500 : 60;
const mixes = (Object.keys(faultMixes) as FakeMix[]).filter((mix) => !mixesThatEndJobs.has(mix));

describe.each(mixes)('with %s', (mix) => {
  it.each(seeds.flatMap((seed) => (['completed', 'processing'] as const).map((mode) => ({ seed, mode }))))(
    'pays for every line exactly once (seed $seed, answers $mode)',
    async ({ seed, mode }) => {
      const verdict = await runProof({ mix, mode, seed, lines, speed: 10 });
      if (long)
        process.stdout.write(
          `${mix} ${mode} seed ${seed}: ${verdict.stored} of ${lines} stored, ${verdict.lost} lost, ${verdict.billedTwice} twice, vendor ${verdict.vendorCredits} = ours ${verdict.ourCredits}, ${verdict.posts} posts\n`,
        );
      expect(verdict.complaints).toEqual([]);
      expect(verdict).toMatchObject({
        stored: lines,
        lost: 0,
        billedTwice: 0,
        asking: 0,
        ourCredits: verdict.vendorCredits,
      });
      expect(verdict.seenKeys).toEqual([]);
    },
  );
});

describe('where the vendor sends a keyed request elsewhere', () => {
  it('stops that line, shows no key to the other host, and keeps the books equal', async () => {
    const verdict = await runProof({ mix: 'post-redirected', mode: 'completed', seed: 3, lines, speed: 10 });
    expect(verdict.lost).toBeGreaterThan(0);
    expect(verdict).toMatchObject({ billedTwice: 0, ourCredits: verdict.vendorCredits, stored: lines - verdict.lost });
    expect(verdict.seenKeys).toEqual([]);
  });
});
