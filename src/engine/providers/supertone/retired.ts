/**
 * Whether the vendor's service has ended. It announced the permanent end of its API for 31 August 2026 (README of
 * github.com/supertone-inc/supertone-ts, commit a7ccae7), with no word on what its address would answer afterwards.
 */
import type { HttpError } from '../../ports.ts';

/** The address whose end was announced; another one (a successor, a proxy of the user's) is judged by 410 alone. */
const productionHost = 'supertoneapi.com';
/** The announced day is still served. */
const endedAt = Date.UTC(2026, 8, 1);

export type Sign =
  | { readonly kind: 'answer'; readonly status: number; readonly contentType: string | undefined }
  | { readonly kind: 'broken'; readonly phase: HttpError['phase']; readonly reason: HttpError['reason'] };

export interface Circumstances {
  readonly baseUrl: string;
  readonly call: 'create' | 'credits' | 'other';
  /** Epoch ms. */
  readonly now: number;
}

/**
 * True for 410 from any address. From the production host, once the announced day is over, also for a name that has no
 * address any more, and for a web page where the API stood: with 403 or 404 on any call, with any status (or a redirect)
 * where the balance is read. A failed server's page in answer to new speech is not a sign: that call may have been charged.
 */
export const isRetired = (sign: Sign, { baseUrl, call, now }: Circumstances): boolean => {
  if (sign.kind === 'answer' && sign.status === 410) return true;
  const host = URL.parse(baseUrl)?.hostname ?? '';
  if (now < endedAt || (host !== productionHost && !host.endsWith(`.${productionHost}`))) return false;
  if (sign.kind === 'broken') return sign.phase === 'connect' && sign.reason === 'dns';
  const isPage = (sign.contentType ?? '').toLowerCase().includes('text/html');
  const isRedirect = sign.status >= 300 && sign.status < 400;
  if (call === 'credits') return isPage || isRedirect;
  return isPage && (sign.status === 403 || sign.status === 404);
};

/** Said before a workspace is added. */
export const retirementNotice =
  'Supertone announced that its API ends on 31 August 2026. A workspace can still be added, for an address that goes on serving or to read what is stored here; expect the usual address to answer no more.';
