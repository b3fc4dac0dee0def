/** What happened, what was kept, what to do: one text per cause. */
import type { ErrorCode } from '#contract/errors.ts';
import type { Failure } from './errors.ts';

const seconds = (ms: number): string => `${Math.max(1, Math.ceil(ms / 1000))} s`;

/** What a key without a scope cannot do. */
export const scopeCosts: Readonly<Record<string, string>> = {
  text_to_speech: 'no line can be rendered',
  voices_read: 'voices cannot be listed; write their ids by hand',
  voices_write: 'library voices cannot be added from here',
  models_read:
    'models, their limits and their rates are not known, so long texts are not split and estimates are rough',
  user_read: 'credits, plan and invoices cannot be shown, and a lost answer has one clue less',
  speech_history_read: 'every lost answer will become a question',
};

const refusedSpeech = (code: ErrorCode, name: string, status: string, failure: Failure): string | null => {
  const subject = failure.subject;
  switch (code) {
    case 'out_of_credits':
      return `${name} does not have enough credits for this line${status}. It was refused before any work began, nothing was charged, and the line is kept. Add credits or wait for the reset, then retry.`;
    case 'missing_permission': {
      const scope = subject ?? 'a permission that is needed here';
      const cost = subject === undefined ? undefined : scopeCosts[subject];
      return `The API key of ${name} lacks ${scope}${status}${cost === undefined ? '' : `: ${cost}`}. Nothing was charged. Allow ${scope} for the key at the vendor, then retry.`;
    }
    case 'account_flagged':
      return `The vendor has blocked the account of ${name} for unusual activity${status}; free plans behind a VPN or proxy are often hit. Nothing was charged and the line is kept. Settle it with the vendor, then retry.`;
    case 'subscription_required':
      return `The plan of ${name} does not include what this needs${status}; library voices, for one, cannot be used by API on the free plan. Nothing was charged and everything is kept. Change the plan or the voice, then retry.`;
    case 'format_refused':
      return `The plan of ${name} does not include this audio format${status}: mp3_44100_192 needs Creator or higher, PCM and WAV at 44.1 kHz and above need Pro or higher. Nothing was charged and the line is kept. Choose another format in the workspace's settings, then render again.`;
    case 'text_too_long':
      return `${name} refused the text as too long for its model${status}. Nothing was charged and the line is kept. Refresh the list of models, so that long texts are split, then render again.`;
    case 'voice_not_found':
      return `${name} has no such voice, or may not use it${status}. Nothing was charged and the line is kept. Choose another voice in the cast, then render again.`;
    case 'model_unavailable':
      return `${name} has no such model, or may not use it${status}. Nothing was charged and the line is kept. Choose another model, then render again.`;
    case 'text_rejected':
      return `${name} rejected the wording of this line${status}. Nothing was charged and the line is kept. Change the text, then render again.`;
    case 'setting_refused':
      return `${name} refused a setting${subject === undefined ? '' : `: ${subject}`}${status}. Nothing was charged and the line is kept. Correct it in the cast or on the line, then render again.`;
    default:
      return null;
  }
};

const happened = (code: ErrorCode, name: string, failure: Failure): string => {
  const status = failure.status === undefined ? '' : ` (HTTP ${failure.status})`;
  const subject = failure.subject;
  switch (code) {
    case 'provider_offline':
      return `${name} could not be reached, or the connection broke while reading. Nothing was lost and nothing was charged by this request; it is repeated when the vendor answers again. Check the network and the base URL if this lasts.`;
    case 'outcome_unknown':
      return `The answer of ${name} was lost${status}, so it is not known whether this line was charged. Nothing is sent again by itself; the line is looked for in the vendor's history, which is free.`;
    case 'provider_timeout':
      return `${name} took too long to answer${status}. Nothing was charged by this request and it is repeated.`;
    case 'provider_rate_limited':
      return `${name} asks for a pause${failure.retryAfterMs === undefined ? '' : ` of ${seconds(failure.retryAfterMs)}`}${status}. The line stays queued, nothing was charged, and sending goes on afterwards.`;
    case 'conflict':
      return failure.status === undefined
        ? `The base URL of ${name} changed after this request was written. Nothing was sent to the new address and the line is kept. Retry it to send it anew.`
        : `${name} is busy with something that stands against this request${status}. Nothing was charged; it is sent again shortly.`;
    case 'key_missing':
      return `${name} has no API key. Nothing was sent and the line is kept. Set the key of the workspace.`;
    case 'key_refused':
      return `${name} did not accept the API key${status}. Nothing was charged by this request and everything is kept. Set a valid key of the workspace, then retry.`;
    case 'history_unavailable':
      return `The key may not read the history of ${name} (${subject ?? 'speech_history_read'})${status}, so what was paid for cannot be fetched again or looked for. Nothing is sent a second time. Allow speech_history_read for the key at the vendor, then look again.`;
    case 'redirect_refused':
      return `${name} sent the request on to another address${status}, and a request with a key is never sent on. Everything is kept. Set the base URL to the address the vendor really uses, then retry.`;
    case 'bad_response':
      return failure.call === 'create'
        ? `${name} answered${status}, but not as its API does (${subject ?? 'unreadable'}). The line is kept; it may have been charged, so it is looked for in the history before anything is sent again. Check the base URL if this lasts.`
        : `${name} answered${status}, but not as its API does: ${subject === undefined || subject === '' ? 'it is not JSON' : `"${subject}" is missing or unreadable`}. Nothing was charged and nothing was changed. Check the base URL if this lasts.`;
    case 'media_missing':
      return failure.status === undefined
        ? `This line was paid for, but its audio was deleted from the history of ${name}. Nothing is sent again by itself. Render the line anew if it is still needed; that costs credits.`
        : `The audio of ${name} is not at its address${status}. It is paid for and kept at the vendor; a fresh address is asked for, which is free.`;
    case 'not_found':
      if (failure.call === 'read')
        return `${name} has no such address${status}. Nothing was charged and nothing was changed. Check the base URL of the workspace.`;
      return `${name} does not know this line yet${status}; its history is written a little later. What was paid for is kept on the books, and it is asked about again.`;
    case 'cancelled':
      return `The request to ${name} was called off before it was complete. What had been sent is kept on the books.`;
    default:
      if (failure.call !== 'create')
        return `${name} did not answer a free request as it should${status}. It cost nothing, what was paid for is kept on the books, and it can be repeated.`;
      return failure.status !== undefined && failure.status >= 500
        ? `${name} had a fault of its own${status}. Whether this line was charged is taken from what the vendor says; where it says nothing, the line is looked for in its history before anything is sent again.`
        : `${name} refused the request${status}. Nothing was charged and the line is kept. Check the base URL of the workspace.`;
  }
};

const limit = 240;

/** Ends with the vendor's own words where there are any. */
export const messageFor = (code: ErrorCode, failure: Failure): string => {
  const name = `"${failure.workspaceName}"`;
  const status = failure.status === undefined ? '' : ` (HTTP ${failure.status})`;
  const text = refusedSpeech(code, name, status, failure) ?? happened(code, name, failure);
  const said = failure.vendorSays?.replace(/\s+/g, ' ').trim() ?? '';
  if (said === '') return text;
  return `${text} The vendor says: ${said.length > limit ? `${said.slice(0, limit)}…` : said}`;
};
