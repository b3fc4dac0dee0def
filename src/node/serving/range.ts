/**
 * Which bytes of a file a Range header asks for (RFC 9110, 14.2), for the web host and Electron's scheme alike.
 * A unit other than bytes, a malformed header and a list of ranges are ignored, as the RFC allows: the whole file is the answer.
 */
export type RangeAnswer =
  | {
      readonly status: 200 | 206 /** First byte. */;
      readonly start: number /** Last byte, included; start - 1 when empty. */;
      readonly end: number;
    }
  | { readonly status: 416 };

/** `size` in bytes. */
export const answerRange = (header: string | null | undefined, size: number): RangeAnswer => {
  const whole = { status: 200, start: 0, end: size - 1 } as const;
  const match = /^bytes=(\d*)-(\d*)$/i.exec((header ?? '').replaceAll(/[ \t]/g, ''));
  if (match === null) return whole;
  const [first = '', last = ''] = match.slice(1);
  if (first === '' && last === '') return whole;
  if (first === '') {
    const length = Math.min(Number(last), size);
    return length === 0 ? { status: 416 } : { status: 206, start: size - length, end: size - 1 };
  }
  const start = Number(first);
  if (last !== '' && Number(last) < start) return whole;
  if (start >= size) return { status: 416 };
  return { status: 206, start, end: last === '' ? size - 1 : Math.min(Number(last), size - 1) };
};
