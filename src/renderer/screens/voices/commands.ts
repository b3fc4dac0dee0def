import type { Command } from '../../app/command.ts';

export const voiceCommands: readonly Command[] = [];
