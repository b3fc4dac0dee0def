/** Runs one of the user's own programs: no shell, text through stdin, an end by time or by signal. */
import { spawn } from 'node:child_process';
import { AppError } from '#contract/errors.ts';

export interface ProgramRun {
  readonly program: string;
  readonly args: readonly string[];
  readonly input?: string;
  readonly signal?: AbortSignal | undefined;
  /** Default 120,000. */
  readonly timeoutMs?: number;
}
export interface ProgramResult {
  readonly code: number;
  readonly output: Buffer;
  readonly complaint: string;
}

const DEFAULT_TIMEOUT_MS = 120_000;
const MOST_OUTPUT_BYTES = 512 * 1024 * 1024;
const MOST_COMPLAINT_BYTES = 4096;

/** Resolves with any exit code. Throws `program_missing`, `provider_failed` (time, signal, too much output) or `cancelled`. */
export const runProgram = ({
  program,
  args,
  input,
  signal,
  timeoutMs = DEFAULT_TIMEOUT_MS,
}: ProgramRun): Promise<ProgramResult> =>
  new Promise((resolve, reject) => {
    if (signal?.aborted)
      return reject(new AppError('cancelled', `${program} was not started: the task was cancelled.`));
    const child = spawn(program, args, { shell: false, windowsHide: true, stdio: ['pipe', 'pipe', 'pipe'] });
    const chunks: Buffer[] = [];
    let bytes = 0;
    let complaint = '';
    let killedBecause: AppError | null = null;
    const kill = (error: AppError): void => {
      killedBecause ??= error;
      child.kill('SIGKILL');
    };
    const onAbort = (): void => kill(new AppError('cancelled', `${program} was ended: the task was cancelled.`));
    const timer = setTimeout(
      () =>
        kill(new AppError('provider_failed', `${program} gave no result within ${timeoutMs / 1000} s and was ended.`)),
      timeoutMs,
    );
    const finish = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    };
    signal?.addEventListener('abort', onAbort, { once: true });

    child.stdout.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > MOST_OUTPUT_BYTES)
        kill(new AppError('provider_failed', `${program} wrote more than it should and was ended.`));
      else chunks.push(chunk);
    });
    child.stderr.on('data', (chunk: Buffer) => {
      if (complaint.length < MOST_COMPLAINT_BYTES) complaint += chunk.toString('utf8');
    });
    child.on('error', (cause: NodeJS.ErrnoException) => {
      finish();
      const isMissing = cause.code === 'ENOENT';
      const message = isMissing
        ? `${program} is not installed on this machine, or not on its PATH. Install it, or choose a built-in voice.`
        : `${program} could not be started: ${cause.message}.`;
      reject(new AppError(isMissing ? 'program_missing' : 'provider_failed', message, { cause }));
    });
    child.on('close', (code, killedBy) => {
      finish();
      if (killedBecause !== null) reject(killedBecause);
      else if (code === null)
        reject(new AppError('provider_failed', `${program} was ended by ${killedBy ?? 'the system'}.`));
      else resolve({ code, output: Buffer.concat(chunks), complaint: complaint.trim() });
    });
    // A program that ends before it read everything closes the pipe; its exit code tells more than the broken pipe.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input ?? '', 'utf8');
  });
