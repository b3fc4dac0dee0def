import type { Command } from '../../app/command.ts';

export const settingsCommands: readonly Command[] = [];
