/** The real program in a process of its own, on a library and an app-data folder of its own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

export const repository = fileURLToPath(new URL('../../../', import.meta.url));
export const sampleArgs = [
  'render',
  join(repository, 'resources/sample/spring-sale.cue.txt'),
  '--variants',
  join(repository, 'resources/sample/spring-sale.csv'),
];

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** `folder` holds everything that the program may write. */
export const startCuebooth = (
  folder: string,
  args: readonly string[],
  environment: Record<string, string> = {},
): ChildProcess =>
  spawn(process.execPath, [join(repository, 'src/hosts/cli/main.ts'), ...args], {
    cwd: folder,
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      // Compiled once for all commands of the tests.
      NODE_COMPILE_CACHE: join(repository, 'node_modules/.cache/cli-tests'),
      CUEBOOTH_APP_DATA: join(folder, 'app'),
      CUEBOOTH_LIBRARY: join(folder, 'library'),
      CUEBOOTH_KEY_FILE: 'plain',
      ...environment,
    },
    stdio: ['pipe', 'pipe', 'pipe'],
  });

export const endOf = async (child: ChildProcess): Promise<Ended> => {
  const { stdout, stderr } = child;
  if (stdout === null || stderr === null) throw new Error('the program has no output');
  const closed = once(child, 'close');
  const [out, err] = await Promise.all([text(stdout), text(stderr)]);
  const [code] = (await closed) as [number | null];
  return { code, out, err };
};

export const runCuebooth = (
  folder: string,
  args: readonly string[],
  environment: Record<string, string> = {},
): Promise<Ended> => {
  const child = startCuebooth(folder, args, environment);
  child.stdin?.end();
  return endOf(child);
};
