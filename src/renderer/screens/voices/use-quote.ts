import { useEffect } from 'react';
import { useStore } from 'zustand';
import type { Voice } from '#contract/voices.ts';
import { useStudio } from '../../app/studio-context.ts';
import { type Quote, type Speech, speechKey } from '../../stores/voice-sound.ts';

/** Rows that scroll by are not asked about. */
const settledMs = 150;

/** What hearing this costs; undefined until the engine has told it. */
export const useQuote = (voice: Voice, speech: Speech): Quote | undefined => {
  const { sound } = useStudio();
  const key = speechKey(voice, speech);
  const known = useStore(sound, (state) => state.quotes.get(key));
  const turn = useStore(sound, (state) => state.turn);
  const isKnown = known?.turn === turn;
  useEffect(() => {
    if (isKnown) return;
    const timer = setTimeout(() => void sound.ask(voice, speech), settledMs);
    return () => clearTimeout(timer);
    // The key says all that the question depends on.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [sound, key, turn, isKnown]);
  return known?.quote;
};
