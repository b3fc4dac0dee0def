/** Two to three syllables pass for a word in English; a Chinese or Japanese sign is about half of that. */
const wordsPerSign = 0.5;
const digitsReadSingly = 7;

/** "1250" is read as one thousand two hundred fifty: five words. */
const wordsOfInteger = (digits: string): number => {
  if (digits.length >= digitsReadSingly || (digits.length > 1 && digits.startsWith('0'))) return digits.length;
  const value = Number(digits);
  if (value < 1000) {
    const rest = value % 100;
    const tens = rest === 0 ? (value === 0 ? 1 : 0) : rest <= 20 || rest % 10 === 0 ? 1 : 2;
    return (value >= 100 ? 2 : 0) + tens;
  }
  const thousands = Math.floor(value / 1000);
  return wordsOfInteger(String(thousands)) + 1 + (value % 1000 === 0 ? 0 : wordsOfInteger(String(value % 1000)));
};

/** A text as it is heard: tags that say how a word is pronounced are not spoken. */
export const withoutPhonemeTags = (text: string): string => text.replaceAll(/<phoneme\b[^<>]*>|<\/phoneme>/gu, '');

/** Roughly how many words a voice says: figures, currency and symbols are counted as they are read out. */
export const spokenWords = (text: string): number => {
  let words = 0;
  const rest = withoutPhonemeTags(text)
    .replaceAll(/\d{1,3}(?:,\d{3})+(?!\d)/gu, (number) => number.replaceAll(',', ''))
    .replaceAll(/\d+/gu, (digits) => {
      words += wordsOfInteger(digits);
      return ' ';
    })
    .replaceAll(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu, () => {
      words += wordsPerSign;
      return ' ';
    })
    .replaceAll(/[\p{Sc}%&@+=#°]/gu, () => {
      words += 1;
      return ' ';
    });
  return words + (rest.match(/[\p{L}\p{M}]+(?:['’-][\p{L}\p{M}]+)*/gu)?.length ?? 0);
};
