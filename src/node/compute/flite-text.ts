/**
 * What flite can say of a text. It knows English in ASCII: other bytes come out as noise, and a "word" of some
 * thousand letters overflows its stack. The same text always gives the same result.
 */
import { AppError } from '#contract/errors.ts';

/** Signs with a spoken or typographic equivalent; whatever has a decomposition (é, ﬁ, ², Ａ) needs no entry. */
const SPOKEN: Readonly<Record<string, string>> = {
  '‘': "'",
  '’': "'",
  '‚': "'",
  '‛': "'",
  '′': "'",
  ʼ: "'",
  '“': '"',
  '”': '"',
  '„': '"',
  '«': '"',
  '»': '"',
  '″': '"',
  '–': ', ',
  '—': ', ',
  '―': ', ',
  '‐': '-',
  '‑': '-',
  '−': '-',
  '•': ', ',
  '·': ' ',
  '…': '. ',
  '¿': '',
  '¡': '',
  '×': ' times ',
  '÷': ' divided by ',
  '±': ' plus or minus ',
  '≈': ' about ',
  '≠': ' is not ',
  '≤': ' at most ',
  '≥': ' at least ',
  '°': ' degrees ',
  '℃': ' degrees Celsius ',
  '℉': ' degrees Fahrenheit ',
  '½': ' 1/2 ',
  '¼': ' 1/4 ',
  '¾': ' 3/4 ',
  '²': ' squared ',
  '³': ' cubed ',
  '№': ' number ',
  '™': '',
  '®': '',
  '©': '',
  µ: ' micro ',
  μ: ' micro ',
  ß: 'ss',
  ẞ: 'SS',
  æ: 'ae',
  Æ: 'Ae',
  œ: 'oe',
  Œ: 'Oe',
  ø: 'o',
  Ø: 'O',
  đ: 'd',
  Đ: 'D',
  ð: 'd',
  Ð: 'D',
  þ: 'th',
  Þ: 'Th',
  ł: 'l',
  Ł: 'L',
  ı: 'i',
  '&': ' and ',
  '+': ' plus ',
  '=': ' equals ',
  '@': ' at ',
  '#': ' number ',
  '~': ' about ',
  '<': ' ',
  '>': ' ',
  '^': ' ',
  '*': ' ',
  _: ' ',
  '\\': ' ',
  '{': ' ',
  '}': ' ',
  '|': ' ',
  '`': "'",
};
const CURRENCIES: Readonly<Record<string, readonly [one: string, many: string]>> = {
  '€': ['euro', 'euros'],
  '£': ['pound', 'pounds'],
  '¥': ['yen', 'yen'],
  '₹': ['rupee', 'rupees'],
  '¢': ['cent', 'cents'],
};
const AMOUNT = String.raw`\d+(?:,\d{3})*(?:\.\d+)?`;
/** Soft hyphens, joiners and marks of direction stand inside words and must not part them. */
const INVISIBLE = /\u00ad|[\u200c-\u200f]|\u2060|\ufeff|\ufe0f/g;
const LONGEST_WORD = 60;

/** `€19.99` as `19 euros 99`, `5 €` as `5 euros`; flite says dollars by itself. */
const sayAmount = (amount: string, sign: string): string => {
  const [one, many] = CURRENCIES[sign] ?? ['', ''];
  const [whole = '', cents] = amount.split('.');
  const unit = whole === '1' && cents === undefined ? one : many;
  return cents?.length === 2 && cents !== '00'
    ? `${whole} ${unit} ${cents} `
    : `${cents === '00' ? whole : amount} ${unit} `;
};

const SIGNS = Object.keys(CURRENCIES).join('');
const BEFORE = new RegExp(`([${SIGNS}])\\s?(${AMOUNT})`, 'gu');
const AFTER = new RegExp(`(${AMOUNT})\\s?([${SIGNS}])`, 'gu');

/** ASCII that flite says well. Throws `text_rejected` for letters it cannot say and for a text without anything to say. */
export const toFliteText = (text: string): string => {
  const amounts = text
    .replace(BEFORE, (_, sign: string, amount: string) => ` ${sayAmount(amount, sign)}`)
    .replace(AFTER, (_, amount: string, sign: string) => ` ${sayAmount(amount, sign)}`)
    .replace(new RegExp(`[${SIGNS}]`, 'gu'), (sign) => ` ${CURRENCIES[sign]?.[1] ?? ''} `);
  const replaced = Array.from(amounts.normalize('NFC').replace(INVISIBLE, ''), (sign) => SPOKEN[sign] ?? sign).join('');
  const plain = replaced.normalize('NFKD').replace(/\p{M}/gu, '');
  const foreign = plain.match(/[^\p{ASCII}\P{L}]|[^\p{ASCII}\P{N}]/gu);
  if (foreign !== null) {
    const some = [...new Set(foreign)].slice(0, 5).join(' ');
    throw new AppError(
      'text_rejected',
      `The built-in voices speak English only and cannot say ${some}. Choose another voice, or write the word as it sounds in the lexicon.`,
    );
  }
  const spoken = plain
    .replace(/[^\x20-\x7e]/g, ' ')
    .replace(new RegExp(`[^ ]{${LONGEST_WORD}}(?=[^ ])`, 'g'), '$& ')
    .replace(/ +/g, ' ')
    .replace(/ ([,.!?;:])/g, '$1')
    .trim();
  if (!/[A-Za-z0-9%$]/.test(spoken)) {
    throw new AppError(
      'text_rejected',
      'There is nothing to say in this text. Write words, or a pause such as [pause 400ms].',
    );
  }
  return spoken;
};
