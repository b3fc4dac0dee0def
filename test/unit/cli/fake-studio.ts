/** A studio without an engine: the real router and client over handlers that a test chooses, and a terminal that keeps what it is told. */
import type { Render, Workspace } from '#contract/entities.ts';
import type { BlobId } from '#contract/entities.ts';
import { AppError } from '#contract/errors.ts';
import { methods, type MethodName, type ParsedInput } from '#contract/methods/index.ts';
import { createClient } from '#client/index.ts';
import { createDirectTransport } from '#client/direct.ts';
import { createRouter, type Handlers } from '#engine/router.ts';
import type { Access, Session } from '#hosts/cli/session.ts';
import type { Terminal } from '#hosts/cli/terminal.ts';
import { runCli } from '#hosts/cli/run.ts';

export type FakeHandlers = { readonly [N in MethodName]?: (input: ParsedInput<N>) => unknown };

export interface FakeTerminal extends Terminal {
  readonly said: { out: string; err: string };
  readonly questions: string[];
  signal(name: 'interrupt' | 'terminate'): void;
}
export interface TerminalOptions {
  readonly environment?: Readonly<Record<string, string>>;
  readonly interactive?: boolean;
  readonly isTerminal?: boolean;
  readonly answer?: boolean;
  readonly hidden?: string;
  readonly input?: string;
  /** Epoch ms; default 0. */
  readonly now?: number;
}

export const createFakeTerminal = (options: TerminalOptions = {}): FakeTerminal => {
  const said = { out: '', err: '' };
  const questions: string[] = [];
  const listeners = new Set<(signal: 'interrupt' | 'terminate') => void>();
  const sink = (name: 'out' | 'err') => ({
    write: (text: string) => {
      said[name] += text;
    },
    isTerminal: options.isTerminal ?? false,
    columns: 100,
    color: false,
    closed: false,
  });
  return {
    out: sink('out'),
    err: sink('err'),
    said,
    questions,
    environment: options.environment ?? {},
    interactive: options.interactive ?? false,
    now: () => options.now ?? 0,
    confirm: async (question) => {
      questions.push(question);
      return options.answer ?? false;
    },
    askHidden: async (question) => {
      questions.push(question);
      return options.hidden ?? '';
    },
    readInput: async () => options.input ?? '',
    onSignal: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    signal: (name) => {
      for (const listener of [...listeners]) listener(name);
    },
  };
};

export interface FakeStudio {
  readonly calls: { readonly method: string; readonly input: unknown }[];
  readonly opened: Access[];
  readonly closed: ('finish' | 'park')[];
  /** Backups that were put in the database's place. */
  readonly restored: string[];
  readonly publish: ReturnType<typeof createRouter>['publish'];
  open(access: Access): Session;
}

const silent = () => undefined;
const logger = { debug: silent, info: silent, warn: silent, error: silent };

export const createFakeStudio = (
  handlers: FakeHandlers,
  options: {
    readonly mediaFile?: Session['mediaFile'];
    readonly onClose?: (mode: 'finish' | 'park') => Promise<void>;
  } = {},
): FakeStudio => {
  const calls: { method: string; input: unknown }[] = [];
  const opened: Access[] = [];
  const closed: ('finish' | 'park')[] = [];
  const all = Object.fromEntries(
    (Object.keys(methods) as MethodName[]).map((method) => [
      method,
      (input: never) => {
        calls.push({ method, input });
        const handler = handlers[method] as ((input: never) => unknown) | undefined;
        if (handler === undefined) throw new AppError('internal', `${method} was not expected in this test.`);
        return handler(input);
      },
    ]),
  ) as unknown as Handlers;
  const router = createRouter({ handlers: all, logger });
  return {
    calls,
    opened,
    closed,
    restored: [],
    publish: router.publish,
    open: (access) => {
      opened.push(access);
      return {
        client: createClient(createDirectTransport(router)),
        router,
        libraryPath: '/library',
        logger,
        mediaPath: async () => null,
        mediaFile: options.mediaFile ?? ((take) => `/library/media/${take.sha256}.${take.format}`),
        saveBlob: async () => {
          throw new AppError('internal', 'No upload was expected in this test.');
        },
        lendFile: () => '00000000-0000-4000-8000-000000000000' as BlobId,
        announce: silent,
        close: async (mode) => {
          closed.push(mode);
          await options.onClose?.(mode);
        },
      };
    },
  };
};

/** Runs a command line against the fakes. */
export const runFake = (studio: FakeStudio, terminal: Terminal, args: readonly string[], folder = '/') =>
  runCli(args, {
    terminal,
    folder,
    version: '0.0.0-test',
    openSession: async ({ access }) => studio.open(access),
    restoreBackup: async ({ backup }) => {
      studio.restored.push(backup);
      return { keptAside: '/library/library.db.corrupt' };
    },
  });

export const scratch: Workspace = {
  id: 'w1' as Workspace['id'],
  provider: 'scratch',
  name: 'scratch',
  baseUrl: null,
  settings: {},
  abilities: {
    idempotencyKey: false,
    jobPolling: false,
    remoteHistory: false,
    balance: false,
    subscription: false,
    usage: false,
    durationPrediction: false,
    costUnit: 'free',
    voiceList: true,
    needsKey: false,
  },
  key: { configured: false, hint: null, locked: false },
  paused: false,
  textLimit: null,
  createdAt: 0,
};
export const paid: Workspace = {
  ...scratch,
  id: 'w2' as Workspace['id'],
  provider: 'chosen',
  name: 'agency',
  abilities: { ...scratch.abilities, costUnit: 'credits', needsKey: true },
  key: { configured: true, hint: '...a1b2', locked: false },
};

export const renderOf = (change: Partial<Render> = {}, progress: Partial<Render['progress']> = {}): Render => ({
  id: 'r1' as Render['id'],
  projectId: 'p1' as Render['projectId'],
  scriptId: 's1' as NonNullable<Render['scriptId']>,
  title: 'Spring',
  state: 'active',
  purpose: 'render',
  takes: 1,
  budgetCredits: null,
  priority: 0,
  person: 'anna',
  machine: 'studio',
  createdAt: 0,
  finishedAt: null,
  errors: [],
  ...change,
  progress: {
    items: 2,
    units: 2,
    owned: 0,
    queued: 2,
    running: 0,
    uncertain: 0,
    asking: 0,
    succeeded: 0,
    failed: 0,
    cancelled: 0,
    spentCredits: 0,
    heldCredits: 0,
    perSecond: null,
    secondsLeft: null,
    ...progress,
  },
});
