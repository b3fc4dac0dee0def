/** A name to save a take under that every platform takes, made of what a person knows it by. */

const longestPart = 60;
/** Device names that Windows reserves, whatever the extension. */
const reserved = /^(con|prn|aux|nul|(com|lpt)\d)$/i;

const part = (text: string): string => {
  const plain = text
    .toWellFormed()
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}]/gu, '')
    .replace(/[<>:"/\\|?*]/g, '-')
    .replace(/\s+/g, ' ');
  const cut = [...plain]
    .slice(0, longestPart)
    .join('')
    .replace(/^[\s.-]+|[\s.]+$/g, '');
  return reserved.test(cut) ? `_${cut}` : cut;
};

/** `Spring sale_boston_03_HOST_take2.wav`; empty parts are left out. */
export const takeFileName = (parts: readonly string[], takeNo: number, format: string): string => {
  const said = [...parts.map(part).filter((text) => text !== ''), `take${takeNo}`].join('_');
  return `${said}.${/^[a-z0-9]{1,8}$/i.test(format) ? format.toLowerCase() : 'audio'}`;
};
