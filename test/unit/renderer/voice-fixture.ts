import type { WorkspaceId } from '#contract/entities.ts';
import { Voice } from '#contract/voices.ts';

export const voice = (name: string, part: Partial<Voice> = {}): Voice => ({
  ...Voice.parse({
    workspaceId: 'w1' as WorkspaceId,
    workspaceName: 'scratch',
    provider: 'scratch',
    voiceId: name,
    name,
    language: 'en-US',
    gender: 'female',
    description: null,
    reference: `scratch/${name}`,
    free: true,
  }),
  ...part,
});
