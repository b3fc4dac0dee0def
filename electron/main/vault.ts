/**
 * The system's encryption for API keys, through the async calls of Electron's safeStorage.
 * On Linux without a keyring Electron would encrypt with a password that stands in its source (`basic_text`):
 * that counts as no encryption, so a key is refused there unless it is for this session only.
 */
import { join } from 'node:path';
import type { SafeStorage } from 'electron';
import type { KeyVault } from '#engine/ports.ts';
import { createCipherVault, type Cipher } from '#node/vault/cipher.ts';
import { createHostVault, type HostVaultOptions } from '#node/vault/host-vault.ts';

export interface CipherParts {
  readonly safeStorage: Pick<
    SafeStorage,
    'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'
  >;
  readonly platform: NodeJS.Platform;
}

export const createSafeStorageCipher = ({ safeStorage, platform }: CipherParts): Cipher => {
  const hasKeyring = (): boolean => {
    if (platform !== 'linux') return true;
    const backend = safeStorage.getSelectedStorageBackend();
    // Before `ready` the answer is `unknown`; that is no better than none.
    return backend !== 'basic_text' && backend !== 'unknown';
  };
  return {
    available: async () => hasKeyring() && safeStorage.isAsyncEncryptionAvailable(),
    encrypt: (text) => safeStorage.encryptStringAsync(text),
    decrypt: async (bytes) => (await safeStorage.decryptStringAsync(Buffer.from(bytes))).result,
  };
};

export interface ElectronVaultParts extends CipherParts {
  readonly appData: string;
  readonly nameOf: HostVaultOptions['nameOf'];
}

/** Ciphertext in `keys.json` of the app-data folder; session keys in memory. */
export const createElectronVault = ({ appData, nameOf, ...parts }: ElectronVaultParts): KeyVault =>
  createHostVault({ store: createCipherVault(join(appData, 'keys.json'), createSafeStorageCipher(parts)), nameOf });
