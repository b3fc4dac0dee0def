/** Asks a vendor for its voices and models. What cannot be read comes back as words, never as a throw. */
import type { WorkspaceId } from '#contract/entities.ts';
import { AppError } from '#contract/errors.ts';
import type { KeyVault } from '../ports.ts';
import { ProviderError } from '../providers/provider.ts';
import type { CallContext, ProviderVoice, SpeechProvider, WorkspaceView } from '../providers/provider.ts';
import type { Reading } from './shelf.ts';

/** The words of an error that nobody foresaw may hold anything, a key among it: they go to the log only. */
const wordsOf = (error: unknown): string =>
  error instanceof AppError || error instanceof ProviderError
    ? error.message
    : 'The list could not be read because of a fault in Cuebooth. What was read before is kept.';

/** A list read page by page may name a voice twice when it changes meanwhile; the first stands. */
const eachOnce = (voices: readonly ProviderVoice[]): readonly ProviderVoice[] => {
  const seen = new Set<string>();
  return voices.filter(({ voiceId }) => voiceId !== '' && !seen.has(voiceId) && seen.add(voiceId));
};

/** The context of one free call. Throws `key_missing`, `vault_locked`. */
export const callContext = async (
  vault: KeyVault,
  provider: SpeechProvider,
  workspace: WorkspaceView,
  signal: AbortSignal,
): Promise<CallContext> => {
  const key = provider.abilities.needsKey ? await vault.get(workspace.id as WorkspaceId) : null;
  if (provider.abilities.needsKey && key === null) {
    throw new AppError(
      'key_missing',
      `"${workspace.name}" has no API key, so its vendor cannot be asked. What was read before is kept. Set the key, then try again.`,
      { action: { type: 'set-key', workspaceId: workspace.id } },
    );
  }
  return { workspace, key, signal };
};

export const readLists = async (
  vault: KeyVault,
  provider: SpeechProvider,
  workspace: WorkspaceView,
  signal: AbortSignal,
): Promise<Omit<Reading, 'at'>> => {
  let context: CallContext;
  try {
    // Names in a workspace's own settings are read without asking anybody.
    context = provider.abilities.voiceList
      ? await callContext(vault, provider, workspace, signal)
      : { workspace, key: null, signal };
  } catch (error) {
    return { voices: null, models: null, message: wordsOf(error) };
  }
  const [voices, models] = await Promise.allSettled([
    Promise.resolve().then(() => provider.voices(context)),
    Promise.resolve().then(() => provider.models?.(context) ?? []),
  ]);
  const failure = [voices, models].find((outcome) => outcome.status === 'rejected');
  return {
    voices: voices.status === 'fulfilled' ? eachOnce(voices.value) : null,
    models: models.status === 'fulfilled' ? models.value : null,
    message: failure === undefined ? null : wordsOf(failure.reason),
  };
};
