/** Everything the engine asks of the world, for a host on Node. */
import type { Compute, Clock, Http, Ids, KeyVault, Logger, Ports, Power, Programs } from '#engine/ports.ts';
import { createArchive } from './archive.ts';
import { keepLogShort } from './checkpoints.ts';
import { createClock } from './clock.ts';
import { createNodeHash } from './hash.ts';
import { createHttp } from './http.ts';
import type { HttpOptions } from './http.ts';
import { createIds } from './ids.ts';
import { createLogger } from './logger.ts';
import type { OpenLibrary } from './open-library.ts';
import { createPower } from './power.ts';

export interface ComposeOptions {
  readonly library: OpenLibrary;
  readonly vault: KeyVault;
  /** For vendors, such as `Cuebooth/0.1.0`. */
  readonly userAgent: string;
  readonly logger?: Logger;
  readonly clock?: Clock;
  readonly ids?: Ids;
  readonly power?: Power;
  readonly proxy?: HttpOptions['proxy'];
  readonly http?: Http;
  /** Loaded at the first task. Default: worker threads of this folder. */
  readonly compute?: () => Compute | Promise<Compute>;
  /** Loaded at the first call. Default: the programs of this system. */
  readonly programs?: () => Programs | Promise<Programs>;
  /** True where the library was opened with `automaticCheckpoints: false`. Default false. */
  readonly checkpointsInWorker?: boolean;
  /** One verified backup each day of use. Default true. */
  readonly dailyBackup?: boolean;
  readonly checkpoint?: (point: string) => void;
}
export interface ComposedPorts {
  readonly ports: Ports;
  /** Call after the engine's shutdown: connections, workers, a backup under way, database, lock. */
  close(): Promise<void>;
}

const once = <T>(load: () => T | Promise<T>): { get(): Promise<T>; readonly loaded: () => Promise<T> | null } => {
  let value: Promise<T> | null = null;
  return { get: () => (value ??= Promise.resolve().then(load)), loaded: () => value };
};

/** Decoders and speech are loaded when they are first needed: opening a library must not wait for them. */
const lateCompute = (load: () => Compute | Promise<Compute>): Compute => {
  const compute = once(load);
  return {
    analyse: async (task, signal) => (await compute.get()).analyse(task, signal),
    join: async (task, signal) => (await compute.get()).join(task, signal),
    flite: async (task, signal) => (await compute.get()).flite(task, signal),
    match: async (task, signal) => (await compute.get()).match(task, signal),
    close: async () => {
      await (await compute.loaded())?.close();
    },
  };
};

const latePrograms = (load: () => Programs | Promise<Programs>): Programs => {
  const programs = once(load);
  return {
    voices: async () => (await programs.get()).voices(),
    speak: async (task, signal) => (await programs.get()).speak(task, signal),
  };
};

export const composePorts = (options: ComposeOptions): ComposedPorts => {
  const { library } = options;
  const logger = options.logger ?? createLogger();
  const clock = options.clock ?? createClock();
  const http =
    options.http ??
    createHttp({ userAgent: options.userAgent, ...(options.proxy === undefined ? {} : { proxy: options.proxy }) });
  const compute = lateCompute(options.compute ?? (async () => (await import('./compute/compute.ts')).createCompute()));
  const programs = latePrograms(options.programs ?? (async () => (await import('./programs.ts')).createPrograms()));

  const stopCheckpoints =
    options.checkpointsInWorker === true
      ? keepLogShort(library.databaseFile, library.maintenance, { logger })
      : async () => undefined;
  const backUp = (): Promise<unknown> =>
    library.backups
      .ensureDaily()
      .catch((error: unknown) =>
        logger.warn("Today's backup of the library failed; it is tried again at the next start.", { error }),
      );
  const wantsBackup = options.dailyBackup !== false;
  // A little in, so that it is not part of every start; a command that ends before makes it when it closes.
  const daily = wantsBackup ? setTimeout(() => void backUp(), 10_000).unref() : null;

  return {
    ports: {
      database: library.database,
      files: library.files,
      vault: options.vault,
      clock,
      ids: options.ids ?? createIds(clock.now),
      hash: createNodeHash(),
      http,
      compute,
      programs,
      power: options.power ?? createPower(),
      archive: createArchive(library.path),
      logger,
      ...(options.checkpoint === undefined ? {} : { checkpoint: options.checkpoint }),
    },
    close: async () => {
      if (daily !== null) clearTimeout(daily);
      await http.close();
      await compute.close();
      if (wantsBackup) await backUp();
      await stopCheckpoints();
      await library.close();
    },
  };
};
