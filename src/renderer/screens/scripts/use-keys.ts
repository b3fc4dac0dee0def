import { useStore } from 'zustand';
import { commands, keyCaps, keysOf } from '../../app/commands.ts';
import { useStudio } from '../../app/studio-context.ts';

/** A command's first keys as they are printed on the keyboard, for this person; empty where it has none. */
export const useKeys = (id: string): string => {
  const { preferences } = useStudio();
  const own = useStore(preferences, (state) => state.shortcuts);
  const command = commands.find((one) => one.id === id);
  const first = command === undefined ? undefined : keysOf(command, own)[0];
  return first === undefined ? '' : keyCaps(first).join(' ');
};
