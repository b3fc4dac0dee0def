/** The vault that every host gives to its engine: session keys first, then the store, then the environment. */
import { join } from 'node:path';
import type { KeyVault } from '#engine/ports.ts';
import { createEnvironmentVault } from './environment.ts';
import type { EnvironmentVaultOptions } from './environment.ts';
import { createKeyringVault } from './keyring.ts';
import { createMemoryVault } from './memory.ts';
import { createPlainFileVault } from './plain-file.ts';
import { vaultUnavailable } from './store.ts';
import type { KeyStore } from './store.ts';

export interface HostVaultOptions extends EnvironmentVaultOptions {
  /** Keeps keys for good; null where the host has no such place. */
  readonly store: KeyStore | null;
}

export const createHostVault = (options: HostVaultOptions): KeyVault => {
  const session = createMemoryVault();
  const environment = createEnvironmentVault(options);
  const store = options.store;

  return {
    // Session and environment keys work always; only keys that lie in a closed store make the engine wait.
    available: async () => store === null || (await store.available()) || !(await store.holdsKeys()),
    set: async (workspaceId, key, how) => {
      if (how.sessionOnly) {
        await session.set(workspaceId, key, how);
        return;
      }
      if (store === null || !(await store.available())) {
        throw vaultUnavailable('This machine has no key store that Cuebooth can use now.');
      }
      await store.set(workspaceId, key, how);
      await session.remove(workspaceId);
    },
    get: async (workspaceId) => {
      const now = await session.get(workspaceId);
      if (now !== null) return now;
      let locked: unknown = null;
      try {
        const kept = (await store?.get(workspaceId)) ?? null;
        if (kept !== null) return kept;
      } catch (error) {
        locked = error;
      }
      const fromEnvironment = await environment.get(workspaceId);
      if (fromEnvironment === null && locked !== null) throw locked;
      return fromEnvironment;
    },
    remove: async (workspaceId) => {
      await session.remove(workspaceId);
      await store?.remove(workspaceId);
    },
  };
};

/** The store of a host without Electron: the system's, or a plain file where `CUEBOOTH_KEY_FILE=plain` asks for one in words. */
export const chooseKeyStore = (
  appData: string,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): KeyStore =>
  environment['CUEBOOTH_KEY_FILE'] === 'plain'
    ? createPlainFileVault(join(appData, 'keys-plain.json'))
    : createKeyringVault({ indexPath: join(appData, 'keyring.json') });
