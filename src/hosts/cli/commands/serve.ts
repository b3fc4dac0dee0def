/** `cuebooth serve`: the studio in the browser, on this machine only. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { importSample } from '#client/import-sample.ts';
import { AppError } from '#contract/errors.ts';
import { startWebHost, type WebHost } from '#hosts/web/server.ts';
import { say, type Command, type CommandContext } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { writeJsonLine } from '../output/json.ts';
import type { Session } from '../session.ts';
import type { Terminal } from '../terminal.ts';

export interface ServeOptions {
  readonly port: number;
  readonly open: boolean;
  readonly demo?: boolean;
  readonly json?: boolean;
}

/** What is served: a library that was opened, or the demo's. */
type Served = Pick<Session, 'client' | 'router' | 'mediaPath' | 'saveBlob' | 'logger' | 'announce' | 'close'>;

const repository = new URL('../../../../', import.meta.url);
const sample = new URL('resources/sample/', repository);
const builtRenderer = fileURLToPath(new URL('out/renderer', repository));

const startOn = async (session: Served, port: number): Promise<WebHost> => {
  try {
    return await startWebHost({
      router: session.router,
      mediaPath: session.mediaPath,
      saveBlob: (body) => session.saveBlob(body),
      staticFolder: builtRenderer,
      logger: session.logger,
      port,
    });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error;
    const reason = code === 'EADDRINUSE' ? 'is used by another program' : 'may not be used by you';
    throw new AppError(
      'invalid_input',
      `Port ${port} ${reason}. Nothing was started; leave --port out for a free one.`,
      { cause: error },
    );
  }
};

/** Resolves at the first signal, and calls `hurry` at the next. */
const untilStopped = (terminal: Terminal, hurry: () => void): Promise<'interrupt' | 'terminate'> =>
  new Promise((resolve) => {
    let asked = false;
    terminal.onSignal((signal) => {
      if (asked) hurry();
      asked = true;
      resolve(signal);
    });
  });

const openBrowser = async (terminal: Terminal, url: string): Promise<void> => {
  try {
    const { default: open } = await import('open');
    const browser = await open(url);
    browser.once('error', () => say(terminal, 'No browser could be opened; open the address yourself.'));
  } catch {
    say(terminal, 'No browser could be opened; open the address yourself.');
  }
};

const openDemoSession = async ({ terminal }: CommandContext): Promise<Served> => {
  say(terminal, 'Making up three months of work ...');
  const { openDemo } = await import('#hosts/demo/demo.ts');
  const { version } = JSON.parse(await readFile(new URL('package.json', repository), 'utf8')) as { version: string };
  const demo = await openDemo({ version });
  say(terminal, demo.notice);
  return {
    client: demo.client,
    router: demo.router,
    mediaPath: demo.mediaPath,
    saveBlob: demo.saveBlob,
    logger: demo.logger,
    // Nobody looks for the engine of a library that will be gone.
    announce: () => undefined,
    close: demo.close,
  };
};

export const serve: Command<ServeOptions> = async (context, options) => {
  const { terminal } = context;
  const isDemo = options.demo === true;
  let open: Served | null = null;
  const listen = (): ReturnType<typeof untilStopped> => untilStopped(terminal, () => void open?.close('park'));
  // What the demo makes has to go again, also when it is stopped while it is being made.
  const early = isDemo ? listen() : null;
  const session = await (isDemo ? openDemoSession(context) : context.openSession('serve'));
  open = session;
  // Heard from the start, so that a signal during the start ends it in order too.
  const stopped = early ?? listen();
  try {
    if (!isDemo && (await importSample(session.client, (name) => readFile(new URL(name, sample), 'utf8'))))
      say(terminal, 'This library is new: the sample campaign "Spring sale" is in it.');
    const host = await startOn(session, options.port);
    session.announce(host.origin);
    try {
      if (options.json === true) writeJsonLine(terminal.out, { url: host.url, port: host.port });
      else
        terminal.out.write(
          `Cuebooth is open in your browser at this address, for one minute and one use; Ctrl-C ends it.\n${host.url}\n`,
        );
      if (options.open) await openBrowser(terminal, host.mintUrl());
      const signal = await stopped;
      if (options.json !== true) say(terminal, 'Stopping: what is in flight is being finished. Ctrl-C again parks it.');
      await host.close();
      await session.close(signal === 'interrupt' ? 'finish' : 'park');
    } finally {
      await host.close();
    }
    return exitCodes.done;
  } finally {
    await session.close('park');
  }
};
