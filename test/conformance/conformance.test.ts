/** The same run as `npm run conformance`, where the vendors' files are at hand. */
import { beforeAll, describe, expect, it } from 'vitest';
import { runConformance } from './conformance.ts';
import type { Verdict } from './conformance.ts';
import { complaintsOf, reportOf } from './report.ts';
import { findFile, vendors } from './vendors.ts';

/** Fewer would mean that the drive lost its way, not that all is well. */
const least = {
  elevenlabs: { operations: 22, byAdapter: 13, requests: 600, shapes: 100 },
  supertone: { operations: 15, byAdapter: 7, requests: 180, shapes: 38 },
} as const;

describe.each(vendors)('%s', (vendor) => {
  const file = findFile(vendor);
  const path = 'path' in file ? file.path : null;
  if ('whyNot' in file) process.stdout.write(`Conformance skipped: ${file.whyNot}.\n`);

  describe.skipIf(path === null)('by its own OpenAPI file', () => {
    let verdict: Verdict;
    beforeAll(async () => {
      verdict = await runConformance(vendor, path ?? '');
      process.stdout.write(`${reportOf(verdict)}\n`);
    }, 120_000);

    it('takes every request of the adapter and declares every answer of the fake, but for what is listed with its reason', () => {
      expect(complaintsOf(verdict)).toEqual([]);
    });

    it('was asked in all the ways that the adapter knows', () => {
      const { operations, requests, shapes } = verdict;
      expect(operations.byAdapter.length).toBeGreaterThanOrEqual(least[vendor].byAdapter);
      expect(operations.byAdapter.length + operations.direct.length).toBeGreaterThanOrEqual(least[vendor].operations);
      expect(requests).toBeGreaterThanOrEqual(least[vendor].requests);
      expect(shapes.requests).toBeGreaterThanOrEqual(least[vendor].shapes);
    });
  });
});
