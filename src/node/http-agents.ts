/** Pools of connections, the way out through a proxy, and whom TLS trusts. */
import { createSecureContext, getCACertificates } from 'node:tls';
import type { SecureContext } from 'node:tls';
import type * as undici from 'undici';
import type { buildConnector, Dispatcher } from 'undici';

/** `environment`: HTTP_PROXY, HTTPS_PROXY and NO_PROXY. A function gets an origin and gives a proxy's URL, or null for none. */
export type ProxyChoice = 'environment' | 'none' | ((origin: string) => Promise<string | null>);

export interface AgentOptions {
  readonly proxy: ProxyChoice;
  readonly connectTimeoutMs: number;
  readonly environment: Readonly<Record<string, string | undefined>>;
}
export interface Agents {
  /** The dispatcher for a pool and a URL; a promise only the first time, and where a proxy has to be asked for. */
  find(pool: string, url: URL): Dispatcher | Promise<Dispatcher>;
  close(): Promise<void>;
}

/** Always direct: what runs on this machine is not behind a proxy. */
const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' ||
  hostname === '[::1]' ||
  /^127\.\d+\.\d+\.\d+$/.test(hostname) ||
  hostname.endsWith('.localhost');

/**
 * Node's own list and the system's. Null when the system adds nothing. Reading and parsing takes about 0.1 s, so it
 * happens at the first https connection, once per process's Http.
 */
const systemTrust = (): SecureContext | null => {
  try {
    const own = getCACertificates('default');
    const all = new Set(own);
    for (const certificate of getCACertificates('system')) all.add(certificate);
    return all.size === own.length ? null : createSecureContext({ ca: [...all] });
  } catch {
    return null;
  }
};

type Undici = typeof undici;

const connectorOf = (
  { buildConnector }: Undici,
  timeout: number,
  trust: () => { readonly secureContext?: SecureContext },
): buildConnector.connector => {
  const plain = buildConnector({ timeout, allowH2: false });
  let secure: buildConnector.connector | null = null;
  return (target, callback) => {
    if (target.protocol !== 'https:') {
      plain(target, callback);
      return;
    }
    secure ??= buildConnector({ timeout, allowH2: false, ...trust() });
    secure(target, callback);
  };
};

export const createAgents = (options: AgentOptions): Agents => {
  const agents = new Map<string, Dispatcher>();
  const timeout = options.connectTimeoutMs;
  let trusted: { readonly secureContext?: SecureContext } | null = null;
  const trust = (): { readonly secureContext?: SecureContext } => {
    if (trusted === null) {
      const context = systemTrust();
      trusted = context === null ? {} : { secureContext: context };
    }
    return trusted;
  };

  const { environment } = options;
  const variable = (name: string): string | undefined =>
    environment[name.toLowerCase()] || environment[name] || undefined;
  const httpProxy = variable('HTTP_PROXY');
  const httpsProxy = variable('HTTPS_PROXY');
  const usesEnvironment = options.proxy === 'environment' && (httpProxy !== undefined || httpsProxy !== undefined);

  const agent = (key: string, make: () => Dispatcher): Dispatcher => {
    const known = agents.get(key);
    if (known !== undefined) return known;
    const made = make();
    agents.set(key, made);
    return made;
  };
  const finder = (loaded: Undici): Agents['find'] => {
    // HTTP/1.1 only: over HTTP/2 undici puts requests of a closed session back into its queue and sends them again.
    const shared = { pipelining: 1, allowH2: false, connect: connectorOf(loaded, timeout, trust) } as const;
    const direct = (pool: string): Dispatcher => agent(pool, () => new loaded.Agent(shared));
    const throughProxy = () => ({ ...shared, connectTimeout: timeout, requestTls: trust(), proxyTls: trust() });
    return (pool, url) => {
      if ((!usesEnvironment && typeof options.proxy !== 'function') || isLoopback(url.hostname)) return direct(pool);
      if (typeof options.proxy === 'function') {
        return options
          .proxy(url.origin)
          .then((uri) =>
            uri === null
              ? direct(pool)
              : agent(`${pool}\n${uri}`, () => new loaded.ProxyAgent({ ...throughProxy(), uri })),
          );
      }
      return agent(
        `${pool}\nenvironment`,
        () =>
          new loaded.EnvHttpProxyAgent({
            ...throughProxy(),
            ...(httpProxy === undefined ? {} : { httpProxy }),
            ...(httpsProxy === undefined ? {} : { httpsProxy }),
            noProxy: variable('NO_PROXY') ?? '',
          }),
      );
    };
  };
  // Loading undici takes some 30 ms and 8 MB: a start that sends nothing does without.
  let find: Agents['find'] | null = null;

  return {
    find: (pool, url) => {
      if (find !== null) return find(pool, url);
      return import('undici').then((loaded) => {
        find ??= finder(loaded);
        return find(pool, url);
      });
    },
    close: async () => {
      const all = [...agents.values()];
      agents.clear();
      await Promise.all(all.map((one) => one.destroy()));
    },
  };
};
