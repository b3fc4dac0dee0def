/** Keys encrypted by the host (Electron's safeStorage), as ciphertext in one file of the app-data folder. Encrypts or refuses. */
import { createKeyFile } from './key-file.ts';
import { refuseSessionOnly, vaultLocked, vaultUnavailable } from './store.ts';
import type { KeyStore } from './store.ts';

export interface Cipher {
  /** False while the system's key store cannot be used, and always where it would not really encrypt. */
  available(): Promise<boolean>;
  encrypt(text: string): Promise<Uint8Array>;
  decrypt(bytes: Uint8Array): Promise<string>;
}

export const createCipherVault = (path: string, cipher: Cipher): KeyStore => {
  const file = createKeyFile(path, 'cuebooth-keys-encrypted-1');
  const available = (): Promise<boolean> => cipher.available().catch(() => false);
  return {
    available,
    holdsKeys: async () => Object.keys(await file.read()).length > 0,
    set: async (workspaceId, key, { sessionOnly }) => {
      refuseSessionOnly(sessionOnly);
      if (!(await available())) throw vaultUnavailable('The system offers no way to encrypt keys here.');
      const encrypted = await cipher.encrypt(key).catch((error: unknown) => {
        throw vaultUnavailable('The system could not encrypt the key.', error);
      });
      await file.change((entries) => {
        entries[workspaceId] = Buffer.from(encrypted).toString('base64');
      });
    },
    get: async (workspaceId) => {
      const entry = (await file.read())[workspaceId];
      if (entry === undefined) return null;
      if (!(await available())) throw vaultLocked(workspaceId, "The system's key store is locked.");
      return cipher.decrypt(Buffer.from(entry, 'base64')).catch((error: unknown) => {
        throw vaultLocked(workspaceId, 'The stored key could not be decrypted on this machine.', error);
      });
    },
    remove: (workspaceId) =>
      file.change((entries) => {
        delete entries[workspaceId];
      }),
  };
};
