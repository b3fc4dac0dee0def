// The first file of every command. Written in old syntax and importing only what old Nodes know, so that a Node that
// cannot run Cuebooth prints one sentence instead of a stack trace (better-sqlite3 13 even crashes Node 20 outright).
// Whatever needs a current Node is imported inside the callback of onGoodNode(), never beside it.

import { spawn } from 'child_process';
import { existsSync, realpathSync } from 'fs';
import { dirname, join } from 'path';
import { fileURLToPath } from 'url';

var root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * Whether a Node version runs Cuebooth: 22.19 or newer, without the 23.x releases that still lacked type stripping.
 * @param {string} version such as `24.21.0`
 * @returns {boolean}
 */
export function nodeIsGoodEnough(version) {
  var parts = version.replace(/^v/, '').split('.');
  var major = Number(parts[0]);
  var minor = Number(parts[1]);
  if (major === 22) return minor >= 19;
  if (major === 23) return minor >= 6;
  return major >= 24;
}

/**
 * The Node 24 that `npm ci` installs on the systems npm carries it for (tools/dev-node), if it is there.
 * @returns {string | undefined}
 */
export function bundledNode() {
  var platform = process.platform === 'win32' ? 'win' : process.platform;
  var exe = process.platform === 'win32' ? 'node.exe' : 'node';
  var candidates = [join(root, 'node_modules', 'node-' + platform + '-' + process.arch, 'bin', exe)];
  // On Windows the file in .bin is a shell script, which cannot be started as a program.
  if (process.platform !== 'win32') candidates.unshift(join(root, 'node_modules', '.bin', 'node'));
  return candidates.filter(existsSync)[0];
}

/**
 * The one sentence for a Node that is too old.
 * @param {string} version
 * @returns {string}
 */
export function tooOldSentence(version) {
  var system = process.platform + '-' + process.arch;
  if (system === 'linux-x64' || system === 'linux-arm64' || system === 'win32-x64') {
    return (
      'Cuebooth cannot run on Node ' + version + '; run "npm ci" first, which puts Node 24 beside it on this system.'
    );
  }
  return 'Cuebooth needs Node 22.19 or newer and this is Node ' + version + '; please install a current Node.js.';
}

/**
 * For configuration files that a tool has already started to load: stops with the sentence on a Node that is too old.
 * @returns {void}
 */
export function requireGoodNode() {
  if (nodeIsGoodEnough(process.versions.node)) return;
  process.stderr.write(tooOldSentence(process.versions.node) + '\n');
  process.exit(1);
}

/**
 * Starts the same command again on the bundled Node and ends with its result.
 * @param {string} node
 * @returns {void}
 */
function handOver(node) {
  var child = spawn(node, process.execArgv.concat(process.argv.slice(1)), { stdio: 'inherit' });
  child.on('error', function (error) {
    process.stderr.write('Cuebooth could not start ' + node + ': ' + error.message + '\n');
    process.exit(1);
  });
  child.on('exit', function (code, signal) {
    process.exit(code === null || signal !== null ? 1 : code);
  });
  // A terminal delivers Ctrl-C to both processes, so here it only must not end the parent before the child.
  process.on('SIGINT', function () {
    if (!process.stdin.isTTY) child.kill('SIGINT');
  });
  process.on('SIGTERM', function () {
    child.kill('SIGTERM');
  });
}

/**
 * Runs `main` on a Node that is new enough: here, in a child on the bundled Node 24, or not at all.
 * @param {() => unknown} main
 * @returns {void}
 */
export function onGoodNode(main) {
  var bundled = bundledNode();
  var old = !nodeIsGoodEnough(process.versions.node);
  if (bundled !== undefined && (old || Number(process.versions.node.split('.')[0]) < 24)) {
    if (realpathSync(bundled) !== realpathSync(process.execPath)) {
      handOver(bundled);
      return;
    }
  }
  if (old) {
    process.stderr.write(tooOldSentence(process.versions.node) + '\n');
    process.exit(1);
  }
  main();
}
