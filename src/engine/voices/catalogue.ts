/** Which voices each workspace offers, kept for a while: expansion resolves references without asking a vendor. */
import type { WorkspaceId } from '#contract/entities.ts';
import type { Voice } from '#contract/voices.ts';
import { getWorkspaceByName, listWorkspaces, type WorkspaceRow } from '../database/workspaces.ts';
import type { Ports } from '../ports.ts';
import type { KnownRates, ProviderVoice } from '../providers/provider.ts';
import type { ProviderRegistry } from '../providers/registry.ts';
import { viewOf } from '../providers/workspace-view.ts';
import type { ResolveVoice } from '../scripts/expansion.ts';

/** Age at which a list is fetched again, in ms. */
const freshForMs = 5 * 60_000;

export interface VoiceCatalogue {
  /** Loads the lists of these workspaces (all, when none are named), each at most every five minutes. */
  load(names?: readonly string[]): Promise<readonly { readonly workspaceId: WorkspaceId; readonly message: string }[]>;
  /** From what is loaded. */
  list(): Voice[];
  readonly resolve: ResolveVoice;
  /** From what is loaded. */
  ratesOf(workspaceId: string, voiceId: string): KnownRates;
  forget(workspaceId: string): void;
}

export const createVoiceCatalogue = (
  ports: Pick<Ports, 'database' | 'vault' | 'clock'>,
  providers: ProviderRegistry,
): VoiceCatalogue => {
  const known = new Map<string, { readonly at: number; readonly voices: readonly ProviderVoice[] }>();
  const usable = (): WorkspaceRow[] => listWorkspaces(ports.database).filter((row) => providers.has(row.provider));

  const loadOne = async (row: WorkspaceRow): Promise<string | null> => {
    const cached = known.get(row.id);
    if (cached !== undefined && ports.clock.monotonic() - cached.at < freshForMs) return null;
    const provider = providers.get(row.provider);
    try {
      const key = provider.abilities.needsKey ? await ports.vault.get(row.id) : null;
      const voices = await provider.voices({
        workspace: viewOf(row, provider),
        key,
        signal: new AbortController().signal,
      });
      known.set(row.id, { at: ports.clock.monotonic(), voices });
      return null;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  };

  const ratesOf = (workspaceId: string, voiceId: string): KnownRates => ({
    models: [],
    voice: known.get(workspaceId)?.voices.find((voice) => voice.voiceId === voiceId) ?? null,
    secondsPerCharacter: null,
  });

  return {
    ratesOf,
    load: async (names) => {
      const rows = usable().filter((row) => names === undefined || names.includes(row.name));
      const results = await Promise.all(
        rows.map(async (row) => ({ workspaceId: row.id, message: await loadOne(row) })),
      );
      return results.flatMap(({ workspaceId, message }) => (message === null ? [] : [{ workspaceId, message }]));
    },
    list: () =>
      usable().flatMap((row) =>
        (known.get(row.id)?.voices ?? []).map((voice) => ({
          workspaceId: row.id,
          workspaceName: row.name,
          provider: row.provider,
          voiceId: voice.voiceId,
          name: voice.name,
          language: voice.language,
          gender: voice.gender,
          description: voice.description,
          languages: [...(voice.languages ?? [])],
          age: voice.age ?? null,
          accent: voice.accent ?? null,
          category: voice.category ?? null,
          useCases: [...(voice.useCases ?? [])],
          styles: [...(voice.styles ?? [])],
          models: [...(voice.models ?? [])],
          previews: [],
          priceMultiplier: voice.priceMultiplier ?? null,
          noticePeriodDays: voice.noticePeriodDays ?? null,
          noticeEndsAt: voice.noticeEndsAt ?? null,
          availability: 'available' as const,
          isOwn: voice.isOwn ?? false,
          favourite: false,
          alias: null,
          lastUsedAt: null,
          reference: `${row.name}/${voice.voiceId}`,
          free: providers.get(row.provider).abilities.costUnit === 'free',
        })),
      ),
    resolve: (reference) => {
      const slash = reference.indexOf('/');
      const name = reference.slice(0, Math.max(0, slash)).trim();
      const voiceId = reference.slice(slash + 1).trim();
      if (slash < 0 || name === '' || voiceId === '')
        return { problem: `"${reference}" is not a voice. Write workspace/voice.` };
      const row = getWorkspaceByName(ports.database, name);
      if (row === null) return { problem: `There is no workspace called "${name}".` };
      if (!providers.has(row.provider))
        return { problem: `This version of Cuebooth cannot speak to ${row.provider} yet.` };
      const provider = providers.get(row.provider);
      const voices = known.get(row.id)?.voices;
      if (provider.abilities.voiceList && voices !== undefined && !voices.some((voice) => voice.voiceId === voiceId)) {
        return { problem: `"${name}" has no voice called "${voiceId}".` };
      }
      return { workspaceId: row.id, view: viewOf(row, provider), provider, rates: ratesOf(row.id, voiceId), voiceId };
    },
    forget: (workspaceId) => {
      known.delete(workspaceId);
    },
  };
};
