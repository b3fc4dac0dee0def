/** What happened, what was kept, what to do: one text per cause. */
import type { ErrorCode } from '#contract/errors.ts';
import type { Failure } from './map.ts';

const seconds = (ms: number): string => `${Math.max(1, Math.ceil(ms / 1000))} s`;

const happened = (code: ErrorCode, name: string, failure: Failure): string => {
  const status = failure.status === undefined ? '' : ` (HTTP ${failure.status})`;
  const isSpeech = failure.call === 'create';
  switch (code) {
    case 'provider_retired':
      return `${name} is served no more: Supertone announced the end of its API for 31 August 2026, and its address ${failure.status === undefined ? 'has left the network' : `now answers as ended${status}`}. Nothing was charged by this request. All takes, usage and history stored here stay readable and playable. Choose another voice for the scripts that use it, or set the base URL if your account is served elsewhere.`;
    case 'provider_offline':
      return `${name} could not be reached, or the connection broke while reading. Nothing was charged by this request; it is repeated when the vendor answers again. Check the network and the base URL if this lasts.`;
    case 'outcome_unknown':
      return `The answer of ${name} was lost${status}, so it is not known whether this line was charged. It is not sent again by itself: the vendor takes no key that would keep it from charging twice. Balance and usage are looked at first, which is free.`;
    case 'provider_timeout':
      return `${name} took too long to answer${status}. Nothing was charged by this request; it is repeated.`;
    case 'provider_rate_limited':
      return `${name} has had its calls of this minute${failure.retryAfterMs === undefined ? '' : ` and asks for a pause of ${seconds(failure.retryAfterMs)}`}${status}. ${isSpeech ? 'The line stays queued, nothing was charged, and sending goes on afterwards. Set the plan of the workspace so that calls are spaced as it allows.' : 'Nothing was charged; it is repeated later.'}`;
    case 'key_missing':
      return `${name} has no API key. Nothing was sent and everything queued is kept. Set the key of the workspace.`;
    case 'key_refused':
      return `${name} did not accept the API key${status}. Nothing was charged by this request and everything queued is kept. Set a valid key of the workspace, then try again.`;
    case 'out_of_credits':
      return `${name} does not have enough credits${isSpeech ? ' for this line' : ''}${status}. Nothing was charged and the line is kept. Add credits, then retry.`;
    case 'subscription_required':
      return `The plan of ${name} does not allow this${status}. Nothing was charged and the line is kept. Change the plan at the vendor or choose another voice, then retry.`;
    case 'voice_not_found':
      return `${name} does not know this voice, or it belongs to another account${status}. Nothing was charged and the line is kept. Choose another voice, then render again.`;
    case 'text_too_long':
      return `${name} refused the text as too long${status}; one call takes 300 characters. Nothing was charged and the line is kept. Shorten the text or split the line, then render again.`;
    case 'text_rejected':
      return `${name} cannot speak this text${status}. Nothing was charged and the line is kept. Change the text, then render again.`;
    case 'setting_refused':
      return `${name} refused a setting of this line, or a combination that the voice does not have${status}. Nothing was charged and the line is kept. Check language, style, model and settings against the voice, then render again.`;
    case 'redirect_refused':
      return `${name} sent the request on to another address${status}, and a request with a key is never sent on. ${isSpeech ? 'The line is kept. ' : ''}Set the base URL to the address that the vendor really uses, then try again.`;
    case 'bad_response':
      return `${name} answered${status}, but ${failure.missing === undefined ? 'not with what was asked for' : failure.missing === '' ? 'not with JSON' : `without ${failure.missing}, or not as documented`}. ${isSpeech ? 'The line may have been charged; balance and usage are looked at before anything is sent again.' : 'Nothing was charged and what was read before is kept. Check the base URL if this lasts.'}`;
    case 'not_found':
      return `${name} has no such thing, or no such account${status}. Nothing was charged. Check the base URL and the key.`;
    case 'cancelled':
      return `The request to ${name} was called off before it was complete. What had been sent is kept on the books.`;
    case 'conflict':
      return `The base URL of ${name} changed after this request was written. Nothing was sent to the new address and the line is kept. Retry it to send it anew.`;
    case 'invalid_input':
      return `The settings of ${name} cannot be used. Nothing was sent and everything queued is kept.`;
    default:
      if (!isSpeech)
        return `${name} did not answer a free request as it should${status}. It cost nothing and is repeated; what was read before is kept.`;
      return failure.status !== undefined && failure.status >= 500
        ? `${name} had a fault of its own${status}. Whether this line was charged is not known. It is not sent again by itself; balance and usage are looked at first, which is free.`
        : `${name} refused the request${status}. Nothing was charged and the line is kept. Check the base URL of the workspace.`;
  }
};

const limit = 240;

/** Ends with the vendor's own words where there are any. */
export const messageFor = (code: ErrorCode, failure: Failure): string => {
  const text = happened(code, `"${failure.workspaceName}"`, failure);
  const said = failure.vendorSays?.replace(/\s+/g, ' ').trim() ?? '';
  if (said === '') return text;
  return `${text} The vendor says: ${said.length > limit ? `${said.slice(0, limit)}…` : said}`;
};
