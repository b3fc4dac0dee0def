/** Keys that can be told from everything else, all the forms in which one could leak, and the search for them. */
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

/** With the prefix that vendors use, and signs that change under URL encoding. No two share a fragment. */
export const newKey = (): string => `sk_${randomBytes(11).toString('hex')}+${randomBytes(9).toString('hex')}/=Z`;

interface Needle {
  readonly owner: string;
  readonly form: string;
  readonly bytes: Buffer;
}

/** What of a key's Base64 is the same wherever in a longer text it stood. */
const insideBase64 = (key: string): readonly string[] =>
  [0, 1, 2].map((shift) => {
    const whole = Buffer.from(`${' '.repeat(shift)}${key}`).toString('base64');
    return whole.slice(shift === 0 ? 0 : 4, -4);
  });
/** Long enough to be no chance, short enough that a key cut off in the middle is found too. */
const fragmentLength = 14;
const fragments = (key: string): readonly string[] => {
  const found: string[] = [];
  for (let at = 0; at + fragmentLength < key.length; at += 7) found.push(key.slice(at, at + fragmentLength));
  return [...found, key.slice(-fragmentLength)];
};

export const needlesOf = (keys: Readonly<Record<string, string>>): readonly Needle[] =>
  Object.entries(keys).flatMap(([owner, key]) => {
    const forms: Readonly<Record<string, readonly string[]>> = {
      plain: [key],
      fragment: fragments(key),
      base64: insideBase64(key),
      base64url: insideBase64(key).map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
      'URL-encoded': [encodeURIComponent(key), encodeURIComponent(encodeURIComponent(key))],
      'JSON with escaped slashes': [key.replaceAll('/', '\\/')],
      hex: [Buffer.from(key).toString('hex')],
      'UTF-16': [],
    };
    return [
      ...Object.entries(forms).flatMap(([form, texts]) =>
        texts.map((text) => ({ owner, form, bytes: Buffer.from(text) })),
      ),
      { owner, form: 'UTF-16', bytes: Buffer.from(key, 'utf16le') },
    ];
  });

export interface Leak {
  readonly place: string;
  readonly owner: string;
  readonly form: string;
  /** What stands before it; of the key itself nothing is shown. */
  readonly after: string;
}
export interface Searched {
  readonly places: number;
  readonly bytes: number;
  readonly leaks: readonly Leak[];
}

export const search = (
  places: Iterable<readonly [name: string, bytes: Buffer]>,
  needles: readonly Needle[],
): Searched => {
  let count = 0;
  let total = 0;
  const leaks: Leak[] = [];
  for (const [place, bytes] of places) {
    count += 1;
    total += bytes.length;
    for (const { owner, form, bytes: needle } of needles) {
      const at = bytes.indexOf(needle);
      if (at !== -1 && !leaks.some((leak) => leak.place === place && leak.owner === owner && leak.form === form))
        leaks.push({ place, owner, form, after: bytes.toString('latin1', Math.max(0, at - 120), at) });
    }
  }
  return { places: count, bytes: total, leaks };
};

/** Every file under a folder, hidden ones too, with its path from there. */
export function* filesIn(folder: string, skip: readonly string[] = []): Generator<readonly [string, Buffer]> {
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = join(folder, name);
    const place = relative(folder, path);
    if (skip.includes(place) || !statSync(path).isFile()) continue;
    yield [place, readFileSync(path)];
  }
}
