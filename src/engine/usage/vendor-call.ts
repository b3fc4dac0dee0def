/** Asking a workspace's vendor about its account, outside the queue: free calls, one try each. */
import { AppError, type ErrorCode } from '#contract/errors.ts';
import type { WorkspaceRow } from '../database/workspaces.ts';
import type { KeyVault } from '../ports.ts';
import { ProviderError, type CallContext, type SpeechProvider } from '../providers/provider.ts';
import { viewOf } from '../providers/workspace-view.ts';

/** Throws `key_missing`, `vault_locked`. */
export const callContextOf = async (
  vault: Pick<KeyVault, 'get'>,
  provider: SpeechProvider,
  row: WorkspaceRow,
  signal: AbortSignal,
): Promise<CallContext> => {
  const key = provider.abilities.needsKey ? await vault.get(row.id) : null;
  if (provider.abilities.needsKey && key === null) {
    throw new AppError('key_missing', `No API key is set for "${row.name}". Set one to read its account.`, {
      action: { type: 'set-key', workspaceId: row.id },
    });
  }
  return { workspace: viewOf(row, provider), key, signal };
};

export interface VendorProblem {
  readonly code: ErrorCode;
  readonly message: string;
  readonly retryAfterMs: number | undefined;
}
/** What went wrong with such a call; null: not the vendor's doing nor the key's, so the caller throws it on. */
export const problemOf = (error: unknown): VendorProblem | null => {
  if (error instanceof ProviderError)
    return { code: error.code, message: error.message, retryAfterMs: error.retryAfterMs };
  if (error instanceof AppError) return { code: error.code, message: error.message, retryAfterMs: undefined };
  return null;
};
