/** From undici's and the system's error codes to HttpError. The phase is the exchange's own knowledge, never guessed from a code. */
import { HttpError } from '#engine/ports.ts';
import type { HttpPhase } from '#engine/ports.ts';

type Reason = HttpError['reason'];

const reasons: Readonly<Record<string, Reason>> = {
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_BODY_TIMEOUT: 'timeout',
  ETIMEDOUT: 'timeout',
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'refused',
  EHOSTDOWN: 'refused',
  ENETUNREACH: 'refused',
  ENETDOWN: 'refused',
  EADDRNOTAVAIL: 'refused',
  UND_ERR_PRX_CONN: 'refused',
  ENOTFOUND: 'dns',
  ENODATA: 'dns',
  UND_ERR_SOCKET: 'reset',
  ECONNRESET: 'reset',
  ECONNABORTED: 'reset',
  EPIPE: 'reset',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'reset',
  HPE_INVALID_EOF_STATE: 'reset',
  UND_ERR_DESTROYED: 'aborted',
  UND_ERR_CLOSED: 'aborted',
};
const tlsCode = /^(ERR_TLS|ERR_SSL|EPROTO$|CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|HOSTNAME_MISMATCH|UND_ERR_PRX_TLS)/;

const sentences: Readonly<Record<Reason, string>> = {
  refused: 'could not be reached',
  dns: 'could not be found: its name has no address here, or this machine is offline',
  tls: 'offered a connection that could not be trusted',
  reset: 'closed the connection',
  timeout: 'did not answer in time',
  aborted: 'was not waited for',
  other: 'could not be talked to',
};
const endings: Readonly<Record<HttpPhase, string>> = {
  connect: 'nothing was sent',
  sent: 'the request may have arrived',
  headers: 'in the middle of its answer',
  body: 'before its answer was complete',
};

const codeOf = (error: unknown): string => {
  if (!(error instanceof Error)) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error instanceof AggregateError ? codeOf(error.errors[0]) : '';
};

const reasonOf = (error: unknown): Reason => {
  const code = codeOf(error);
  const known = reasons[code];
  if (known !== undefined) return known;
  if (code.startsWith('EAI_')) return 'dns';
  return tlsCode.test(code) ? 'tls' : 'other';
};

export const describeFailure = (host: string, phase: HttpPhase, reason: Reason): string =>
  `${host} ${sentences[reason]} (${endings[phase]}).`;

export const toHttpError = (error: unknown, phase: HttpPhase, host: string): HttpError => {
  if (error instanceof HttpError) return error;
  const reason = reasonOf(error);
  return new HttpError(phase, reason, describeFailure(host, phase, reason), error);
};
