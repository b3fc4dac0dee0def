import type { TextSource } from '#contract/methods/text-source.ts';
import { decodeText } from '../scripts/decode-text.ts';
import type { EngineContext } from './context.ts';
import { readSource } from './read-source.ts';

/** A text that came in the message or by the upload door. Throws `not_found` where the upload is gone. */
export const textOf = async (context: EngineContext, source: TextSource): Promise<string> => {
  const read = await readSource(context, source);
  return typeof read === 'string' ? read : decodeText(read).text;
};
