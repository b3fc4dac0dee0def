/** Results for programs. */
import type { Sink } from '../terminal.ts';

/** The one value of a read command. */
export const writeJson = (sink: Sink, value: unknown): void => sink.write(`${JSON.stringify(value, null, 2)}\n`);

/** One line of a stream of values. */
export const writeJsonLine = (sink: Sink, value: unknown): void => sink.write(`${JSON.stringify(value)}\n`);
