/** What the vaults share. */
import { AppError } from '#contract/errors.ts';
import type { KeyVault } from '#engine/ports.ts';

/** A vault that keeps keys for good. */
export interface KeyStore extends KeyVault {
  /** Says whether something lies there that cannot be read while the store is not available. */
  holdsKeys(): Promise<boolean>;
}

/** All that may ever be shown of a key: its last four characters, and none of a key so short that they would tell. */
export const keyHint = (key: string): string => (key.length < 12 ? '...' : `...${key.slice(-4)}`);

/** Stores never see session keys; the host vault keeps those in memory. */
export const refuseSessionOnly = (sessionOnly: boolean): void => {
  if (sessionOnly)
    throw new AppError(
      'vault_unavailable',
      'This key store keeps keys for good, so a key for this session only was not given to it.',
    );
};

export const vaultUnavailable = (why: string, cause?: unknown): AppError =>
  new AppError(
    'vault_unavailable',
    `${why} The key was not stored. Keep it for this session only, or put it into an environment variable (CUEBOOTH_KEY_ and the workspace's name).`,
    { cause },
  );

export const vaultLocked = (workspaceId: string, why: string, cause?: unknown): AppError =>
  new AppError(
    'vault_locked',
    `${why} Work that needs the key waits and nothing is lost. Unlock the system's key store, or set the key again.`,
    {
      cause,
      action: { type: 'set-key', workspaceId },
    },
  );
