/** One exchange against the vendor's file: address, parameters and body of the request; status, type and body of the answer. */
import type { Fault } from './faults.ts';
import type { Contents, Operation, Specification } from './openapi.ts';
import type { Exchange } from './recording-http.ts';
import { isObject } from './translate-schema.ts';

export interface Finding {
  /** `POST /v1/text-to-speech/{voice_id}`; the address itself where the file knows no such operation. */
  readonly operation: string;
  readonly side: 'request' | 'answer';
  readonly part: 'operation' | 'path' | 'query' | 'header' | 'body' | 'status' | 'content-type';
  /** The parameter's name, or a JSON pointer within the body. */
  readonly pointer: string;
  readonly value: unknown;
  readonly says: string;
  /** Of the answer, also where the request is at fault. */
  readonly status: number;
  readonly occasion: string;
}
export interface Checked {
  /** Null where the file knows no such operation. */
  readonly operation: string | null;
  readonly findings: readonly Finding[];
  /** What the request consisted of, and the answer: names of parameters and properties, without values. */
  readonly shapes: { readonly request: string; readonly answer: string | null };
}
/** Limits that the file states in words only, as a schema: pointer into the request's query or body. */
export type StatedLimits = (operation: string, part: 'query' | 'body', value: unknown) => readonly Fault[];

/** Names and nesting without values; items of a list share one step. */
export const shapeOf = (value: unknown): string => {
  const steps = new Set<string>();
  const walk = (part: unknown, at: string): void => {
    if (Array.isArray(part)) for (const item of part) walk(item, `${at}/*`);
    else if (isObject(part)) for (const [name, inner] of Object.entries(part)) walk(inner, `${at}/${name}`);
    else steps.add(`${at}:${part === null ? 'null' : typeof part}`);
  };
  walk(value, '');
  return [...steps].toSorted().join(' ');
};

