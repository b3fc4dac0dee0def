/** Text files that a person names on the command line. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { AppError } from '#contract/errors.ts';
import { decodeText } from '#engine/scripts/decode-text.ts';
import { say, type CommandContext } from './context.ts';

const mark = '\uFEFF';

/** UTF-8 or UTF-16. A UTF-8 mark stays, because a script comes back with the same bytes. Throws `invalid_input`. */
export const readTextFile = async (context: CommandContext, path: string): Promise<string> => {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(resolve(context.folder, path));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    const reason = code === 'ENOENT' ? 'there is no such file' : error instanceof Error ? error.message : String(error);
    throw new AppError('invalid_input', `${path} could not be read: ${reason}. Nothing was changed.`, { cause: error });
  }
  const decoded = decodeText(bytes);
  if (!decoded.isClean) {
    say(
      context.terminal,
      `${path}: some bytes are not ${decoded.encoding.toUpperCase()} and were replaced. Save it as UTF-8 to be sure of every letter.`,
    );
  }
  const marked = decoded.encoding === 'utf-8' && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return marked ? mark + decoded.text : decoded.text;
};
