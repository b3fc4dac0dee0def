/** The terminal of a real process. */
import { createInterface } from 'node:readline';
import type { ReadStream, WriteStream } from 'node:tty';
import { text } from 'node:stream/consumers';
import { AppError } from '#contract/errors.ts';
import type { Sink, Terminal } from './terminal.ts';

const wantsColor = (stream: WriteStream, environment: NodeJS.ProcessEnv): boolean => {
  // An empty NO_COLOR is the same as none (no-color.org).
  if ((environment['NO_COLOR'] ?? '') !== '') return false;
  const forced = environment['FORCE_COLOR'];
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  return stream.isTTY === true && environment['TERM'] !== 'dumb';
};

const createSink = (stream: WriteStream, environment: NodeJS.ProcessEnv): Sink => {
  let closed = false;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && error.code !== 'EOF' && error.code !== 'ERR_STREAM_DESTROYED') throw error;
    closed = true;
  });
  return {
    write: (piece) => {
      if (!closed) stream.write(piece);
    },
    get isTerminal() {
      return stream.isTTY === true && environment['TERM'] !== 'dumb';
    },
    get columns() {
      // A terminal that does not know its size says 0.
      return stream.columns > 0 ? stream.columns : 80;
    },
    color: wantsColor(stream, environment),
    get closed() {
      return closed;
    },
  };
};

const interrupted = (): AppError => new AppError('cancelled', 'Stopped before anything was done.');

const confirm = (input: ReadStream, output: WriteStream, question: string): Promise<boolean> =>
  new Promise((resolve, reject) => {
    const lines = createInterface({ input, output });
    let answered = false;
    lines.on('SIGINT', () => {
      answered = true;
      output.write('\n');
      lines.close();
      reject(interrupted());
    });
    lines.on('close', () => {
      if (!answered) resolve(false);
    });
    lines.question(`${question} [y/N] `, (answer) => {
      answered = true;
      lines.close();
      resolve(/^\s*y(es)?\s*$/i.test(answer));
    });
  });

const askHidden = (input: ReadStream, output: WriteStream, question: string): Promise<string> =>
  new Promise((resolve, reject) => {
    let typed = '';
    const finish = (settle: () => void): void => {
      input.off('data', read);
      input.setRawMode(false);
      input.pause();
      output.write('\n');
      settle();
    };
    const read = (piece: Buffer | string): void => {
      for (const character of piece.toString()) {
        if (character === '\r' || character === '\n') return finish(() => resolve(typed));
        // Ctrl-C and Ctrl-D, which raw mode delivers as characters.
        if (character === '\u0003' || character === '\u0004') return finish(() => reject(interrupted()));
        if (character === '\u007f' || character === '\b') typed = [...typed].slice(0, -1).join('');
        else if (character === '\u0015') typed = '';
        else if (character >= ' ') typed += character;
      }
    };
    // Raw before the question is seen, so that nothing typed early is echoed.
    input.setRawMode(true);
    input.setEncoding('utf8');
    input.on('data', read);
    input.resume();
    output.write(question);
  });

export const createProcessTerminal = (): Terminal => {
  const { stdin, stdout, stderr, env } = process;
  return {
    out: createSink(stdout, env),
    err: createSink(stderr, env),
    environment: env,
    interactive: stdin.isTTY === true && stderr.isTTY === true,
    now: () => Date.now(),
    confirm: (question) => confirm(stdin, stderr, question),
    askHidden: (question) => askHidden(stdin, stderr, question),
    readInput: () => text(stdin),
    onSignal: (listener) => {
      const onInterrupt = (): void => listener('interrupt');
      const onTerminate = (): void => listener('terminate');
      process.on('SIGINT', onInterrupt);
      process.on('SIGTERM', onTerminate);
      process.on('SIGHUP', onTerminate);
      return () => {
        process.off('SIGINT', onInterrupt);
        process.off('SIGTERM', onTerminate);
        process.off('SIGHUP', onTerminate);
      };
    },
  };
};

/** Resolves when everything written has left, so that ending the process cuts nothing off. */
export const flushed = (stream: WriteStream): Promise<void> =>
  new Promise((resolve) => {
    if (stream.destroyed || stream.writableLength === 0) return resolve();
    stream.once('error', () => resolve());
    stream.write('', () => resolve());
  });