const typeOf = (headers: Exchange['headers']): string =>
  (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';

type Body =
  | { readonly kind: 'json'; readonly value: unknown }
  /** One after the other, as `application/x-ndjson` sends them. */
  | { readonly kind: 'lines'; readonly values: readonly unknown[] }
  | { readonly kind: 'bytes' }
  | { readonly kind: 'misread' };
const readBody = (type: string, bytes: Uint8Array): Body => {
  const text = (): string => new TextDecoder().decode(bytes);
  if (type === 'multipart/form-data') {
    const names = [...text().matchAll(/; name="([^"]*)"/g)].map(([, name = '']) => name);
    return { kind: 'json', value: Object.fromEntries(names.map((name) => [name, 'a part of the form'])) };
  }
  if (!type.includes('json')) return { kind: 'bytes' };
  try {
    if (type !== 'application/x-ndjson') return { kind: 'json', value: JSON.parse(text()) as unknown };
    const lines = text().split('\n');
    return {
      kind: 'lines',
      values: lines.filter((line) => line.trim() !== '').map((line) => JSON.parse(line) as unknown),
    };
  } catch {
    return { kind: 'misread' };
  }
};

type Found = Pick<Finding, 'part' | 'pointer' | 'value' | 'says'>;

const bodyFindings = (
  specification: Specification,
  contents: Contents,
  type: string,
  bytes: Uint8Array,
): readonly Found[] => {
  const schema = contents.get(type);
  if (schema === undefined)
    return [
      { part: 'content-type', pointer: '', value: type, says: `must be one of ${[...contents.keys()].join(', ')}` },
    ];
  const body = readBody(type, bytes);
  if (body.kind === 'misread') return [{ part: 'body', pointer: '', value: bytes.length, says: 'is not JSON' }];
  if (body.kind === 'bytes')
    return bytes.length === 0 ? [{ part: 'body', pointer: '', value: 0, says: 'has no bytes' }] : [];
  if (schema === null) return [];
  // A stream of lines is declared as a string; each line is JSON, or the body would have been misread.
  const value = body.kind === 'lines' ? new TextDecoder().decode(bytes) : body.value;
  return specification.faults(schema, value).map((fault) => ({ part: 'body' as const, ...fault }));
};

const parameterFindings = (
  specification: Specification,
  operation: Operation,
  ids: readonly string[],
  url: URL,
  headers: Exchange['headers'],
): readonly Found[] => {
  const found: Found[] = [];
  const names = [...operation.template.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => name);
  const given = (name: string, where: 'path' | 'query' | 'header'): readonly string[] => {
    if (where === 'query') return url.searchParams.getAll(name);
    const one = where === 'path' ? ids[names.indexOf(name)] : headers[name.toLowerCase()];
    return one === undefined ? [] : [one];
  };
  for (const parameter of operation.parameters) {
    const { name, where, isRequired, pointer } = parameter;
    const texts = given(name, where);
    if (texts.length === 0) {
      if (isRequired) found.push({ part: where, pointer: name, value: undefined, says: 'is required' });
      continue;
    }
    for (const fault of specification.faults(pointer, specification.typed(parameter, texts)))
      found.push({ part: where, pointer: `${name}${fault.pointer}`, value: fault.value, says: fault.says });
  }
  for (const name of new Set(url.searchParams.keys()))
    if (!operation.parameters.some((one) => one.where === 'query' && one.name === name))
      found.push({
        part: 'query',
        pointer: name,
        value: url.searchParams.getAll(name).join(', '),
        says: 'is not named by the file',
      });
  const { keyHeader } = operation;
  if (keyHeader !== null && headers[keyHeader] === undefined)
    found.push({ part: 'header', pointer: keyHeader, value: undefined, says: 'is required: it carries the key' });
  return found;
};

const requestFindings = (
  specification: Specification,
  operation: Operation,
  ids: readonly string[],
  exchange: Exchange,
  limits: StatedLimits,
): readonly Found[] => {
  const url = new URL(exchange.url);
  const found = [...parameterFindings(specification, operation, ids, url, exchange.headers)];
  found.push(
    ...limits(operation.name, 'query', Object.fromEntries(url.searchParams)).map((fault) => ({
      part: 'query' as const,
      ...fault,
    })),
  );
  const { body } = exchange;
  if (body === null) {
    if (operation.body?.isRequired === true)
      found.push({ part: 'body', pointer: '', value: undefined, says: 'is required' });
    return found;
  }
  if (operation.body === null) {
    found.push({ part: 'body', pointer: '', value: body.length, says: 'is not taken by this operation' });
    return found;
  }
  const type = typeOf(exchange.headers);
  found.push(...bodyFindings(specification, operation.body.contents, type, body));
  const read = readBody(type, body);
  if (read.kind === 'json')
    found.push(...limits(operation.name, 'body', read.value).map((fault) => ({ part: 'body' as const, ...fault })));
  return found;
};

const shownBody = (type: string, bytes: Uint8Array): unknown => {
  const body = readBody(type, bytes);
  return body.kind === 'json' ? body.value : new TextDecoder().decode(bytes.subarray(0, 300));
};

const answerFindings = (
  specification: Specification,
  operation: Operation,
  { status, answerHeaders, answerBody }: Exchange,
): readonly Found[] => {
  const type = typeOf(answerHeaders);
  const contents = operation.answers.get(String(status));
  if (contents === undefined)
    return [
      {
        part: 'status',
        pointer: String(status),
        value: answerBody === null ? undefined : shownBody(type, answerBody),
        says: `is not declared; declared are ${[...operation.answers.keys()].join(', ')}`,
      },
    ];
  if (answerBody === null) return [];
  if (contents === null)
    return answerBody.length === 0
      ? []
      : [
          {
            part: 'body',
            pointer: '',
            value: shownBody(type, answerBody),
            says: `${status} is declared without a body`,
          },
        ];
  return bodyFindings(specification, contents, type, answerBody);
};

const describe = (found: readonly Found[], side: Finding['side'], name: string, exchange: Exchange): Finding[] =>
  found.map((one) => ({ ...one, side, operation: name, status: exchange.status, occasion: exchange.occasion }));

/** `prefix` is the path under which the API's own paths begin; empty for the vendors' own hosts. */
export const checkExchange = (specification: Specification, exchange: Exchange, limits: StatedLimits): Checked => {
  const url = new URL(exchange.url);
  const type = typeOf(exchange.answerHeaders);
  const answer = exchange.answerBody === null ? null : readBody(type, exchange.answerBody);
  const requestBody = exchange.body === null ? null : readBody(typeOf(exchange.headers), exchange.body);
  const shapes = {
    request: [
      [...new Set(url.searchParams.keys())].toSorted().join(' '),
      requestBody?.kind === 'json' ? shapeOf(requestBody.value) : (requestBody?.kind ?? ''),
    ].join(' | '),
    answer:
      answer === null
        ? null
        : `${exchange.status} ${type} ${answer.kind === 'json' ? shapeOf(answer.value) : answer.kind === 'lines' ? shapeOf(answer.values) : answer.kind}`,
  };
  const found = specification.find(exchange.method, url.pathname);
  if (found === null) {
    const name = `${exchange.method} ${url.pathname}`;
    const finding = { part: 'operation', pointer: '', value: undefined, says: 'is not in the file' } as const;
    return { operation: null, shapes, findings: describe([finding], 'request', name, exchange) };
  }
  const { operation, ids } = found;
  return {
    operation: operation.name,
    shapes,
    findings: [
      ...describe(
        requestFindings(specification, operation, ids, exchange, limits),
        'request',
        operation.name,
        exchange,
      ),
      ...describe(answerFindings(specification, operation, exchange), 'answer', operation.name, exchange),
    ],
  };
};
