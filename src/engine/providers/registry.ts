/** The vendors this build has an adapter for. */
import type { ProviderId } from '#contract/entities.ts';
import { AppError } from '#contract/errors.ts';
import { createChosen } from './chosen/adapter.ts';
import { createElevenLabs } from './elevenlabs/adapter.ts';
import type { ProviderPorts, SpeechProvider } from './provider.ts';
import { createScratch } from './scratch/adapter.ts';
import { createSupertone } from './supertone/adapter.ts';

export interface ProviderRegistry {
  readonly all: readonly SpeechProvider[];
  /** Throws `workspace_unknown` for a vendor that this build cannot speak to. */
  get(id: ProviderId): SpeechProvider;
  has(id: ProviderId): boolean;
}

export const registryOf = (providers: readonly SpeechProvider[]): ProviderRegistry => {
  const byId = new Map(providers.map((provider) => [provider.id, provider]));
  return {
    all: providers,
    has: (id) => byId.has(id),
    get: (id) => {
      const provider = byId.get(id);
      if (provider !== undefined) return provider;
      throw new AppError(
        'workspace_unknown',
        `This version of Cuebooth has no adapter for ${id} yet. Nothing was changed.`,
      );
    },
  };
};
export const createRegistry = (ports: ProviderPorts): ProviderRegistry =>
  registryOf([createScratch(ports), createChosen(ports), createElevenLabs(ports), createSupertone(ports)]);
