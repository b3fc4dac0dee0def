/** The validator's errors, one per place: the innermost where a choice of schemas failed as a whole. */
import type { ErrorObject } from 'ajv';

export interface Fault {
  /** JSON pointer within the value; a missing or unnamed property is the last step of it. */
  readonly pointer: string;
  readonly says: string;
  /** What stands there; undefined where nothing does. */
  readonly value: unknown;
}

const step = (name: string): string => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
const ofChoice: ReadonlySet<string> = new Set(['anyOf', 'oneOf', 'if']);

const placeOf = ({ keyword, instancePath, params, data }: ErrorObject): Pick<Fault, 'pointer' | 'value'> => {
  const named =
    keyword === 'required'
      ? params['missingProperty']
      : keyword === 'additionalProperties'
        ? params['additionalProperty']
        : undefined;
  if (typeof named !== 'string') return { pointer: instancePath, value: data };
  const inside = typeof data === 'object' && data !== null ? (data as Record<string, unknown>)[named] : undefined;
  return { pointer: `${instancePath}${step(named)}`, value: inside };
};

const wordsOf = ({ keyword, params, message }: ErrorObject): string => {
  switch (keyword) {
    case 'required':
      return 'is required';
    case 'additionalProperties':
      return 'is not named by the file';
    case 'enum':
      return `must be one of ${JSON.stringify(params['allowedValues'])}`;
    case 'const':
      return `must be ${JSON.stringify(params['allowedValue'])}`;
    default:
      return message ?? keyword;
  }
};

export const faultsOf = (errors: readonly ErrorObject[]): readonly Fault[] => {
  const places = new Map<string, { fault: Fault; words: Set<string>; keywords: Set<string> }>();
  for (const error of errors) {
    if (error.keyword === 'if') continue;
    const { pointer, value } = placeOf(error);
    const place = places.get(pointer) ?? {
      fault: { pointer, value, says: '' },
      words: new Set<string>(),
      keywords: new Set<string>(),
    };
    places.set(pointer, place);
    place.keywords.add(error.keyword);
    if (!ofChoice.has(error.keyword)) place.words.add(wordsOf(error));
  }
  const all = [...places.entries()];
  // "Must be null" says nothing where the value is an object whose own part is at fault.
  const innermost = all.filter(([pointer, { keywords }]) =>
    !keywords.has('anyOf') && !keywords.has('oneOf')
      ? true
      : !all.some(([other]) => other !== pointer && other.startsWith(`${pointer}/`)),
  );
  return innermost.map(([, { fault, words }]) => ({ ...fault, says: [...words].join(' or ') }));
};
