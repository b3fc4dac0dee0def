/** Pages for the benches that look through a browser: built like the product's, served on this machine, opened in Chromium. */
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { type Browser, chromium } from '@playwright/test';
import { build } from 'vite';
import { findBrowser } from '../../tools/testing/browser.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const cache = join(root, 'node_modules/.cache/cuebooth-bench-pages');

/** A production build with its manifest; returns the folder. */
export const buildPage = async (name: string, source: string): Promise<string> => {
  const outDir = join(cache, name);
  await build({
    configFile: false,
    logLevel: 'error',
    root: source,
    base: '/',
    plugins: [react()],
    css: { modules: { localsConvention: 'camelCaseOnly' } },
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2023',
      minify: true,
      manifest: 'manifest.json',
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 5000,
    },
  });
  return outDir;
};
export const barePage = (): Promise<string> => buildPage('bare', join(root, 'bench/pages/bare'));
export const studioPage = (): Promise<string> => buildPage('studio', join(root, 'src/renderer'));

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** Serves a folder's files on 127.0.0.1 until it is closed. */
export const serveFolder = async (folder: string): Promise<{ readonly url: string; close(): void }> => {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://x').pathname;
    const file = join(folder, normalize(path === '/' ? 'index.html' : path));
    readFile(file).then(
      (bytes) => response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/json' }).end(bytes),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};

/** The studio itself over a library; `place` is what `serve` is told beside it. */
export const serveStudio = async (
  place: readonly string[],
): Promise<{ readonly url: string; close(): Promise<void> }> => {
  const command = ['--no-warnings', 'src/hosts/cli/main.ts', 'serve', '--no-open', '--json', '--port', '0', ...place];
  const host = spawn(process.execPath, command, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  const close = async (): Promise<void> => {
    if (host.exitCode !== null) return;
    const ended = new Promise<void>((resolve) => host.once('exit', () => resolve()));
    host.kill('SIGTERM');
    await ended;
  };
  for await (const line of createInterface({ input: host.stdout })) {
    if (!line.startsWith('{')) continue;
    return { url: (JSON.parse(line) as { url: string }).url, close };
  }
  throw new Error('The studio ended before it said its address.');
};

export const openBrowser = (): Promise<Browser> => {
  const executablePath = findBrowser();
  return chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    chromiumSandbox: process.getuid?.() !== 0,
  });
};
