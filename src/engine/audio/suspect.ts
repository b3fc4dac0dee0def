/** Which takes a person should hear first: the audio is whole, but its length or level does not go with its text. */

/** Ordinary speech is 13 to 17 characters a second; these are far outside of what any voice does at normal speed. */
const FASTEST_CHARACTERS_PER_SECOND = 40;
const SLOWEST_CHARACTERS_PER_SECOND = 4;
/** Silence that voices put around a text, and the slack a very short text needs. */
const SLACK_MS = 2500;
/** A digit stands for a word of about this many letters. */
const LETTERS_PER_DIGIT = 6;
const LONGEST_PER_DIGIT = 12;
const QUIETEST_LUFS = -50;

export interface SuspectQuestion {
  readonly durationMs: number;
  /** What was to be spoken. */
  readonly text: string;
  /** 1 is normal, 2 is twice as fast. Default 1. */
  readonly speed?: number;
  readonly loudnessLufs: number | null;
  readonly truePeakDb: number | null;
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

/** Why the audio is odd for its text, in words for the review list; null when nothing is. */
export const suspectReason = ({
  durationMs,
  text,
  speed = 1,
  loudnessLufs,
  truePeakDb,
}: SuspectQuestion): string | null => {
  if (truePeakDb === null) return 'There is nothing but silence in it.';
  if (loudnessLufs !== null && loudnessLufs < QUIETEST_LUFS)
    return `It is nearly silent (${loudnessLufs.toFixed(1)} LUFS).`;
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const digits = text.match(/\p{N}/gu)?.length ?? 0;
  // Scripts without an alphabet say a syllable or a word with one sign; a letter's pace would call them all too slow.
  const signs = text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu)?.length ?? 0;
  const spokenLeast = letters + digits + signs;
  const spokenMost = letters + signs * 4 + digits * LONGEST_PER_DIGIT;
  const spokenUsual = letters + signs * 2 + digits * LETTERS_PER_DIGIT;
  const shortestMs = (spokenLeast / FASTEST_CHARACTERS_PER_SECOND / speed) * 1000;
  const longestMs = (spokenMost / SLOWEST_CHARACTERS_PER_SECOND / speed) * 1000 + SLACK_MS;
  const usual = seconds((spokenUsual / 15 / speed) * 1000);
  if (durationMs < shortestMs)
    return `It is very short for its text: ${seconds(durationMs)} where about ${usual} is usual.`;
  if (durationMs > longestMs)
    return `It is very long for its text: ${seconds(durationMs)} where about ${usual} is usual.`;
  return null;
};
