/** Takes secrets out of what is logged: by the name of a field, by the shape of a text, and by registered value. */
export interface Redactor {
  /** Takes this very text out from now on. Texts under 8 characters are ignored: they would blank ordinary words. */
  register(secret: string): void;
  text(text: string): string;
  value(value: unknown): unknown;
}

const gone = '[redacted]';
const secretName =
  /^(.*[-_])?(key|token|secret|password|passphrase|authorization|cookie|ticket)$|api-?_?key|(secret|password|token|authorization|cookie)$|(api|private|secret|access)Key$/i;
/** Our own content addresses look like keys; under these names they are let through. */
const hashName = /(hash|sha256|sha|fingerprint)$/i;
const hash = /^[0-9a-f]{64}$/;
const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

const header =
  /((?:xi-api-key|x-sup-api-key|x-api-key|api-key|(?:proxy-)?authorization|(?:set-)?cookie)["']?\s*[:=]\s*["']?)[^\r\n"']+/gi;
const scheme = /\b(Bearer|Basic)\s+[A-Za-z0-9+/=._~-]{6,}/gi;
const credentialsInUrl = /\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@:]+:[^\s/@]+@/gi;
const secretParameter = /([?&#](?:key|api_?key|token|ticket|signature|sig|secret|password|x-amz-[a-z-]+)=)[^&\s"']+/gi;
const prefixed = /\b(?:sk|pk|rk|xi|sup)[_-][A-Za-z0-9_+/=.~-]{8,}/g;
const long = /[A-Za-z0-9_-]{32,}={0,2}/g;

const looksRandom = (text: string): boolean =>
  !uuid.test(text) && /\d/.test(text) && /[A-Za-z]/.test(text) && !/^[A-Za-z]+(?:[-_][A-Za-z]+)*$/.test(text);
const deepest = 6;

export const createRedactor = (): Redactor => {
  const registered = new Set<string>();

  const text = (input: string): string => {
    let output = input;
    for (const secret of registered) output = output.replaceAll(secret, gone);
    return output
      .replace(header, `$1${gone}`)
      .replace(scheme, `$1 ${gone}`)
      .replace(credentialsInUrl, `$1${gone}@`)
      .replace(secretParameter, `$1${gone}`)
      .replace(prefixed, gone)
      .replace(long, (found) => (looksRandom(found) ? gone : found));
  };

  const value = (input: unknown, name: string, depth: number): unknown => {
    if (typeof input === 'string') {
      if (secretName.test(name)) return gone;
      return hashName.test(name) && hash.test(input) ? input : text(input);
    }
    if (typeof input !== 'object' || input === null) return typeof input === 'bigint' ? input.toString() : input;
    if (secretName.test(name)) return gone;
    if (depth >= deepest) return '[deeper]';
    if (ArrayBuffer.isView(input)) return `[${input.byteLength} bytes]`;
    if (input instanceof Error) {
      const code = 'code' in input ? { code: value(input.code, 'code', depth + 1) } : {};
      const cause = input.cause === undefined ? {} : { cause: value(input.cause, 'cause', depth + 1) };
      return {
        name: input.name,
        message: text(input.message),
        ...code,
        ...(input.stack === undefined ? {} : { stack: text(input.stack) }),
        ...cause,
      };
    }
    if (Array.isArray(input)) return input.map((item) => value(item, name, depth + 1));
    return Object.fromEntries(Object.entries(input).map(([key, item]) => [key, value(item, key, depth + 1)]));
  };

  return {
    register: (secret) => {
      if (secret.length >= 8) registered.add(secret);
    },
    text,
    value: (input) => value(input, '', 0),
  };
};
