/** Reads what came over a wire that does not keep types. */
import { AppError, ErrorShape } from '#contract/errors.ts';
import type { Push, Reply } from '#contract/transport.ts';

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The reply of a wire that was lost under a request. */
export const disconnected = (): Reply => ({
  ok: false,
  error: {
    code: 'disconnected',
    message:
      'Cuebooth did not answer. What was saved is kept, and work in its queue goes on if it is still running; it is not known whether this request arrived. Look again before you repeat it.',
    action: { type: 'retry' },
  },
});

/** Anything that is not a reply, such as a proxy's error page, becomes `bad_response`. */
export const toReply = (value: unknown): Reply => {
  if (isRecord(value)) {
    if (value['ok'] === true && 'output' in value) return { ok: true, output: value['output'] };
    if (value['ok'] === false) {
      const error = ErrorShape.safeParse(value['error']);
      if (error.success) return { ok: false, error: error.data };
    }
  }
  return {
    ok: false,
    error: { code: 'bad_response', message: 'The answer did not come from this version of Cuebooth. Reload the page.' },
  };
};

/** Null for anything that is not a push. */
export const toPush = (value: unknown): Push | null => {
  if (!isRecord(value)) return null;
  const { seq, name, payload } = value;
  return typeof seq === 'number' && typeof name === 'string' ? { seq, name, payload } : null;
};

/** The output of a reply, or its error thrown. */
export const outputOf = (reply: Reply): unknown => {
  if (reply.ok) return reply.output;
  const { code, message, action } = reply.error;
  throw new AppError(code, message, action === undefined ? {} : { action });
};
