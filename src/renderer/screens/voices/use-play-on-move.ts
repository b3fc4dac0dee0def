import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import type { Voice } from '#contract/voices.ts';
import { useStudio } from '../../app/studio-context.ts';
import type { Speech } from '../../stores/voice-sound.ts';

export const playOnMoveName = 'voices.playOnMove';
/** Voices that the arrows only pass are not fetched. */
const restMs = 160;

/** Whether moving through voices plays them (remembered), and the way to do so. Never spends. */
export const usePlayOnMove = () => {
  const { preferences, sound } = useStudio();
  const on = useStore(preferences, (state) => state.layout[playOnMoveName] !== false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const rest = (voice: Voice, speech: Speech): void => {
    clearTimeout(timer.current);
    if (!on) return;
    timer.current = setTimeout(() => void sound.inPlace(voice, speech), restMs);
  };
  return { on, rest };
};
