// Starting other programs the way every tool here needs it: inherited terminal, signals passed on, an exit code back.

import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the repository. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * @typedef {object} ChildOptions
 * @property {NodeJS.ProcessEnv} [env] added to this process's own environment
 * @property {'inherit' | 'ignore'} [stdin] default `inherit`
 * @property {'inherit' | 'ignore'} [output] default `inherit`
 */

/**
 * Runs a program to its end and resolves with its exit code (128 + number when a signal ended it, 127 when it could not
 * be started). SIGTERM and SIGHUP are passed on; Ctrl-C reaches the program from the terminal itself.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {ChildOptions} [options]
 * @returns {Promise<number>}
 */
export function run(command, args, options = {}) {
  const output = options.output ?? 'inherit';
  const child = spawn(command, args, {
    cwd: root,
    env: { ...process.env, ...options.env },
    stdio: [options.stdin ?? 'inherit', output, output],
  });
  /** @param {NodeJS.Signals} signal */
  const passOn = (signal) => {
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  };
  const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
  for (const signal of signals) process.on(signal, passOn);
  return new Promise((resolve) => {
    /** @param {number} code */
    const done = (code) => {
      for (const signal of signals) process.off(signal, passOn);
      resolve(code);
    };
    child.on('error', (error) => {
      process.stderr.write(`${command} could not be started: ${error.message}\n`);
      done(127);
    });
    child.on('exit', (code, signal) => {
      done(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    });
  });
}

/**
 * Runs a JavaScript or TypeScript file on this same Node.
 * @param {readonly string[]} args the file and its arguments
 * @param {ChildOptions} [options]
 * @returns {Promise<number>}
 */
export function runNode(args, options) {
  return run(process.execPath, args, options);
}
