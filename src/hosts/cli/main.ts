/** `cuebooth`: the studio on the command line. */
import { readFileSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { findPaths } from '#node/paths.ts';

// Compiled modules are kept between commands: that is half of a short command's work. Where it cannot be written, nothing is lost.
enableCompileCache(join(findPaths().appData, 'compiled'));
const { createProcessTerminal, flushed } = await import('./process-terminal.ts');
const { runCli } = await import('./run.ts');

const { version } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

const exitCode = await runCli(process.argv.slice(2), {
  terminal: createProcessTerminal(),
  folder: process.cwd(),
  version,
  openSession: async (options) => (await import('./open-session.ts')).openSession(options),
  restoreBackup: async ({ library, backup }) => {
    const { libraryFolder } = await import('./open-session.ts');
    const { restoreBackup } = await import('#node/restore-backup.ts');
    return restoreBackup(libraryFolder(library), backup);
  },
});
await flushed(process.stdout);
await flushed(process.stderr);
// Whatever a library left behind, such as an idle worker, does not keep the shell waiting.
process.exit(exitCode);
