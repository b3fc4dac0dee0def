import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';

export interface Child {
  readonly process: ChildProcess;
  /** The next line it prints, parsed; rejects with what it wrote to stderr when it ends first. */
  line(): Promise<unknown>;
  ended(): Promise<number | null>;
}

/** Another Node process that runs `source` as a module of this repository. */
export const startChild = (source: string, options: { readonly uid?: number } = {}): Child => {
  const child = spawn(process.execPath, ['--no-warnings', '--input-type=module', '-e', source], {
    cwd: new URL('../../..', import.meta.url),
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(options.uid === undefined ? {} : { uid: options.uid, gid: options.uid }),
  });
  let complaints = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaints += chunk.toString();
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const exit = new Promise<number | null>((resolve) => child.on('close', resolve));
  return {
    process: child,
    line: async () => {
      const next = await lines.next();
      if (next.done === true) throw new Error(`The child ended early: ${complaints}`);
      return JSON.parse(next.value) as unknown;
    },
    ended: () => exit,
  };
};

/** Runs `source` as a user who is not root, so that read-only means read-only. */
export const nobody = process.getuid?.() === 0 ? { uid: 65_534 } : {};
