/** A workspace's key as its lane needs it: never stored, never logged, told apart by a fingerprint. */
import { getWorkspaceBySeq, type WorkspaceRow } from '../database/workspaces.ts';
import type { ProviderRegistry } from '../providers/registry.ts';
import { viewOf } from '../providers/workspace-view.ts';
import type { Caller } from './reconcile.ts';
import type { SpeechProvider } from '../providers/provider.ts';
import type { QueuePorts } from './lane-context.ts';

export interface LaneKey {
  readonly key: string | null;
  readonly fingerprint: string | null;
  /** Why the lane cannot work, in words; null when it can. */
  readonly lockedReason: string | null;
  /** The vault could not be opened: worth another look later. */
  readonly isVaultClosed: boolean;
}

/** For a free look while the queue does not run; null while the key cannot be read. */
export const callerWithoutLane = async (
  ports: Pick<QueuePorts, 'vault' | 'hash' | 'database'>,
  workspaceSeq: number,
  providers: ProviderRegistry,
): Promise<Caller | null> => {
  const row = getWorkspaceBySeq(ports.database, workspaceSeq);
  if (row === null || !providers.has(row.provider)) return null;
  const provider = providers.get(row.provider);
  const { key, lockedReason } = await readLaneKey(ports, row, provider);
  if (lockedReason !== null) return null;
  return { provider, call: { workspace: viewOf(row, provider), key, signal: new AbortController().signal } };
};

export const unreadKey: LaneKey = {
  key: null,
  fingerprint: null,
  lockedReason: 'The key is being read.',
  isVaultClosed: false,
};

export const readLaneKey = async (
  ports: Pick<QueuePorts, 'vault' | 'hash'>,
  workspace: WorkspaceRow,
  provider: SpeechProvider,
): Promise<LaneKey> => {
  if (!provider.abilities.needsKey) return { ...unreadKey, lockedReason: null };
  try {
    const key = await ports.vault.get(workspace.id);
    if (key === null) {
      return {
        ...unreadKey,
        lockedReason: `The workspace "${workspace.name}" has no API key. Its lines wait; nothing fails.`,
      };
    }
    const fingerprint = ports.hash.sha256().update(`cuebooth key ${key}`).hex().slice(0, 32);
    return { key, fingerprint, lockedReason: null, isVaultClosed: false };
  } catch {
    return {
      ...unreadKey,
      lockedReason: `The key of "${workspace.name}" cannot be read: the key store is locked. Its lines wait; nothing fails.`,
      isVaultClosed: true,
    };
  }
};
