import type { KeyVault } from '#engine/ports.ts';

/** Keys for this process only; nothing reaches a disk. */
export const createMemoryVault = (): KeyVault => {
  const keys = new Map<string, string>();
  return {
    available: () => Promise.resolve(true),
    set: (workspaceId, key) => {
      keys.set(workspaceId, key);
      return Promise.resolve();
    },
    get: (workspaceId) => Promise.resolve(keys.get(workspaceId) ?? null),
    remove: (workspaceId) => {
      keys.delete(workspaceId);
      return Promise.resolve();
    },
  };
};
