/** Colour where it is wanted, plain text elsewhere. */
export interface Paint {
  bold(text: string): string;
  dim(text: string): string;
  good(text: string): string;
  warn(text: string): string;
  bad(text: string): string;
}

export const createPaint = ({ color }: { readonly color: boolean }): Paint => {
  const dye =
    (open: number, close: number) =>
    (text: string): string =>
      color && text !== '' ? `\u001b[${open}m${text}\u001b[${close}m` : text;
  return { bold: dye(1, 22), dim: dye(2, 22), good: dye(32, 39), warn: dye(33, 39), bad: dye(31, 39) };
};
