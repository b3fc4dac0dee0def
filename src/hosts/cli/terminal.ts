/** What a command sees of the process around it: two streams, a person perhaps, and Ctrl-C. */
export interface Sink {
  write(text: string): void;
  readonly isTerminal: boolean;
  /** Cells in a row; 80 where nobody knows. */
  readonly columns: number;
  readonly color: boolean;
  /** The reader went away (`| head`); further writes go nowhere. */
  readonly closed: boolean;
}

export interface Terminal {
  /** Carries results and nothing else. */
  readonly out: Sink;
  /** Carries everything that is said on the way. */
  readonly err: Sink;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** A person can be asked. */
  readonly interactive: boolean;
  /** Epoch ms. */
  now(): number;
  /** Yes or no; Enter means no. Throws `cancelled` on Ctrl-C. */
  confirm(question: string): Promise<boolean>;
  /** A line that is not shown while it is typed. Throws `cancelled` on Ctrl-C. */
  askHidden(question: string): Promise<string>;
  /** All of standard input. */
  readInput(): Promise<string>;
  /** `interrupt` is Ctrl-C, `terminate` the system asking the process to end. While nobody listens, both end the process. */
  onSignal(listener: (signal: 'interrupt' | 'terminate') => void): () => void;
}
