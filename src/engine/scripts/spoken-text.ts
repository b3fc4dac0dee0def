/**
 * The one way in which texts are made ready to be sent: well-formed, Unicode NFC, control characters and invisible
 * format characters out (joiners stay: they shape letters and emoji), every run of white space one space, none at the ends.
 * Two texts that differ in nothing else are one recipe.
 */
export const spokenText = (text: string): string =>
  text
    .toWellFormed()
    .normalize('NFC')
    .replaceAll(/[\s\p{Z}]+/gu, ' ')
    .replaceAll(/[\p{Cc}\u00AD\u200B\u2060\uFEFF]/gu, '')
    .replaceAll(/ {2,}/gu, ' ')
    .trim();

/** Unicode code points: what vendors count and limit. */
export const codePoints = (text: string): number => {
  let count = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit < 0xdc00 || unit > 0xdfff) count += 1;
  }
  return count;
};
