/** Takes a key out of what a vendor says, before anything is read from it: vendors have echoed keys in their errors. */

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
/** Of whole groups of three characters; keys are ASCII. */
const base64Of = (text: string): string => {
  let out = '';
  for (let at = 0; at + 2 < text.length; at += 3) {
    const bits = (text.charCodeAt(at) << 16) | (text.charCodeAt(at + 1) << 8) | text.charCodeAt(at + 2);
    for (let shift = 18; shift >= 0; shift -= 6) out += alphabet[(bits >> shift) & 63];
  }
  return out;
};
/** What is the same wherever in a longer text the key stood; the few characters at its ends are lost with it. */
const base64Forms = (key: string): readonly string[] =>
  [0, 1, 2].flatMap((shift) => {
    const inside = base64Of(key.slice(shift));
    return inside.length < 8 ? [] : [inside, inside.replaceAll('+', '-').replaceAll('/', '_')];
  });

/** The text with `[key]` where the key stood: as it is, as JSON or a URL writes it, or in Base64. */
export const hideKey = (text: string, key: string | null): string => {
  const plain = key?.trim() ?? '';
  if (plain === '') return text;
  const encoded = encodeURIComponent(plain);
  const forms = [plain, plain.replaceAll('/', '\\/'), encoded, encodeURIComponent(encoded), ...base64Forms(plain)];
  return forms.reduce((hidden, form) => hidden.replaceAll(form, '[key]'), text);
};
