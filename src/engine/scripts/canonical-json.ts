import { AppError } from '#contract/errors.ts';

const refuse = (what: string, path: string): never => {
  throw new AppError('internal', `${what} at ${path} has no canonical form; nothing was hashed.`);
};

const write = (value: unknown, path: string): string => {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return Number.isFinite(value) ? JSON.stringify(value) : refuse(String(value), path);
  if (typeof value === 'string') return value.isWellFormed() ? JSON.stringify(value) : refuse('Half a character', path);
  if (Array.isArray(value))
    return `[${Array.from(value, (item, index) => write(item, `${path}[${index}]`)).join(',')}]`;
  if (typeof value !== 'object') return refuse(`A value of type ${typeof value}`, path);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return refuse('An object that is no plain one', path);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, member]) => `${write(name, path)}:${write(member, `${path}.${name}`)}`).join(',')}}`;
};

/**
 * JSON that is the same for equal values (RFC 8785): members sorted by UTF-16 units, numbers as ECMAScript writes them,
 * -0 as 0, no spaces. Throws on what JSON would drop or bend: undefined, NaN, infinities, lone surrogates, class instances.
 */
export const canonicalJson = (value: unknown): string => write(value, '$');
