/** Opens a library whose exchange is written down, and is killed at the nth step of it. */
import { kill, pid } from 'node:process';
import { migrate, pendingMigrations } from '#engine/index.ts';
import { openLibraryFolder } from '#node/open-library.ts';

const [folder = '', nth = '0'] = process.argv.slice(2);
let passed = 0;
const library = await openLibraryFolder(folder, {
  migrate,
  pendingMigrations,
  checkpoint: () => {
    passed += 1;
    if (passed === Number(nth)) kill(pid, 'SIGKILL');
  },
});
await library.close();
process.stdout.write(JSON.stringify({ passed }));
