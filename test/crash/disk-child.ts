/**
 * The studio on a disk that fills up while audio is stored: it fills the rest of the disk itself at a named point, waits until a lane
 * says so, makes room again and goes on to the end. Prints what was seen, as one line of JSON. With `open` it only opens the library.
 */
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { AppError } from '#contract/errors.ts';
import type { Ports } from '#engine/ports.ts';
import { createClock } from '#node/clock.ts';
import { openStudio } from '#test/builders/studio.ts';
import type { LedgerRow } from '#hosts/demo/vendors/chosen/ledger.ts';
import { isBusy, judge } from './judge.ts';

export type DiskTask =
  | { readonly kind: 'open'; readonly folder: string }
  | {
      readonly kind: 'fill';
      readonly folder: string;
      readonly baseUrl: string;
      readonly key: string;
      readonly texts: readonly string[];
      readonly point: string;
      readonly nth: number;
      /** `port`: the disk is never full, the Files port says so instead. */
      readonly by: 'disk' | 'port';
    };
export interface DiskReport {
  /** Code of the error with which opening ended; null when it opened. */
  readonly refused: string | null;
  readonly message: string;
  readonly lane: { readonly state: string; readonly reason: string | null } | null;
  /** States of the unfinished jobs while the disk was full. */
  readonly meanwhile: readonly string[];
  /** Generations at the vendor before there was space again, and in the end. */
  readonly billed: readonly number[];
  readonly complaints: readonly string[];
}

const report = (seen: Partial<DiskReport>): void => {
  process.stdout.write(
    `${JSON.stringify({ refused: null, message: '', lane: null, meanwhile: [], billed: [], complaints: [], ...seen } satisfies DiskReport)}\n`,
  );
};

/** Takes all that is left, to the last byte. */
const fillUp = (file: string): void => {
  const descriptor = openSync(file, 'w');
  for (let size = 1 << 20; size >= 1; ) {
    try {
      writeSync(descriptor, Buffer.alloc(size));
    } catch {
      size >>= 1;
    }
  }
  closeSync(descriptor);
};

const fullPort = ({ files }: Ports, isFull: () => boolean): Partial<Ports> => {
  const guarded = async <T>(run: () => Promise<T>): Promise<T> => {
    if (isFull()) throw new AppError('disk_full', 'The disk is full. What was stored before is kept.');
    return run();
  };
  return {
    files: {
      ...files,
      create: (path) => guarded(() => files.create(path)),
      writeAtomic: (path, bytes) => guarded(() => files.writeAtomic(path, bytes)),
      link: (from, to) => guarded(() => files.link(from, to)),
    },
  };
};

const fill = async (task: Extract<DiskTask, { kind: 'fill' }>): Promise<void> => {
  const filler = join(dirname(task.folder), 'filler');
  let passed = 0;
  let full = false;
  let warned = (): void => undefined;
  const stuck = new Promise<null>((resolve) => {
    warned = () => {
      if (full) resolve(null);
    };
  });
  const studio = await openStudio({
    folder: task.folder,
    clock: createClock({ speed: 10 }),
    checkpoint: (point) => {
      if (point !== task.point) return;
      passed += 1;
      if (passed !== task.nth) return;
      full = true;
      if (task.by === 'disk') fillUp(filler);
    },
    over: (ports) => ({
      ...(task.by === 'port' ? fullPort(ports, () => full) : {}),
      logger: { ...ports.logger, warn: () => warned() },
    }),
  });
  const billed = async (): Promise<readonly LedgerRow[]> =>
    ((await (await fetch(`${task.baseUrl}/__ledger`)).json()) as { generations: readonly LedgerRow[] }).generations;
  await studio.chosen({ baseUrl: task.baseUrl, key: task.key, settings: { concurrency: 2 } });
  const script = await studio.script(task.texts, 'chosen/Ava');
  const blocked = studio
    .event('queue.changed', ({ lanes }) => full && lanes.some(({ state }) => state === 'blocked'))
    .then(({ lanes }) => lanes);
  const render = await studio.client.call('render.enqueue', { scriptId: script.id });
  const lane = (await Promise.race([blocked, stuck]))?.find(({ state }) => state === 'blocked') ?? null;
  const open = await studio.client.call('queue.list', {
    states: ['running', 'uncertain', 'failed', 'cancelled'],
    limit: 1000,
  });
  const before = (await billed()).length;
  full = false;
  if (task.by === 'disk') rmSync(filler);
  await studio.settled(render.id);
  const ended = studio.event('render.changed', () => !isBusy(studio));
  if (isBusy(studio)) await ended;
  const books = await billed();
  report({
    lane: lane === null ? null : { state: lane.state, reason: lane.reason },
    meanwhile: open.map(({ state }) => state),
    billed: [before, books.length],
    complaints: await judge(studio, books, { texts: task.texts, failing: () => false }),
  });
  await studio.close('finish');
};

const open = async (folder: string): Promise<void> => {
  try {
    const studio = await openStudio({ folder });
    await studio.close();
    report({});
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    report({ refused: error.code, message: error.message });
  }
};

const task = JSON.parse(process.argv[2] ?? '') as DiskTask;
if (task.kind === 'open') await open(task.folder);
else await fill(task);
