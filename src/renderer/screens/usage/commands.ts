import type { Command } from '../../app/command.ts';

export const usageCommands: readonly Command[] = [];
