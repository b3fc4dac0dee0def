/** Lines for stderr or for a rotating file; every line goes through the redactor. */
import { closeSync, mkdirSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Logger } from '#engine/ports.ts';
import { createRedactor } from './redact.ts';
import type { Redactor } from './redact.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';
export interface LoggerOptions {
  /** Default `info`. */
  readonly level?: LogLevel;
  /** Takes one line with its line feed. Default: stderr. */
  readonly write?: (line: string) => void;
  /** One JSON object a line. Default false. */
  readonly json?: boolean;
  readonly redactor?: Redactor;
  readonly now?: () => number;
}

const order: Readonly<Record<LogLevel, number>> = { debug: 0, info: 1, warn: 2, error: 3, silent: 4 };

const toJson = (value: unknown): string => {
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    return '"[not printable]"';
  }
};

export const createLogger = (options: LoggerOptions = {}): Logger => {
  const least = order[options.level ?? 'info'];
  const write = options.write ?? ((line: string) => void process.stderr.write(line));
  const redactor = options.redactor ?? createRedactor();
  const now = options.now ?? Date.now;

  const at =
    (level: Exclude<LogLevel, 'silent'>): Logger['info'] =>
    (message, fields) => {
      if (order[level] < least) return;
      const time = new Date(now()).toISOString();
      const text = redactor.text(message);
      const rest = fields === undefined ? undefined : redactor.value(fields);
      const line =
        options.json === true
          ? toJson({ time, level, message: text, ...(rest as object | undefined) })
          : `${time} ${level.padEnd(5)} ${text}${rest === undefined ? '' : ` ${toJson(rest)}`}`;
      // A line must stay a line, whatever a vendor put into its message.
      write(`${line.replace(/[\r\n]+/g, ' | ')}\n`);
    };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
};

export interface LogFile {
  readonly write: (line: string) => void;
  close(): void;
}

/** A file that is renamed to `.1` when it is full, `.1` to `.2` and so on. A full disk never stops the work that is logged. */
export const openLogFile = (
  path: string,
  options: { readonly maxBytes?: number; readonly keep?: number } = {},
): LogFile => {
  const maxBytes = options.maxBytes ?? 5 * 1024 * 1024;
  const keep = options.keep ?? 3;
  let descriptor: number | null = null;
  let bytes = 0;

  const open = (): number => {
    mkdirSync(dirname(path), { recursive: true });
    const opened = openSync(path, 'a', 0o600);
    bytes = statSync(path).size;
    return opened;
  };
  const rotate = (): void => {
    if (descriptor !== null) closeSync(descriptor);
    descriptor = null;
    rmSync(`${path}.${keep}`, { force: true });
    for (let number = keep - 1; number >= 0; number -= 1) {
      try {
        renameSync(number === 0 ? path : `${path}.${number}`, `${path}.${number + 1}`);
      } catch {
        // That one is not there yet.
      }
    }
  };
  return {
    write: (line) => {
      try {
        descriptor ??= open();
        const chunk = Buffer.from(line);
        if (bytes > 0 && bytes + chunk.byteLength > maxBytes) {
          rotate();
          descriptor = open();
        }
        writeSync(descriptor, chunk);
        bytes += chunk.byteLength;
      } catch {
        // Logging is never a reason to fail.
      }
    },
    close: () => {
      if (descriptor !== null) closeSync(descriptor);
      descriptor = null;
    },
  };
};
