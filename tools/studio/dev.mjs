// A web host with its engine, and in front of it Vite's server for src/renderer. The host checks Host and Origin exactly,
// so the proxy sends it the host's own; the browser only ever sees Vite's origin.

import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createServer, mergeConfig } from 'vite';
import { root } from '../child.mjs';

/** What the web host answers itself; everything else is the renderer's. */
const hostPaths = '^/(rpc|session|host|blobs|media|push)(/|[?]|$)';

/** Starts the web host. @param {readonly string[]} args */
function startHost(args) {
  const command = [join(root, 'src/hosts/cli/main.ts'), 'serve', '--no-open', '--json', ...args];
  return spawn(process.execPath, command, { cwd: root, stdio: ['inherit', 'pipe', 'inherit'] });
}

/**
 * Reads the host's address from the JSON line it prints, and passes its other lines on.
 * @param {ReturnType<typeof startHost>} host
 * @returns {Promise<URL>}
 */
function addressOf(host) {
  return new Promise((resolve, reject) => {
    host.once('exit', (code) => reject(new Error(`the web host ended with code ${code}`)));
    createInterface({ input: host.stdout }).on('line', (line) => {
      const url = line.startsWith('{') ? JSON.parse(line).url : undefined;
      if (typeof url === 'string') resolve(new URL(url));
      else process.stdout.write(`${line}\n`);
    });
  });
}

/**
 * The proxy settings that make each request look as if the browser had asked the host itself.
 * @param {string} origin the host's own
 * @returns {Record<string, import('vite').ProxyOptions>}
 */
function proxyTo(origin) {
  const options = {
    target: origin,
    // rewrites Host; the headers rewrite Origin, and Vite's proxy applies both to the socket as well
    changeOrigin: true,
    headers: { origin },
    ws: true,
  };
  return { [hostPaths]: options };
}

const host = startHost(process.argv.slice(2));
const address = await addressOf(host);
const { renderer } = await import('../../vite.renderer.config.ts');
const server = await createServer(
  mergeConfig(renderer, {
    configFile: false,
    server: { host: '127.0.0.1', port: 5173, proxy: proxyTo(address.origin) },
  }),
);
await server.listen();
const own = server.resolvedUrls?.local[0] ?? 'http://127.0.0.1:5173/';
process.stdout.write(`The studio with hot reload: ${own}${address.hash}\n`);

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.once(signal, () => host.kill(signal));
host.once('exit', async (code) => {
  await server.close();
  process.exit(code ?? 0);
});
