import { AppError, type ErrorShape, toErrorShape } from '#contract/errors.ts';

/** Anything that was thrown, as what a screen can show. */
export const failureOf = (error: unknown): ErrorShape =>
  error instanceof AppError
    ? toErrorShape(error)
    : { code: 'internal', message: error instanceof Error ? error.message : String(error) };
