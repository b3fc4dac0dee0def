import { z } from 'zod';
import { RenderId, Voice, VoiceSettings, WorkspaceId } from '../entities.ts';
import type { MethodShape } from './method.ts';

export const voiceMethods = {
  'voice.list': {
    kind: 'query',
    input: z.object({ workspaceId: WorkspaceId.optional(), search: z.string().optional() }),
    output: z.object({
      voices: z.array(Voice),
      /** Workspaces whose voices could not be listed now, and why. */
      unavailable: z.array(z.object({ workspaceId: WorkspaceId, message: z.string() })),
    }),
  },
  /** Speaks a text once, ahead of every batch; free with Scratch, else it costs like a line. */
  'voice.audition': {
    kind: 'command',
    spends: true,
    input: z.object({
      workspaceId: WorkspaceId,
      voiceId: z.string(),
      text: z.string().min(1).max(2000),
      settings: VoiceSettings.default({}),
    }),
    output: z.object({ renderId: RenderId }),
  },
} as const satisfies Record<string, MethodShape>;
