/** The client's end: its order, its words to the bench, and what it used between two moments. */
import { readdirSync, readFileSync } from 'node:fs';

export const orderOf = <Order>(): Order => JSON.parse(process.argv[2] ?? '{}') as Order;
export const sayWord = (word: string): void => {
  process.stdout.write(`${JSON.stringify({ word })}\n`);
};
export const giveAnswer = (answer: unknown): void => {
  process.stdout.write(`${JSON.stringify({ answer })}\n`);
};

export interface Used {
  readonly ms: number;
  /** CPU of the thread that runs the program's loop. */
  readonly mainCpuMs: number;
  /** CPU of the whole process: with V8's and libuv's threads, and with audio workers where there are any. */
  readonly processCpuMs: number;
  /** CPU of `node:worker_threads`; null where the system does not tell threads apart. */
  readonly workerCpuMs: number | null;
}

/** Linux counts a thread's time in ticks of 10 ms. */
const tickMs = 10;
const workerTicks = (): number | null => {
  try {
    return readdirSync('/proc/self/task')
      .map((thread) => readFileSync(`/proc/self/task/${thread}/stat`, 'utf8'))
      .filter((stat) => /\((?:node-)?Worker(?:Thread| |\))/i.test(stat) || /\(\[worker/.test(stat))
      .reduce((sum, stat) => {
        const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        return sum + Number(fields[11]) + Number(fields[12]);
      }, 0);
  } catch {
    return null;
  }
};

/** Starts counting; the returned function gives what was used since. */
export const startUse = (): (() => Used) => {
  const whole = process.cpuUsage();
  const main = process.threadCpuUsage();
  const workers = workerTicks();
  const started = performance.now();
  return () => {
    const ms = performance.now() - started;
    const sinceMain = process.threadCpuUsage(main);
    const since = process.cpuUsage(whole);
    const nowWorkers = workerTicks();
    return {
      ms,
      mainCpuMs: (sinceMain.user + sinceMain.system) / 1000,
      processCpuMs: (since.user + since.system) / 1000,
      workerCpuMs: workers === null || nowWorkers === null ? null : (nowWorkers - workers) * tickMs,
    };
  };
};
/** Highest resident memory of this program so far, in MB. Linux hands `maxRSS` on from the process that started this one, so there the kernel's own mark is read. */
export const peakRssMb = (): number => {
  try {
    const mark = /VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
    if (mark !== undefined) return Number(mark) / 1024;
  } catch {
    // Not Linux.
  }
  return process.resourceUsage().maxRSS / 1024;
};
