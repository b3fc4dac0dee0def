/**
 * From an OpenAPI document to one that a JSON Schema validator reads: `nullable` of 3.0 becomes a type, discriminated
 * unions become a choice by their word (so that a fault is told of the branch that was meant, not of all of them), and
 * objects are closed: a property that the file does not name is a finding, since it is a typing error or drift.
 */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: Json;
}

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Keywords whose value is a schema, a list of schemas, or schemas by name. */
const single: ReadonlySet<string> = new Set(['items', 'additionalProperties', 'not']);
const listed: ReadonlySet<string> = new Set(['anyOf', 'oneOf', 'allOf', 'prefixItems']);

const withNull = (schema: JsonObject): JsonObject => {
  if (typeof schema['type'] !== 'string') return { anyOf: [schema, { type: 'null' }] };
  const choices = schema['enum'];
  return {
    ...schema,
    type: [schema['type'], 'null'],
    ...(Array.isArray(choices) ? { enum: [...(choices as readonly Json[]), null] } : {}),
  };
};

/** Null where the union has no mapping and stays as it is. */
const byDiscriminator = (schema: JsonObject): JsonObject | null => {
  const discriminator = schema['discriminator'];
  if (!isObject(discriminator) || !isObject(discriminator['mapping'])) return null;
  const name = String(discriminator['propertyName']);
  const mapping = Object.entries(discriminator['mapping']);
  return {
    type: 'object',
    required: [name],
    properties: { [name]: { enum: mapping.map(([word]) => word) } },
    allOf: mapping.map(([word, target]) => ({
      if: { properties: { [name]: { const: word } }, required: [name] },
      // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
      then: { $ref: target },
    })),
  };
};

const translate = (value: Json): Json => {
  if (!isObject(value)) return value;
  const union = byDiscriminator(value);
  if (union !== null) return union;
  const schema: Record<string, Json> = {};
  for (const [keyword, part] of Object.entries(value)) {
    if (keyword === 'nullable' || keyword === 'example' || keyword === 'examples') continue;
    if (single.has(keyword)) schema[keyword] = translate(part);
    else if (listed.has(keyword) && Array.isArray(part)) schema[keyword] = (part as readonly Json[]).map(translate);
    else if (keyword === 'properties' && isObject(part))
      schema[keyword] = Object.fromEntries(Object.entries(part).map(([name, one]) => [name, translate(one)]));
    else schema[keyword] = part;
  }
  if (isObject(schema['properties']) && schema['additionalProperties'] === undefined)
    schema['additionalProperties'] = false;
  return value['nullable'] === true ? withNull(schema) : schema;
};

/** The whole document with every schema in it translated; everything else stays where it was. */
export const translateDocument = (document: JsonObject): JsonObject => {
  const walk = (value: Json): Json => {
    if (Array.isArray(value)) return (value as readonly Json[]).map(walk);
    if (!isObject(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, part]) => {
        if (name === 'schema') return [name, translate(part)];
        if (name === 'schemas' && isObject(part))
          return [name, Object.fromEntries(Object.entries(part).map(([own, schema]) => [own, translate(schema)]))];
        return [name, name === 'example' || name === 'examples' ? null : walk(part)];
      }),
    );
  };
  return walk(document) as JsonObject;
};
