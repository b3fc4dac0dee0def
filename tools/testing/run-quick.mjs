import { format, lint, runStages, types, vitest } from './stages.mjs';

process.exitCode = await runStages([types(), lint(), format(), vitest(['unit', 'suites', 'architecture'])]);
