import { AppError } from '#contract/errors.ts';
import type { TextSource } from '#contract/methods/text-source.ts';
import { decodeText } from '../scripts/decode-text.ts';
import type { EngineContext } from './context.ts';

/** A text that came in the message or by the upload door. Throws `not_found` where the upload is gone. */
export const textOf = async ({ options }: EngineContext, source: TextSource): Promise<string> => {
  if (source.kind === 'text') return source.text;
  const bytes = (await options.readBlob?.(source.blobId)) ?? null;
  if (bytes === null)
    throw new AppError('not_found', 'The uploaded file is not here any more. Nothing was changed; send it again.');
  return decodeText(bytes).text;
};
