/** Relative names inside a library: `/` between parts, never a way out. */
import { join } from 'node:path';
import { AppError } from '#contract/errors.ts';

// Colons and backslashes are refused everywhere, so that a library can move to Windows.
const forbidden = /[\0\\:]/;

const isInside = (path: string): boolean =>
  path !== '' &&
  !forbidden.test(path) &&
  !path.startsWith('/') &&
  path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');

/** The absolute path of a relative one; `invalid_input` for anything that could leave the folder. */
export const resolveInside = (root: string, path: string): string => {
  if (!isInside(path)) {
    throw new AppError('invalid_input', `"${path}" is not a path inside the library.`);
  }
  return join(root, path);
};
