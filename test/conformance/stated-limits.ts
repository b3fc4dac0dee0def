/** What the vendors' files ask for in their descriptions, or VENDORS.md adds, where their schemas do not say it. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import { faultsOf } from './faults.ts';
import type { Fault } from './faults.ts';
import type { StatedLimits } from './check-exchange.ts';
import type { Vendor } from './vendors.ts';

interface Limit {
  readonly vendor: Vendor;
  readonly operations: RegExp;
  readonly part: 'query' | 'body';
  /** Values of a query count as numbers where they look like one. */
  readonly schema: object;
}

const atMost3 = { type: ['array', 'null'], maxItems: 3 };
const speech = {
  required: ['model_id'],
  properties: {
    text: { minLength: 1 },
    seed: { type: ['integer', 'null'], minimum: 0, maximum: 4_294_967_295 },
    previous_request_ids: atMost3,
    next_request_ids: atMost3,
    pronunciation_dictionary_locators: atMost3,
    language_code: { type: ['string', 'null'], pattern: '^[a-z]{2,3}$' },
    voice_settings: {
      properties: { style: { minimum: 0, maximum: 1 }, speed: { minimum: 0.7, maximum: 1.2 } },
    },
  },
  // "Not supported for multilingual_v2 models", and no context for eleven_v3.
  allOf: [
    {
      if: { properties: { model_id: { const: 'eleven_multilingual_v2' } } },
      // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
      then: { properties: { language_code: { type: 'null' } } },
    },
    {
      if: { properties: { model_id: { const: 'eleven_v3' } } },
      // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
      then: { properties: { previous_request_ids: { maxItems: 0 }, next_request_ids: { maxItems: 0 } } },
    },
  ],
};
const pageOf = (minimum: number, maximum: number) => ({ type: 'integer', minimum, maximum });
const day = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' };
const moment = {
  type: 'string',
  pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?(Z|[+-]\\d{2}:\\d{2})$',
};

const limits: readonly Limit[] = [
  {
    vendor: 'elevenlabs',
    operations: /^POST \/v1\/text-to-speech\/\{voice_id\}(\/with-timestamps)?$/,
    part: 'body',
    schema: speech,
  },
  {
    vendor: 'elevenlabs',
    operations: /^GET \/v2\/voices$/,
    part: 'query',
    schema: {
      properties: {
        page_size: pageOf(1, 100),
        sort: { enum: ['created_at_unix', 'name'] },
        sort_direction: { enum: ['asc', 'desc'] },
        voice_type: {
          enum: ['personal', 'community', 'default', 'workspace', 'non-default', 'non-community', 'saved'],
        },
        category: { enum: ['premade', 'cloned', 'generated', 'professional'] },
      },
    },
  },
  {
    vendor: 'elevenlabs',
    operations: /^GET \/v1\/shared-voices$/,
    part: 'query',
    schema: { properties: { page_size: pageOf(1, 100) } },
  },
  {
    vendor: 'elevenlabs',
    operations: /^GET \/v1\/history$/,
    part: 'query',
    schema: { properties: { page_size: pageOf(1, 1000) } },
  },
  {
    // Milliseconds, though the names say unix.
    vendor: 'elevenlabs',
    operations: /^GET \/v1\/usage\/character-stats$/,
    part: 'query',
    schema: {
      properties: { start_unix: { minimum: 1_500_000_000_000 }, end_unix: { minimum: 1_500_000_000_000 } },
    },
  },
  {
    vendor: 'supertone',
    operations: /^GET \/v1\/(custom-)?voices(\/search)?$/,
    part: 'query',
    schema: { properties: { page_size: pageOf(10, 100) } },
  },
  {
    vendor: 'supertone',
    operations: /^GET \/v1\/voice-usage$/,
    part: 'query',
    schema: { properties: { start_date: day, end_date: day } },
  },
  {
    vendor: 'supertone',
    operations: /^GET \/v1\/usage$/,
    part: 'query',
    schema: { properties: { start_time: moment, end_time: moment } },
  },
];

const dayMs = 86_400_000;
/** The seed document: "Maximum inquiry period is 30 days". */
const periodFaults = (query: Readonly<Record<string, unknown>>): readonly Fault[] => {
  const [from, to] = [Date.parse(String(query['start_date'])), Date.parse(String(query['end_date']))];
  if (Number.isNaN(from) || Number.isNaN(to)) return [];
  const days = (to - from) / dayMs + 1;
  return days >= 1 && days <= 30
    ? []
    : [
        {
          pointer: 'end_date',
          value: query['end_date'],
          says: `must lie 0 to 29 days after start_date (${days} days)`,
        },
      ];
};

export const statedLimitsOf = (vendor: Vendor): StatedLimits => {
  const ajv = new Ajv2020({ strict: false, allErrors: true, verbose: true });
  const rules = limits
    .filter((limit) => limit.vendor === vendor)
    .map(({ operations, part, schema }) => ({ operations, part, validate: ajv.compile(schema) }));
  const asWritten = (value: unknown): unknown =>
    Object.fromEntries(
      Object.entries(value as Record<string, unknown>).map(([name, one]) => [
        name,
        typeof one === 'string' && /^-?\d+(\.\d+)?$/.test(one) ? Number(one) : one,
      ]),
    );
  return (operation, part, value) => {
    const found: Fault[] = [];
    for (const rule of rules) {
      if (rule.part !== part || !rule.operations.test(operation)) continue;
      if (!rule.validate(part === 'query' ? asWritten(value) : value))
        for (const fault of faultsOf(rule.validate.errors ?? []))
          found.push({ ...fault, pointer: part === 'query' ? fault.pointer.replace(/^\//, '') : fault.pointer });
    }
    if (operation === 'GET /v1/voice-usage' && part === 'query')
      found.push(...periodFaults(value as Readonly<Record<string, unknown>>));
    return found;
  };
};
