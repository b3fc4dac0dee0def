import type { ProviderId } from '#contract/entities.ts';

export const providerNames: Readonly<Record<ProviderId, string>> = {
  scratch: 'Scratch',
  chosen: 'Generations API',
  elevenlabs: 'ElevenLabs',
  supertone: 'Supertone',
};
