import { Voice } from '#contract/voices.ts';

export const makeVoice = (voiceId: string, more: Partial<Record<keyof Voice, unknown>> = {}): Voice =>
  Voice.parse({
    workspaceId: 'w1',
    workspaceName: 'studio',
    provider: 'elevenlabs',
    voiceId,
    name: voiceId,
    reference: `${String(more.workspaceName ?? 'studio')}/${voiceId}`,
    language: null,
    gender: null,
    description: null,
    free: false,
    ...more,
  });
