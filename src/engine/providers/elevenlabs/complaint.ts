/** What an error's body says: one reading for all the shapes that the vendor uses (VENDORS C.8, a to f). */

export interface Complaint {
  /** `type`, `code`, `status` and `error` as far as they are there, in lower case: the older ones may say more than the newer. */
  readonly words: readonly string[];
  readonly message: string | null;
  /** The field that is complained about: `param`, or the path of a failed check. */
  readonly field: string | null;
  /** From the check of a request against its schema, which runs before anything is done. */
  readonly isMisfit: boolean;
}

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const said = (value: unknown): string | null =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : null;

const silent: Complaint = { words: [], message: null, field: null, isMisfit: false };

/** The first failed check, with the number of others. */
const readMisfits = (list: readonly unknown[]): Complaint => {
  const misfits = list.filter(isFields);
  const [first] = misfits;
  if (first === undefined) return { ...silent, isMisfit: true };
  const loc = Array.isArray(first['loc']) ? first['loc'].map(String) : [];
  const where = loc.filter((step, index) => index > 0 || !['body', 'query', 'path', 'header'].includes(step));
  const field = where.length === 0 ? null : where.join('.');
  const what = said(first['msg']);
  const more = misfits.length > 1 ? ` (and ${misfits.length - 1} more)` : '';
  return {
    words: [said(first['type']) ?? ''].filter((word) => word !== ''),
    message: what === null ? null : `${field === null ? '' : `${field}: `}${what}${more}`,
    field,
    isMisfit: true,
  };
};

const readObject = (layer: Fields): Complaint => {
  const words = ['type', 'code', 'status', 'error']
    .map((name) => said(layer[name])?.toLowerCase() ?? '')
    .filter((word, index, all) => /^[\w.:+-]+$/.test(word) && all.indexOf(word) === index);
  // One word is a code, more are a sentence.
  const error = said(layer['error']);
  const sentence = error !== null && /\s/.test(error) ? error : null;
  return { words, message: said(layer['message']) ?? sentence, field: said(layer['param']), isMisfit: false };
};

/** Never throws; a body that is not JSON (a proxy's page) says nothing. */
export const readComplaint = (body: string): Complaint => {
  let root: unknown;
  try {
    root = JSON.parse(body);
  } catch {
    return silent;
  }
  if (!isFields(root)) return silent;
  const detail = root['detail'];
  if (Array.isArray(detail)) return readMisfits(detail);
  if (isFields(detail)) return readObject(detail);
  if (said(detail) !== null) return { ...silent, message: said(detail) };
  return readObject(root);
};
