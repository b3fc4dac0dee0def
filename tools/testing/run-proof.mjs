import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { runNode } from '../child.mjs';

const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
const args = [vitest, 'run', '--project', 'integration', '--project', 'crash', ...process.argv.slice(2)];
process.exitCode = await runNode(args, { env: { CUEBOOTH_PROOF: '1' } });
