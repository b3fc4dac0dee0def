/** Clients and the fake vendor run in processes of their own, so that none pays for another's heap, loop or compiler. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { LedgerRow } from '#hosts/demo/vendors/chosen/ledger.ts';
import type { GenerationsServerOptions } from '#hosts/demo/vendors/chosen/options.ts';
import type { LedgerRow as ElevenLabsRow } from '#hosts/demo/vendors/elevenlabs/ledger.ts';
import type { ElevenLabsServerOptions } from '#hosts/demo/vendors/elevenlabs/options.ts';
import type { LedgerRow as SupertoneRow } from '#hosts/demo/vendors/supertone/ledger.ts';
import type { SupertoneServerOptions } from '#hosts/demo/vendors/supertone/options.ts';
import type { ClientName } from './bundle.ts';

export interface Client<Answer> {
  readonly process: ChildProcess;
  /** When the process was started, in ms of `performance.now()`. */
  readonly startedAt: number;
  /** Resolves with the time of the client's word, such as `clock` for "the clock runs". */
  said(word: string): Promise<number>;
  /** What it printed last. Rejects when it ended without an answer. */
  readonly answer: Promise<Answer>;
}
export interface ClientOptions {
  /** Before the program, such as strace and its options. */
  readonly wrapper?: readonly string[];
  readonly nodeFlags?: readonly string[];
  /** Killed after this, in ms. Default 90,000. */
  readonly deadlineMs?: number;
  /** Over this process's own. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** Starts a bundled client; `order` is its only argument. */
export const startClient = <Answer>(
  bundled: (name: ClientName) => string,
  name: ClientName,
  order: unknown,
  options: ClientOptions = {},
): Client<Answer> => {
  const command = [
    ...(options.wrapper ?? []),
    process.execPath,
    ...(options.nodeFlags ?? []),
    bundled(name),
    JSON.stringify(order),
  ];
  const startedAt = performance.now();
  const child = spawn(command[0] ?? process.execPath, command.slice(1), {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, ...options.environment },
  });
  const words = new Map<string, number>();
  const waiting = new Map<string, (at: number) => void>();
  const answer = new Promise<Answer>((resolve, reject) => {
    let last: { readonly answer: Answer } | null = null;
    createInterface({ input: child.stdout }).on('line', (line) => {
      const message = JSON.parse(line) as { readonly word?: string; readonly answer?: Answer };
      if (message.word !== undefined) {
        words.set(message.word, performance.now());
        waiting.get(message.word)?.(performance.now());
      } else if (message.answer !== undefined) last = { answer: message.answer };
    });
    // A client that hangs must not take the rest of the run with it.
    const deadline = setTimeout(() => child.kill('SIGKILL'), options.deadlineMs ?? 90_000);
    child.once('error', reject);
    child.once('close', (code, signal) => {
      clearTimeout(deadline);
      if (last !== null) resolve(last.answer);
      else reject(new Error(`The client "${name}" ended (${signal ?? code}) without an answer.`));
    });
  });
  // Whoever kills a client wants no answer; everybody else awaits it.
  answer.catch(() => undefined);
  return {
    process: child,
    startedAt,
    answer,
    said: (word) => {
      const at = words.get(word);
      return at === undefined
        ? Promise.race([
            new Promise<number>((resolve) => waiting.set(word, resolve)),
            answer.then(() => Promise.reject(new Error(`The client "${name}" never said "${word}".`))),
          ])
        : Promise.resolve(at);
    },
  };
};

/** What each fake can be told to be, and a row of its books. */
export interface Fakes {
  readonly chosen: { readonly options: Partial<GenerationsServerOptions>; readonly row: LedgerRow };
  readonly elevenlabs: { readonly options: Partial<ElevenLabsServerOptions>; readonly row: ElevenLabsRow };
  readonly supertone: { readonly options: Partial<SupertoneServerOptions>; readonly row: SupertoneRow };
}
export type VendorName = keyof Fakes;
export interface Books<Row = LedgerRow> {
  readonly generations: readonly Row[];
  readonly counts: Readonly<Record<string, number>>;
}
export interface Vendor<Row = LedgerRow> {
  readonly baseUrl: string;
  readonly apiKey: string;
  /** Its own ledger. */
  books(): Promise<Books<Row>>;
  close(): Promise<void>;
}
const programOf = (name: VendorName): string =>
  fileURLToPath(new URL(`../../src/hosts/demo/vendors/${name}/main.ts`, import.meta.url));

/** Starts the fake of `name`; Chosen's where none is named. */
export const startVendor = async <Name extends VendorName = 'chosen'>(
  options: Fakes[Name]['options'],
  name?: Name,
): Promise<Vendor<Fakes[Name]['row']>> => {
  const child = spawn(
    process.execPath,
    [programOf(name ?? 'chosen'), '--until-stdin-ends', '--json-options', JSON.stringify(options)],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const { baseUrl, apiKey } = JSON.parse(line) as { readonly baseUrl: string; readonly apiKey: string };
  type Row = Fakes[Name]['row'];
  return {
    baseUrl,
    apiKey,
    books: async () => {
      // A client that gives up is done before an outage is over.
      for (;;) {
        try {
          const told = (await (await fetch(`${baseUrl}/__ledger`)).json()) as Books<Row> & {
            /** Supertone's has no generations. */
            readonly calls?: readonly Row[];
          };
          return { counts: told.counts, generations: told.calls ?? told.generations };
        } catch (error) {
          if (child.exitCode !== null) throw error;
          await delay(50);
        }
      }
    },
    close: async () => {
      const ended = once(child, 'close');
      child.stdin.end();
      await ended;
    },
  };
};
