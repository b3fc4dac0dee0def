import type { Command } from '../../app/command.ts';

export const renderCommands: readonly Command[] = [];
