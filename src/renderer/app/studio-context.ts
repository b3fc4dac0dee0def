import { createContext, use } from 'react';
import type { Studio } from '../stores/studio.ts';

export const StudioContext = createContext<Studio | null>(null);

export const useStudio = (): Studio => {
  const studio = use(StudioContext);
  if (studio === null) throw new Error('This part of the screen is drawn outside the studio.');
  return studio;
};
