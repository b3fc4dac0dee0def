/** Keys readable by the file's owner, unencrypted: only where the user asked for exactly that. */
import { createKeyFile } from './key-file.ts';
import { refuseSessionOnly } from './store.ts';
import type { KeyStore } from './store.ts';

export const createPlainFileVault = (path: string): KeyStore => {
  const file = createKeyFile(path, 'cuebooth-keys-plain-1');
  return {
    available: () => Promise.resolve(true),
    holdsKeys: async () => Object.keys(await file.read()).length > 0,
    set: async (workspaceId, key, { sessionOnly }) => {
      refuseSessionOnly(sessionOnly);
      await file.change((entries) => {
        entries[workspaceId] = key;
      });
    },
    get: async (workspaceId) => (await file.read())[workspaceId] ?? null,
    remove: (workspaceId) =>
      file.change((entries) => {
        delete entries[workspaceId];
      }),
  };
};
