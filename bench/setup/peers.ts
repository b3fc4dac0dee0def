/** Peers that the product itself does not use: installed into `bench/peers` when a bench first needs them. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export const peersFolder = fileURLToPath(new URL('../peers/', import.meta.url));
const installMs = 5 * 60_000;

/** Ways to speak lines through ElevenLabs; all but the first need the folder. */
export const speechPeers = ['p-limit', 'p-limit + p-retry', 'p-queue', 'ElevenLabs SDK'] as const;
export type SpeechPeer = (typeof speechPeers)[number];

const manifest = (path: string): { readonly version?: string; readonly dependencies?: Record<string, string> } =>
  JSON.parse(readFileSync(path, 'utf8')) as ReturnType<typeof manifest>;
/** Package and version of each peer in the folder. */
export const peerVersions = (): Readonly<Record<string, string>> =>
  manifest(join(peersFolder, 'package.json')).dependencies ?? {};

const isInstalled = (): boolean => {
  try {
    return Object.entries(peerVersions()).every(
      ([name, version]) => manifest(join(peersFolder, 'node_modules', name, 'package.json')).version === version,
    );
  } catch {
    return false;
  }
};

/** Null when the peers are there; else why not, to go after "because". */
export const installPeers = async (): Promise<string | null> => {
  if (isInstalled()) return null;
  // Under `npm run` this is npm's own program, so that no shell is needed.
  const npm = process.env['npm_execpath'];
  const [program, ...first] = npm !== undefined && /\.[cm]?js$/.test(npm) ? [process.execPath, npm] : ['npm'];
  const args = [...first, 'ci', '--prefix', peersFolder, '--ignore-scripts', '--no-audit', '--no-fund'];
  try {
    await promisify(execFile)(program ?? 'npm', args, { cwd: peersFolder, timeout: installMs });
  } catch (error) {
    const { killed, code, stderr } = error as { readonly killed?: boolean; readonly code?: unknown; stderr?: string };
    const reason = /^npm (?:error|ERR!) code (\S+)/m.exec(stderr ?? '')?.[1] ?? String(code ?? 'unknown');
    return killed === true
      ? `"npm ci" took more than ${installMs / 60_000} minutes`
      : `"npm ci" could not install them (${reason})`;
  }
  return isInstalled() ? null : '"npm ci" ended well, but they are not there';
};
