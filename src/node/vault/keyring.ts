/** The system's own key store (Keychain, Credential Manager, Secret Service) through @napi-rs/keyring, loaded at its first use. */
import { createKeyFile } from './key-file.ts';
import { refuseSessionOnly, vaultLocked, vaultUnavailable } from './store.ts';
import type { KeyStore } from './store.ts';

export interface KeyringEntry {
  setPassword(key: string): Promise<void>;
  getPassword(): Promise<string | null | undefined>;
  deletePassword(): Promise<boolean>;
}
export interface KeyringOptions {
  /** Remembers which workspaces have a key there (ids only), to tell "locked" from "none set". */
  readonly indexPath: string;
  /** Name under which the system lists the keys. Default `Cuebooth`. */
  readonly service?: string;
  /** Default: the real key store. */
  readonly open?: (service: string, account: string) => Promise<KeyringEntry>;
}

const openSystemEntry = async (service: string, account: string): Promise<KeyringEntry> => {
  const { AsyncEntry } = await import('@napi-rs/keyring');
  // Without a Secret Service the library would fall back to the kernel's keyring, which forgets at every reboot.
  return new AsyncEntry(service, account, { linux: { store: 'secret-service' } });
};

export const createKeyringVault = (options: KeyringOptions): KeyStore => {
  const service = options.service ?? 'Cuebooth';
  const open = options.open ?? openSystemEntry;
  const index = createKeyFile(options.indexPath, 'cuebooth-keyring-index-1');
  const holds = async (workspaceId: string): Promise<boolean> => workspaceId in (await index.read());

  return {
    available: async () => {
      try {
        // A read of an account that nobody has: cheap, changes nothing, fails where there is no desktop session.
        await (await open(service, 'availability')).getPassword();
        return true;
      } catch {
        return false;
      }
    },
    holdsKeys: async () => Object.keys(await index.read()).length > 0,
    set: async (workspaceId, key, { sessionOnly }) => {
      refuseSessionOnly(sessionOnly);
      const known = await holds(workspaceId);
      let entry: KeyringEntry;
      try {
        entry = await open(service, workspaceId);
        await entry.setPassword(key);
      } catch (error) {
        throw vaultUnavailable("The system's key store cannot be used here.", error);
      }
      try {
        await index.change((entries) => {
          entries[workspaceId] = 'stored';
        });
      } catch (error) {
        // A key that the index does not name could neither be read nor removed from here any more.
        if (!known) await entry.deletePassword().catch(() => false);
        throw error;
      }
    },
    get: async (workspaceId) => {
      if (!(await holds(workspaceId))) return null;
      try {
        return (await (await open(service, workspaceId)).getPassword()) ?? null;
      } catch (error) {
        throw vaultLocked(workspaceId, "The system's key store cannot be read here.", error);
      }
    },
    remove: async (workspaceId) => {
      if (!(await holds(workspaceId))) return;
      try {
        await (await open(service, workspaceId)).deletePassword();
      } catch (error) {
        throw vaultLocked(workspaceId, "The system's key store cannot be changed here.", error);
      }
      await index.change((entries) => {
        delete entries[workspaceId];
      });
    },
  };
};
