/** Rows under headings, aligned by what the eye sees. */
import type { Sink } from '../terminal.ts';
import { createPaint } from './paint.ts';
import { cutTo, oneLine, padTo, widthOf } from './width.ts';

export interface Column<Row> {
  readonly title: string;
  readonly value: (row: Row) => string;
  readonly align?: 'right';
  /** Gives way first when the row is too long for the terminal. */
  readonly flexible?: true;
}

const gap = 2;
const narrowest = 12;

/** The table's text, ending with a newline; empty for no rows. Cells are cut only on a terminal. */
export const formatTable = <Row>(rows: readonly Row[], columns: readonly Column<Row>[], sink: Sink): string => {
  if (rows.length === 0) return '';
  const cells = rows.map((row) => columns.map((column) => oneLine(column.value(row))));
  const widths = columns.map((column, index) =>
    Math.max(widthOf(column.title), ...cells.map((row) => widthOf(row[index] ?? ''))),
  );
  if (sink.isTerminal) {
    const total = widths.reduce((sum, width) => sum + width, gap * (columns.length - 1));
    let excess = total - sink.columns;
    for (const [index, column] of columns.entries()) {
      const width = widths[index] ?? 0;
      if (excess <= 0 || column.flexible !== true || width <= narrowest) continue;
      const next = Math.max(narrowest, width - excess);
      excess -= width - next;
      widths[index] = next;
    }
  }
  const line = (row: readonly string[]): string =>
    columns
      .map((column, index) => {
        const width = widths[index] ?? 0;
        return padTo(cutTo(row[index] ?? '', width), width, column.align === 'right' ? 'start' : 'end');
      })
      .join(' '.repeat(gap))
      .trimEnd();
  const paint = createPaint(sink);
  return [paint.dim(line(columns.map((column) => column.title))), ...cells.map(line), ''].join('\n');
};
