// The part of papaparse that is pure: strings in, rows out. Its published types pull in all of Node's globals, which
// would open a hole in the engine's wall (see runtime.d.ts), so tsconfig.json points the engine at this file instead.
// Only the default import exists at run time.

export interface ParseError {
  readonly type: 'Quotes' | 'Delimiter' | 'FieldMismatch';
  readonly code: 'MissingQuotes' | 'UndetectableDelimiter' | 'TooFewFields' | 'TooManyFields' | 'InvalidQuotes';
  readonly message: string;
  /** Zero-based index of the row, absent for errors of the whole text. */
  readonly row?: number;
  readonly index?: number;
}

export interface ParseMeta {
  readonly delimiter: string;
  readonly linebreak: string;
  readonly aborted: boolean;
  readonly truncated: boolean;
  readonly cursor: number;
  readonly fields?: string[];
  readonly renamedHeaders?: Record<string, string> | null;
}

export interface ParseResult<Row> {
  readonly data: Row[];
  readonly errors: ParseError[];
  readonly meta: ParseMeta;
}

export interface ParseStepResult<Row> {
  readonly data: Row;
  readonly errors: ParseError[];
  readonly meta: ParseMeta;
}

export interface Parser {
  abort(): void;
  pause(): void;
  resume(): void;
  getCharIndex(): number;
}

export interface ParseConfig<Row> {
  readonly delimiter?: string;
  readonly newline?: '\r' | '\n' | '\r\n';
  readonly quoteChar?: string;
  readonly escapeChar?: string;
  readonly header?: boolean;
  readonly transformHeader?: (header: string, index: number) => string;
  readonly dynamicTyping?: boolean;
  readonly preview?: number;
  readonly comments?: false | string;
  readonly skipEmptyLines?: boolean | 'greedy';
  readonly transform?: (value: string, field: string | number) => unknown;
  readonly delimitersToGuess?: string[];
  /** Called row by row; the result's `data` is then empty. */
  readonly step?: (result: ParseStepResult<Row>, parser: Parser) => void;
  readonly complete?: (result: ParseResult<Row>) => void;
}

export interface UnparseConfig {
  readonly quotes?: boolean | boolean[] | ((value: unknown, columnIndex: number) => boolean);
  readonly quoteChar?: string;
  readonly escapeChar?: string;
  readonly delimiter?: string;
  readonly header?: boolean;
  readonly newline?: string;
  readonly skipEmptyLines?: boolean | 'greedy';
  readonly columns?: string[];
  /** Puts a quote before values a spreadsheet would run as a formula. */
  readonly escapeFormulae?: boolean | RegExp;
}

export interface UnparseObject {
  readonly fields: readonly string[];
  readonly data: readonly (readonly unknown[])[];
}

declare const Papa: {
  parse<Row = string[]>(text: string, config?: ParseConfig<Row>): ParseResult<Row>;
  unparse(rows: readonly unknown[] | UnparseObject, config?: UnparseConfig): string;
};

export default Papa;
