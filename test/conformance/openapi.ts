/** A vendor's OpenAPI file: its operations, which one an address belongs to, and what it says about a value. */
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { faultsOf } from './faults.ts';
import type { Fault } from './faults.ts';
import { isObject, translateDocument } from './translate-schema.ts';
import type { Json, JsonObject } from './translate-schema.ts';

export interface Parameter {
  readonly name: string;
  readonly where: 'path' | 'query' | 'header';
  readonly isRequired: boolean;
  /** Of the schema, from the root of the document. */
  readonly pointer: string;
}
/** Schemas by content type; null where the file declares the type without one. */
export type Contents = ReadonlyMap<string, string | null>;
export interface Operation {
  /** `GET /v1/voices/{voice_id}`. */
  readonly name: string;
  readonly method: string;
  readonly template: string;
  readonly parameters: readonly Parameter[];
  readonly body: { readonly isRequired: boolean; readonly contents: Contents } | null;
  /** By status; null: declared without any body. */
  readonly answers: ReadonlyMap<string, Contents | null>;
  /** The header that carries the key, where the file says so. */
  readonly keyHeader: string | null;
}
export interface Specification {
  readonly operations: readonly Operation[];
  find(method: string, path: string): { readonly operation: Operation; readonly ids: readonly string[] } | null;
  /** What does not fit; empty when all does. */
  faults(pointer: string, value: unknown): readonly Fault[];
  /** A parameter arrives as text; this is the value that its schema asks for, or the text itself where it is none. */
  typed(parameter: Parameter, texts: readonly string[]): unknown;
}

const methods = ['get', 'post', 'put', 'patch', 'delete', 'head'] as const;
const step = (name: string): string => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
const objectOf = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});
const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : []);

const contentsOf = (content: JsonObject, pointer: string): Contents =>
  new Map(
    Object.entries(content).map(([type, entry]) => [
      type.toLowerCase(),
      objectOf(entry)['schema'] === undefined ? null : `${pointer}${step(type)}/schema`,
    ]),
  );

const keyHeaderOf = (document: JsonObject, operation: JsonObject): string | null => {
  const wanted = listOf(operation['security'] ?? document['security']).flatMap((one) => Object.keys(objectOf(one)));
  const schemes = objectOf(objectOf(document['components'])['securitySchemes']);
  for (const name of wanted) {
    const scheme = objectOf(schemes[name]);
    if (scheme['type'] === 'apiKey' && scheme['in'] === 'header') return String(scheme['name']).toLowerCase();
  }
  return null;
};

const operationsOf = (document: JsonObject): readonly Operation[] =>
  Object.entries(objectOf(document['paths'])).flatMap(([template, entry]) =>
    methods.flatMap((method): Operation[] => {
      const found = objectOf(entry)[method];
      if (!isObject(found)) return [];
      const at = `/paths${step(template)}/${method}`;
      const body = found['requestBody'];
      return [
        {
          name: `${method.toUpperCase()} ${template}`,
          method: method.toUpperCase(),
          template,
          parameters: listOf(found['parameters']).map((one, index) => ({
            name: String(objectOf(one)['name']),
            where: String(objectOf(one)['in']) as Parameter['where'],
            isRequired: objectOf(one)['required'] === true,
            pointer: `${at}/parameters/${index}/schema`,
          })),
          body: isObject(body)
            ? {
                isRequired: body['required'] === true,
                contents: contentsOf(objectOf(body['content']), `${at}/requestBody/content`),
              }
            : null,
          answers: new Map(
            Object.entries(objectOf(found['responses'])).map(([status, answer]) => {
              const content = objectOf(answer)['content'];
              return [
                status,
                isObject(content) ? contentsOf(content, `${at}/responses/${status}/content`) : null,
              ] as const;
            }),
          ),
          keyHeader: keyHeaderOf(document, found),
        },
      ];
    }),
  );

/** Literal steps before parameters: `/v1/voices/search` is not a voice named "search". */
const byLiteral = (a: Operation, b: Operation): number => {
  const weight = ({ template }: Operation): string => template.replaceAll(/\{[^}]+\}/g, '~');
  return weight(a) < weight(b) ? -1 : 1;
};

const asNumber = (text: string): number | null => (/^-?\d+(\.\d+)?$/.test(text) ? Number(text) : null);

export const openSpecification = (document: JsonObject): Specification => {
  const translated = translateDocument(document);
  const ajv = new Ajv2020({ strict: false, allErrors: true, verbose: true, validateSchema: false });
  addFormats.default(ajv);
  ajv.addFormat('binary', true);
  ajv.addSchema(translated, 'file');
  const operations = operationsOf(document);
  const patterns = operations.toSorted(byLiteral).map((operation) => ({
    operation,
    path: new RegExp(`^${operation.template.replaceAll('.', '\\.').replaceAll(/\{[^}]+\}/g, '([^/]+)')}$`),
  }));
  const compiled = new Map<string, ReturnType<typeof ajv.compile>>();
  const validator = (pointer: string) => {
    const known = compiled.get(pointer);
    if (known !== undefined) return known;
    const $ref = `file#${pointer.split('/').map(encodeURIComponent).join('/')}`;
    const made = ajv.compile({ $ref });
    compiled.set(pointer, made);
    return made;
  };
  /** Of the right type, though perhaps out of range. */
  const isTyped = (pointer: string, value: unknown): boolean => {
    const validate = validator(pointer);
    return validate(value) === true || !(validate.errors ?? []).some(({ keyword }) => keyword === 'type');
  };

  return {
    operations,
    find(method, path) {
      for (const { operation, path: pattern } of patterns) {
        const found = operation.method === method ? pattern.exec(path) : null;
        if (found !== null) return { operation, ids: found.slice(1).map((id) => decodeURIComponent(id ?? '')) };
      }
      return null;
    },
    faults(pointer, value) {
      const validate = validator(pointer);
      return validate(value) === true ? [] : faultsOf(validate.errors ?? []);
    },
    typed({ pointer }, texts) {
      const [only = ''] = texts;
      if (texts.length > 1) return texts;
      const number = asNumber(only);
      const flag = only === 'true' ? true : only === 'false' ? false : null;
      const candidates: readonly unknown[] = [
        ...(flag === null ? [] : [flag]),
        ...(number === null ? [] : [number]),
        only,
        // A repeated key that came once.
        [only],
      ];
      return candidates.find((value) => isTyped(pointer, value)) ?? only;
    },
  };
};

export const readSpecification = (path: string): Specification =>
  openSpecification(JSON.parse(readFileSync(path, 'utf8')) as JsonObject);
