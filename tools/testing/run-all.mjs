import { e2e, format, imports, lint, runStages, types, unused, vitest } from './stages.mjs';

process.exitCode = await runStages([types(), lint(), format(), imports(), unused(), vitest(), e2e()]);
