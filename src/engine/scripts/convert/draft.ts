/** What every format is read into: lines that are spoken and rows that are not. */
export type DraftRow =
  | { readonly kind: 'heading'; readonly text: string }
  /** Kept to be read, never spoken. */
  | { readonly kind: 'note'; readonly text: string }
  | {
      readonly kind: 'line';
      /** As written in the file; null: whoever spoke before, or the narrator. */
      readonly speaker: string | null;
      readonly direction: string | null;
      readonly text: string;
      /** Silence behind it. */
      readonly pauseMs: number;
    };

export interface Draft {
  /** Null: the file names none. */
  readonly title: string | null;
  /** BCP 47, where the file names one. */
  readonly language: string | null;
  readonly rows: readonly DraftRow[];
  /** What was guessed or left out, in words. */
  readonly notes: readonly string[];
}

export const lineRow = (text: string, speaker: string | null = null, direction: string | null = null): DraftRow => ({
  kind: 'line',
  speaker,
  direction,
  text,
  pauseMs: 0,
});

export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;
