import { join } from 'node:path';
import { root, runNode } from '../child.mjs';

const vitest = join(root, 'node_modules/vitest/vitest.mjs');
const args = [vitest, 'run', '--project', 'integration', '--project', 'crash', ...process.argv.slice(2)];
process.exitCode = await runNode(args, { env: { CUEBOOTH_PROOF: '1' } });
