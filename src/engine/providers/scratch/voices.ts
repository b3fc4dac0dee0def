import type { ProviderVoice } from '../provider.ts';

/** The voices inside flite, always there and always the same. */
export const FLITE_VOICES: readonly ProviderVoice[] = [
  {
    voiceId: 'slt',
    name: 'SLT',
    language: 'en-US',
    gender: 'female',
    description: 'Built in. American, clear; the best of the five.',
  },
  { voiceId: 'rms', name: 'RMS', language: 'en-US', gender: 'male', description: 'Built in. American, calm and deep.' },
  { voiceId: 'awb', name: 'AWB', language: 'en-GB', gender: 'male', description: 'Built in. Scottish.' },
  {
    voiceId: 'kal16',
    name: 'KAL 16',
    language: 'en-US',
    gender: 'male',
    description: 'Built in. American, mechanical.',
  },
  {
    voiceId: 'kal',
    name: 'KAL',
    language: 'en-US',
    gender: 'male',
    description: 'Built in. American, mechanical, telephone quality, quickest.',
  },
];

export const isFliteVoice = (voice: string): boolean => FLITE_VOICES.some(({ voiceId }) => voiceId === voice);

/** Voices of the system are written `program:voice`. */
export const isSystemVoice = (voice: string): boolean => voice.includes(':');
