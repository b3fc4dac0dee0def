/** From the times of single characters, as vendors tell them, to words that can be clicked. */
import type { Timings } from '#contract/history.ts';

export interface TimedWord {
  readonly text: string;
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/** Empty for phonemes: they are no words that a person reads. */
export const wordsOfTimings = ({ unit, symbols, startSeconds, endSeconds }: Timings): readonly TimedWord[] => {
  if (unit !== 'characters') return [];
  const words: { text: string; startSeconds: number; endSeconds: number }[] = [];
  let isOpen = false;
  for (const [at, symbol] of symbols.entries()) {
    const start = startSeconds[at];
    const end = endSeconds[at];
    if (symbol.trim() === '' || start === undefined || end === undefined) {
      isOpen = false;
      continue;
    }
    const last = words.at(-1);
    if (isOpen && last !== undefined) {
      last.text += symbol;
      last.endSeconds = end;
    } else words.push({ text: symbol, startSeconds: start, endSeconds: end });
    isOpen = true;
  }
  return words;
};

/** The word that is heard at a moment, or was heard last; -1 before the first. */
export const wordAt = (words: readonly TimedWord[], seconds: number): number =>
  words.findLastIndex(({ startSeconds }) => startSeconds <= seconds);
