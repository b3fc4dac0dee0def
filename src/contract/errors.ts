/** The closed list of causes. The CLI maps each to an exit code in one table; screens offer the `action`. */
import { z } from 'zod';

export const ErrorCode = z.enum([
  'unknown_method',
  'invalid_input',
  'invalid_output',
  'internal',
  'unauthorized',
  'not_found',
  'conflict',
  'disconnected',
  'library_busy',
  'library_from_future',
  'library_corrupt',
  'library_on_network',
  'library_read_only',
  'disk_full',
  'media_missing',
  'media_unreadable',
  'script_has_errors',
  'variants_have_errors',
  'voice_unknown',
  'workspace_unknown',
  'blob_too_large',
  'over_budget',
  'needs_decision',
  'key_missing',
  'key_refused',
  'vault_locked',
  'vault_unavailable',
  'plan_without_api',
  'member_cap_reached',
  'out_of_credits',
  'missing_permission',
  'subscription_required',
  'account_flagged',
  'model_unavailable',
  'setting_refused',
  'format_refused',
  'provider_retired',
  'history_unavailable',
  'text_too_long',
  'text_rejected',
  'voice_not_found',
  'provider_rate_limited',
  'provider_offline',
  'provider_error',
  'provider_failed',
  'provider_timeout',
  'bad_response',
  'idempotency_in_flight',
  'idempotency_mismatch',
  'key_expired',
  'redirect_refused',
  'audio_undecodable',
  'audio_empty',
  'outcome_unknown',
  'part_failed',
  'program_missing',
  'cancelled',
]);
export type ErrorCode = z.infer<typeof ErrorCode>;

/** What a screen can offer as a button. */
export const ErrorAction = z.discriminatedUnion('type', [
  z.object({ type: z.literal('open-workspace-settings'), workspaceId: z.string() }),
  z.object({ type: z.literal('set-key'), workspaceId: z.string() }),
  z.object({ type: z.literal('open-script'), scriptId: z.string(), line: z.number().nullable() }),
  z.object({ type: z.literal('open-variants'), scriptId: z.string() }),
  z.object({ type: z.literal('retry') }),
  z.object({ type: z.literal('resolve'), jobId: z.string() }),
  z.object({ type: z.literal('free-disk-space') }),
  z.object({ type: z.literal('restore-backup'), path: z.string() }),
  z.object({ type: z.literal('run-doctor') }),
  z.object({ type: z.literal('recast'), workspaceId: z.string(), voiceId: z.string().nullable() }),
  z.object({ type: z.literal('open-subscription'), workspaceId: z.string() }),
  z.object({ type: z.literal('open-budgets') }),
]);
export type ErrorAction = z.infer<typeof ErrorAction>;

export const ErrorShape = z.object({
  code: ErrorCode,
  message: z.string(),
  action: ErrorAction.optional(),
});
export type ErrorShape = z.infer<typeof ErrorShape>;

/** The one error of the product: what happened, what was kept, what to do. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly action: ErrorAction | undefined;
  readonly details: Readonly<Record<string, unknown>> | undefined;
  constructor(
    code: ErrorCode,
    message: string,
    options: { details?: Record<string, unknown>; cause?: unknown; action?: ErrorAction } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.action = options.action;
    this.details = options.details;
  }
}

export const toErrorShape = (error: AppError): ErrorShape =>
  error.action === undefined
    ? { code: error.code, message: error.message }
    : { code: error.code, message: error.message, action: error.action };

/** For the default branch of a switch over a closed union. */
export const assertNever = (value: never): never => {
  throw new AppError('internal', `Unexpected value ${JSON.stringify(value)}.`);
};
