/** Whether two texts may be the same speech, for candidates that are shown to a person. Never decides by itself. */

/** Letters and digits in lower case; markup, marks and spaces are breaks. */
const wordsOf = (text: string): readonly string[] =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/<[^<>]*>/g, ' ')
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word !== '');
const isNumber = (word: string): boolean => /\p{N}/u.test(word);

/** Where `run` stands in `words` at or after `from`; -1 where it does not. */
const findRun = (words: readonly string[], run: readonly string[], from: number): number => {
  for (let at = from; at + run.length <= words.length; at += 1)
    if (run.every((word, index) => words[at + index] === word)) return at;
  return -1;
};

/** The same words; a number may stand for any words, since histories may hold texts as they were spelled out. */
export const isSameSpeech = (sent: string, found: string): boolean => {
  const words = wordsOf(found);
  const runs: string[][] = [[]];
  for (const word of wordsOf(sent)) {
    if (isNumber(word)) runs.push([]);
    else runs.at(-1)?.push(word);
  }
  let at = 0;
  for (const [index, run] of runs.entries()) {
    const isFirst = index === 0;
    const isLast = index === runs.length - 1;
    // Each number in between takes up one word at least.
    const from = isFirst ? 0 : at + 1;
    const found = isLast && !isFirst ? words.length - run.length : findRun(words, run, from);
    if (found < from || (isFirst && found !== 0)) return false;
    if (isLast && !run.every((word, place) => words[found + place] === word)) return false;
    at = found + run.length;
  }
  return runs.length > 1 || at === words.length;
};
