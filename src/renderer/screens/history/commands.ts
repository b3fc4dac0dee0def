import type { Command } from '../../app/command.ts';

export const historyCommands: readonly Command[] = [];
