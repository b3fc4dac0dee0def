import { AppError } from '#contract/errors.ts';
import type { TextSource } from '#contract/methods/text-source.ts';
import type { EngineContext } from './context.ts';

/** The text of a message, or the bytes that came up before it. Throws `not_found` when those are gone. */
export const readSource = async (
  { options }: Pick<EngineContext, 'options'>,
  source: TextSource,
): Promise<string | Uint8Array> => {
  if (source.kind === 'text') return source.text;
  const bytes = (await options.readBlob?.(source.blobId)) ?? null;
  if (bytes === null)
    throw new AppError('not_found', 'The uploaded file is not here any more. Nothing was changed; send it again.');
  return bytes;
};
