/** File names for `--out`: from a template, valid on every platform, one for each (variant, line, take). */
import { createHash } from 'node:crypto';
import { AppError } from '#contract/errors.ts';

export const defaultTemplate = '{title}_{variant}_{line}_{character}_take{take}';
const placeholders = ['title', 'project', 'variant', 'line', 'character', 'take'] as const;
type Placeholder = (typeof placeholders)[number];

export interface NamedItem {
  readonly title: string;
  readonly project: string;
  readonly variant: string;
  readonly linePosition: number;
  readonly character: string;
  readonly takeNo: number;
  /** The take's own, without a dot. */
  readonly extension: string;
}

type Piece = { readonly text: string } | { readonly field: Placeholder };
/** One list of pieces for each folder level, the file last. */
export type NameTemplate = readonly (readonly Piece[])[];

/** Throws `invalid_input` for a placeholder that does not exist and for an empty template. */
export const parseTemplate = (template: string): NameTemplate => {
  const levels = template
    .split(/[/\\]/)
    .filter((level) => level !== '')
    .map((level) =>
      level.split(/(\{[^{}]*\})/).flatMap((text): Piece[] => {
        if (text === '') return [];
        if (!/^\{.*\}$/.test(text)) return [{ text }];
        const field = placeholders.find((name) => `{${name}}` === text);
        if (field !== undefined) return [{ field }];
        const known = placeholders.map((name) => `{${name}}`).join(', ');
        throw new AppError(
          'invalid_input',
          `--name: there is no placeholder ${text}. Use ${known}. Nothing was rendered.`,
        );
      }),
    );
  if (levels.length === 0) throw new AppError('invalid_input', '--name is empty. Nothing was rendered.');
  return levels;
};

/** Device names that Windows reserves in every folder, whatever the extension. */
const reserved = /^(con|prn|aux|nul|conin\$|conout\$|clock\$|(com|lpt)[0-9\u00b9\u00b2\u00b3])\s*(\.|$)/i;
/** Bytes of a name without its extension: the usual limit of 255, with room for a suffix and for file systems that encrypt names. */
const longest = 140;
const lastsWithin = (text: string, limit: number): string => {
  let kept = '';
  let bytes = 0;
  for (const character of text) {
    bytes += Buffer.byteLength(character);
    if (bytes > limit) break;
    kept += character;
  }
  return kept;
};

/** A single path segment that every platform takes: no separators, no device names, no leading or trailing dots. */
export const safeSegment = (text: string, limit = longest): string => {
  const plain = text
    .toWellFormed()
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}]/gu, '')
    .replace(/[<>:"/\\|?*]/g, '-')
    .replace(/\s+/g, ' ')
    // A leading dash would be taken for an option by other programs, a leading dot hides the file.
    .replace(/^[\s.-]+/, '');
  const cut = lastsWithin(plain, limit).replace(/[\s.]+$/, '');
  if (cut === '') return '_';
  return reserved.test(cut) ? `_${cut}` : cut;
};

/** Two names that some platform takes for the same file have the same key. */
export const collisionKey = (path: string): string =>
  path.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFC');

const extensionOf = (text: string): string => (/^[a-z0-9]{1,8}$/i.test(text) ? text.toLowerCase() : 'audio');

const fieldText = (item: NamedItem, field: Placeholder, lineDigits: number): string => {
  if (field === 'line') return String(item.linePosition).padStart(lineDigits, '0');
  if (field === 'take') return String(item.takeNo);
  return item[field];
};

const identityOf = (item: NamedItem): string =>
  createHash('sha256')
    .update(JSON.stringify([item.variant, item.linePosition, item.character, item.takeNo]))
    .digest('hex');

/**
 * A relative path with `/` for every item, in order. Items whose names would meet all get a mark made from their variant,
 * line and take, so that a marked name means the same audio in every run, whatever else the run contains.
 * `lineCount` is the script's: it decides the digits of `{line}`.
 */
export const nameFiles = (template: NameTemplate, items: readonly NamedItem[], lineCount: number): string[] => {
  const lineDigits = Math.max(2, String(lineCount).length);
  const bases = items.map((item) =>
    template.map((level) =>
      safeSegment(
        level.map((piece) => ('text' in piece ? piece.text : fieldText(item, piece.field, lineDigits))).join(''),
      ),
    ),
  );
  const pathOf = (index: number, mark: string): string => {
    const levels = bases[index] ?? ['_'];
    const stem = `${levels.at(-1)}${mark}`;
    return [...levels.slice(0, -1), `${stem}.${extensionOf(items[index]?.extension ?? '')}`].join('/');
  };
  const uses = new Map<string, number>();
  for (const index of items.keys()) {
    const key = collisionKey(pathOf(index, ''));
    uses.set(key, (uses.get(key) ?? 0) + 1);
  }
  const taken = new Set([...uses].filter(([, times]) => times === 1).map(([key]) => key));
  return items.map((item, index) => {
    const plain = pathOf(index, '');
    if (uses.get(collisionKey(plain)) === 1) return plain;
    const identity = identityOf(item);
    // Six digits are enough but for a name that ends in another one's mark; items that are equal in all are numbered.
    for (let attempt = 0; ; attempt += 1) {
      const mark = attempt < 8 ? `~${identity.slice(0, 6 + attempt * 4)}` : `~${identity.slice(0, 38)}-${attempt - 6}`;
      const path = pathOf(index, mark);
      const key = collisionKey(path);
      if (taken.has(key)) continue;
      taken.add(key);
      return path;
    }
  });
};
