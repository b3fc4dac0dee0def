import type { Command } from '../../app/command.ts';

export const reviewCommands: readonly Command[] = [];
