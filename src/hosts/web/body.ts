/** A whole request body, up to a cap. */

/** Null when it is larger than `maxBytes`; an announced length is believed before a byte is read. */
export const readCapped = async (
  body: AsyncIterable<Uint8Array> | null,
  announced: string | undefined,
  maxBytes: number,
): Promise<Uint8Array | null> => {
  if (Number(announced ?? 0) > maxBytes) return null;
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};
