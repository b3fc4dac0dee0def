/** What happened, what was kept, what to do: one text per cause. */
import type { ErrorCode } from '#contract/errors.ts';
import type { Failure } from './map.ts';

const seconds = (ms: number): string => `${Math.max(1, Math.ceil(ms / 1000))} s`;

const happened = (code: ErrorCode, name: string, failure: Failure): string => {
  const status = failure.status === undefined ? '' : ` (HTTP ${failure.status})`;
  switch (code) {
    case 'provider_offline':
      return `${name} could not be reached, or the connection broke while reading. Nothing was lost and nothing was charged by this request; it is repeated when the vendor answers again. Check the network and the base URL if this lasts.`;
    case 'outcome_unknown':
      return `The answer of ${name} was lost${status}, so it is not known whether this line was charged. The request and its idempotency key are kept; the same request is sent again, which the vendor does not charge twice.`;
    case 'provider_timeout':
      return `${name} took too long to answer${status}. Nothing was charged by this request and it is repeated.`;
    case 'provider_rate_limited':
      return `${name} asks for a pause${failure.retryAfterMs === undefined ? '' : ` of ${seconds(failure.retryAfterMs)}`}${status}. The line stays queued, nothing was charged, and sending goes on afterwards. Lower the workspace's concurrency if this comes often.`;
    case 'idempotency_in_flight':
      return `${name} is still working on this very line${status}. Nothing is sent twice; the same request is asked about again shortly.`;
    case 'idempotency_mismatch':
      return `${name} has this idempotency key on its books for another text${status}. The line was stopped so that nothing is paid for twice, and both are kept. Look at Workspace History on the web, then retry the line.`;
    case 'key_missing':
      return `${name} has no API key. Nothing was sent and the line is kept. Set the key of the workspace.`;
    case 'key_refused':
      return `${name} did not accept the API key${status}. Nothing was charged by this request and the line is kept. Set a valid key of the workspace, then retry.`;
    case 'plan_without_api':
      return `The plan of ${name} does not include the API${status}; Pro, Scale, Business and Enterprise do. Nothing was charged and the line is kept. Change the plan at the vendor, then retry.`;
    case 'out_of_credits':
      return `${name} does not have enough credits for this line${status}. It was refused before any work began, nothing was charged, and the line is kept. Add credits or shorten the order, then retry.`;
    case 'member_cap_reached':
      return `The member whose key this is has reached the credit cap in ${name}${status}. Nothing was charged and the line is kept. Have the cap raised or wait for the new month, then retry.`;
    case 'text_too_long':
      return `${name} refused the text as too long${status}. Nothing was charged and the line is kept. Set the workspace's plan or textLimit so that long texts are split, then retry.`;
    case 'voice_not_found':
      return `${name} does not know this voice${status}. Nothing was charged and the line is kept. Write the name exactly as the vendor's voice library does, then render again.`;
    case 'text_rejected':
      return `${name} rejected the wording of this line${status}. Nothing was charged and the line is kept. Change the text, then render again.`;
    case 'redirect_refused':
      if (failure.call === 'audio')
        return `The audio of ${name} lies behind redirects that lead nowhere${status}. It is paid for and kept at the vendor; a fresh address is asked for, which is free.`;
      return `${name} sent the request on to another address${status}, and a request with a key is never sent on. The line is kept. Set the base URL to the address the vendor really uses, then retry.`;
    case 'bad_response':
      if (failure.call === 'list' || failure.call === 'account')
        return `${name} answered${status}, but ${failure.missing === undefined ? 'not with JSON' : `without ${failure.missing}`}. Nothing was charged and what was read before is kept. Check the setting ${failure.call}Path.`;
      return `${name} answered${status}, but without a generation that can be read. The line and its idempotency key are kept; what the answer was for may have been charged. Check the base URL and the path settings.`;
    case 'media_missing':
      return `The audio of ${name} is no longer at its address${status}. It is paid for and kept at the vendor; a fresh address is asked for, which is free.`;
    case 'not_found':
      if (failure.call === 'list' || failure.call === 'account')
        return `${name} has nothing at the path of its setting ${failure.call}Path${status}. Nothing was charged and what was read before is kept. Correct the setting, or leave it empty where the vendor has no such place.`;
      return `${name} does not know this generation at the moment${status}. What was paid for is kept on the books; it is asked about again. Check statusPath if this lasts.`;
    case 'cancelled':
      return `The request to ${name} was called off before it was complete. What had been sent is kept on the books.`;
    case 'conflict':
      return `The base URL of ${name} changed after this request was written. Nothing was sent to the new address and the line is kept. Retry it to send it anew.`;
    case 'invalid_input':
      return `The settings of ${name} cannot be used. Nothing was sent and the line is kept.`;
    default:
      if (failure.call !== 'create')
        return `${name} did not answer a free request as it should${status}. It cost nothing, what was paid for is kept on the books, and it is repeated.`;
      return failure.status !== undefined && failure.status >= 500
        ? `${name} had a fault of its own${status}. Whether this line was charged is not known; the request and its idempotency key are kept and the same request is sent again.`
        : `${name} refused the request${status}. Nothing was charged and the line is kept. Check the base URL, the paths and the field names of the workspace.`;
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
