/** What the shell is told. The table in docs/cli.md is this one; a test compares them. */
import type { CreditMeter } from '#contract/account.ts';
import type { ErrorCode } from '#contract/errors.ts';

export const exitCodes = {
  done: 0,
  someLinesFailed: 1,
  usage: 2,
  libraryBusy: 3,
  needsDecision: 4,
  overBudget: 5,
  account: 6,
  library: 7,
  unreachable: 8,
  internal: 70,
  interrupted: 130,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** One sentence for each code, as printed by `--help` and in the documentation. */
export const exitMeanings = {
  0: 'done',
  1: 'some lines failed; everything else is stored',
  2: 'wrong usage, or a script, a table or a value that has errors; nothing was rendered',
  3: 'another process has this library open for writing',
  4: 'needs a decision: a vendor call whose outcome nobody knows',
  5: 'the budget is used up; the rest waits',
  6: 'the vendor account needs attention: key, plan, credits, or a paused workspace',
  7: 'the library needs attention: damaged, from a newer Cuebooth, read-only, or no disk space',
  8: 'the vendor cannot be reached or does not answer as expected',
  70: 'a fault in Cuebooth',
  130: 'interrupted; what was paid for is kept',
} as const satisfies Record<ExitCode, string>;

const codeOfError = {
  unknown_method: exitCodes.internal,
  invalid_input: exitCodes.usage,
  invalid_output: exitCodes.internal,
  internal: exitCodes.internal,
  unauthorized: exitCodes.internal,
  not_found: exitCodes.usage,
  conflict: exitCodes.usage,
  disconnected: exitCodes.internal,
  library_busy: exitCodes.libraryBusy,
  library_from_future: exitCodes.library,
  library_corrupt: exitCodes.library,
  library_on_network: exitCodes.library,
  library_read_only: exitCodes.library,
  disk_full: exitCodes.library,
  media_missing: exitCodes.library,
  media_unreadable: exitCodes.library,
  script_has_errors: exitCodes.usage,
  variants_have_errors: exitCodes.usage,
  voice_unknown: exitCodes.usage,
  workspace_unknown: exitCodes.usage,
  blob_too_large: exitCodes.usage,
  over_budget: exitCodes.overBudget,
  needs_decision: exitCodes.needsDecision,
  key_missing: exitCodes.account,
  key_refused: exitCodes.account,
  vault_locked: exitCodes.account,
  vault_unavailable: exitCodes.account,
  plan_without_api: exitCodes.account,
  member_cap_reached: exitCodes.account,
  out_of_credits: exitCodes.account,
  missing_permission: exitCodes.account,
  subscription_required: exitCodes.account,
  account_flagged: exitCodes.account,
  model_unavailable: exitCodes.usage,
  setting_refused: exitCodes.usage,
  format_refused: exitCodes.account,
  provider_retired: exitCodes.unreachable,
  history_unavailable: exitCodes.account,
  text_too_long: exitCodes.usage,
  text_rejected: exitCodes.someLinesFailed,
  voice_not_found: exitCodes.usage,
  provider_rate_limited: exitCodes.unreachable,
  provider_offline: exitCodes.unreachable,
  provider_error: exitCodes.unreachable,
  provider_failed: exitCodes.someLinesFailed,
  provider_timeout: exitCodes.unreachable,
  bad_response: exitCodes.unreachable,
  idempotency_in_flight: exitCodes.needsDecision,
  idempotency_mismatch: exitCodes.needsDecision,
  key_expired: exitCodes.needsDecision,
  redirect_refused: exitCodes.account,
  audio_undecodable: exitCodes.someLinesFailed,
  audio_empty: exitCodes.someLinesFailed,
  outcome_unknown: exitCodes.needsDecision,
  part_failed: exitCodes.someLinesFailed,
  program_missing: exitCodes.usage,
  cancelled: exitCodes.interrupted,
} as const satisfies Record<ErrorCode, ExitCode>;

/** The exit code of an error that ends a command. */
export const exitCodeOf = (code: ErrorCode): ExitCode => codeOfError[code];

const codeOfMeter = {
  current: exitCodes.done,
  stale: exitCodes.done,
  unread: exitCodes.done,
  free: exitCodes.done,
  refused: exitCodes.account,
  locked: exitCodes.account,
  offline: exitCodes.unreachable,
  retired: exitCodes.unreachable,
} as const satisfies Record<CreditMeter['state'], ExitCode>;

/** The exit code of a command that was to read one account; `undefined` (no meter of it): done. */
export const exitCodeOfMeter = (meter: Pick<CreditMeter, 'state'> | undefined): ExitCode =>
  meter === undefined ? exitCodes.done : codeOfMeter[meter.state];
