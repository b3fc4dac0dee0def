/**
 * `npm run conformance -- --elevenlabs FILE --supertone FILE`: every request of the adapters and every answer of the fakes
 * against the vendors' OpenAPI files. A file that is not named is looked for as the tests do. Ends with 1 where anything
 * differs, with 2 where there is nothing to check.
 */
import { parseArgs } from 'node:util';
import { isGood, runConformance } from './conformance.ts';
import { reportOf } from './report.ts';
import { findFile, vendors } from './vendors.ts';

const { values } = parseArgs({ options: { elevenlabs: { type: 'string' }, supertone: { type: 'string' } } });
let checked = 0;
let good = true;
for (const vendor of vendors) {
  const given = values[vendor];
  const file = given === undefined ? findFile(vendor) : { path: given };
  if ('whyNot' in file) {
    process.stdout.write(`${vendor}: not checked, ${file.whyNot}\n`);
    continue;
  }
  const verdict = await runConformance(vendor, file.path);
  process.stdout.write(`${reportOf(verdict)}\n`);
  checked += 1;
  good &&= isGood(verdict);
}
process.exitCode = checked === 0 ? 2 : good ? 0 : 1;
