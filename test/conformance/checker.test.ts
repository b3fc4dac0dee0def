/** The checker itself, on a small file of its own: what it must find, and what it must let pass. */
import { describe, expect, it } from 'vitest';
import { checkExchange } from './check-exchange.ts';
import type { Finding } from './check-exchange.ts';
import { applyDeviations } from './deviations.ts';
import type { Deviation } from './deviations.ts';
import { openSpecification } from './openapi.ts';
import type { Exchange } from './recording-http.ts';
import { statedLimitsOf } from './stated-limits.ts';
import type { JsonObject } from './translate-schema.ts';

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: object) => ({ content: { 'application/json': { schema } } });
const document = {
  openapi: '3.0.0',
  paths: {
    '/v1/things': {
      get: {
        security: [{ key: [] }],
        parameters: [
          { name: 'limit', in: 'query', required: true, schema: { type: 'integer', minimum: 1, maximum: 9 } },
          { name: 'kind', in: 'query', schema: { type: 'array', items: { type: 'string', enum: ['a', 'b'] } } },
          { name: 'deep', in: 'query', schema: { type: 'boolean' } },
        ],
        responses: { '200': json(ref('Thing')), '401': { description: 'no body' } },
      },
    },
    '/v1/things/{id}': {
      post: {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        requestBody: { required: true, ...json(ref('Order')) },
        responses: { '200': { content: { 'audio/wav': { schema: { type: 'string', format: 'binary' } } } } },
      },
    },
    '/v1/things/find': { post: { responses: { '200': json({ type: 'array', items: ref('Thing') }) } } },
  },
  components: {
    securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-Key' } },
    schemas: {
      Thing: {
        type: 'object',
        required: ['id'],
        properties: { id: { type: 'string' }, note: { type: 'string', nullable: true }, inner: ref('Order') },
      },
      Order: {
        oneOf: [ref('Loud'), ref('Soft')],
        discriminator: {
          propertyName: 'how',
          mapping: { loud: '#/components/schemas/Loud', soft: '#/components/schemas/Soft' },
        },
      },
      Loud: {
        type: 'object',
        required: ['how', 'volume'],
        properties: { how: { type: 'string', enum: ['loud'] }, volume: { type: 'number', maximum: 11 } },
      },
      Soft: {
        type: 'object',
        required: ['how'],
        properties: { how: { type: 'string', enum: ['soft'] }, words: { type: 'array', items: { type: 'string' } } },
      },
    },
  },
};
const specification = openSpecification(document as JsonObject);

const bytes = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
const exchangeOf = (more: Partial<Exchange> & { readonly path: string }): Exchange => ({
  occasion: 'a test',
  intent: 'adapter',
  method: 'GET',
  url: `http://127.0.0.1:1${more.path}`,
  headers: { 'x-key': 'secret' },
  body: null,
  status: 200,
  answerHeaders: { 'content-type': 'application/json' },
  answerBody: bytes({ id: 'one' }),
  ...more,
});
const find = (more: Partial<Exchange> & { readonly path: string }): readonly string[] =>
  checkExchange(specification, exchangeOf(more), () => []).findings.map(
    ({ side, part, pointer, says }) => `${side} ${part} ${pointer}: ${says}`,
  );
const post = (body: unknown, more: Partial<Exchange> = {}) =>
  find({
    path: '/v1/things/one',
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: bytes(body),
    answerHeaders: { 'content-type': 'audio/wav' },
    answerBody: new Uint8Array(4),
    ...more,
  });

describe('a request', () => {
  it('passes with every parameter as the file asks, also with a repeated key and one that came once', () => {
    expect(find({ path: '/v1/things?limit=9&kind=a&kind=b&deep=true' })).toEqual([]);
    expect(find({ path: '/v1/things?limit=1&kind=b' })).toEqual([]);
  });
  it('is told each parameter that is missing, out of range, of another type, unknown, or without its key', () => {
    expect(find({ path: '/v1/things' })).toEqual(['request query limit: is required']);
    expect(find({ path: '/v1/things?limit=10' })).toEqual(['request query limit: must be <= 9']);
    expect(find({ path: '/v1/things?limit=few' })).toEqual(['request query limit: must be integer']);
    expect(find({ path: '/v1/things?limit=1&kind=a&kind=z' })).toEqual([
      'request query kind/1: must be one of ["a","b"]',
    ]);
    expect(find({ path: '/v1/things?limit=1&limt=2' })).toEqual(['request query limt: is not named by the file']);
    expect(find({ path: '/v1/things?limit=1', headers: {} })).toEqual([
      'request header x-key: is required: it carries the key',
    ]);
  });
  it('is told a property that the branch it meant does not have, and nothing of the other branch', () => {
    expect(post({ how: 'soft', words: ['a'] })).toEqual([]);
    expect(post({ how: 'soft', volume: 3 })).toEqual(['request body /volume: is not named by the file']);
    expect(post({ how: 'loud', volume: 12 })).toEqual(['request body /volume: must be <= 11']);
    expect(post({ how: 'loud' })).toEqual(['request body /volume: is required']);
    expect(post({ how: 'mute' })).toEqual(['request body /how: must be one of ["loud","soft"]']);
    expect(post({ how: 'soft', words: ['a', 4] })).toEqual(['request body /words/1: must be string']);
  });
  it('is told a missing body, one that is not JSON, one of another type, and one that nobody asked for', () => {
    expect(post({}, { body: null })).toEqual(['request body : is required']);
    expect(post({}, { body: new TextEncoder().encode('{') })).toEqual(['request body : is not JSON']);
    expect(post({ how: 'soft' }, { headers: { 'content-type': 'text/plain' } })).toEqual([
      'request content-type : must be one of application/json',
    ]);
    expect(find({ path: '/v1/things?limit=1', body: bytes({}) })).toEqual([
      'request body : is not taken by this operation',
    ]);
  });
  it('to an operation that the file does not have is a finding of its own', () => {
    expect(find({ path: '/v1/thing' })).toEqual(['request operation : is not in the file']);
    expect(find({ path: '/v1/things', method: 'DELETE' })).toEqual(['request operation : is not in the file']);
  });
  it('belongs to the literal path before one with a parameter', () => {
    const { operation } = checkExchange(
      specification,
      exchangeOf({ path: '/v1/things/find', method: 'POST', answerBody: bytes([]) }),
      () => [],
    );
    expect(operation).toBe('POST /v1/things/find');
  });
});

describe('an answer', () => {
  const answer = (value: unknown, more: Partial<Exchange> = {}) =>
    find({ path: '/v1/things?limit=1', answerBody: bytes(value), ...more });

  it('passes with null where the file says nullable, and within a discriminated part', () => {
    expect(answer({ id: 'one', note: null, inner: { how: 'soft' } })).toEqual([]);
  });
  it('is told a field that is missing, unnamed, or of another type', () => {
    expect(answer({})).toEqual(['answer body /id: is required']);
    expect(answer({ id: 'one', more: 1 })).toEqual(['answer body /more: is not named by the file']);
    expect(answer({ id: 'one', note: 4 })).toEqual(['answer body /note: must be string,null']);
    expect(answer({ id: 'one', inner: { how: 'soft', words: 'a' } })).toEqual([
      'answer body /inner/words: must be array',
    ]);
  });
  it('is told a status that is not declared, a body where none is, and audio without bytes', () => {
    expect(answer({}, { status: 500 })).toEqual(['answer status 500: is not declared; declared are 200, 401']);
    expect(answer({}, { status: 401 })).toEqual(['answer body : 401 is declared without a body']);
    expect(answer({}, { status: 401, answerBody: new Uint8Array() })).toEqual([]);
    expect(post({ how: 'soft' }, { answerBody: new Uint8Array() })).toEqual(['answer body : has no bytes']);
  });
});

describe('a limit that stands in words', () => {
  const limits = statedLimitsOf('elevenlabs');
  const pointers = (body: unknown) =>
    limits('POST /v1/text-to-speech/{voice_id}', 'body', body).map(({ pointer }) => pointer);

  it('is kept by a plain order and told where it is passed', () => {
    const order = { text: 'x', model_id: 'eleven_flash_v2_5' };
    expect(pointers(order)).toEqual([]);
    expect(pointers({ ...order, seed: 4_294_967_296 })).toEqual(['/seed']);
    expect(pointers({ ...order, previous_request_ids: ['a', 'b', 'c', 'd'] })).toEqual(['/previous_request_ids']);
    expect(pointers({ ...order, voice_settings: { speed: 1.5 } })).toEqual(['/voice_settings/speed']);
    expect(pointers({ ...order, model_id: 'eleven_multilingual_v2', language_code: 'en' })).toEqual(['/language_code']);
  });
  it('holds for a period of days at Supertone', () => {
    const ask = (from: string, to: string) =>
      statedLimitsOf('supertone')('GET /v1/voice-usage', 'query', { start_date: from, end_date: to });
    expect(ask('2026-01-01', '2026-01-30')).toEqual([]);
    expect(ask('2026-01-01', '2026-01-31')).toMatchObject([{ pointer: 'end_date' }]);
    expect(ask('2026-1-1', '2026-01-02')).toMatchObject([{ pointer: 'start_date' }]);
  });
});

describe('an allowed deviation', () => {
  const allowed: Deviation = {
    vendor: 'supertone',
    operations: /^GET /,
    side: 'answer',
    part: 'status',
    pointers: /^410$/,
    reason: 'a test',
    instead: { required: ['words'] },
  };
  const found = (more: Partial<Finding>): Finding => ({
    operation: 'GET /v1/things',
    side: 'answer',
    part: 'status',
    pointer: '410',
    value: { words: 'gone' },
    says: 'is not declared',
    status: 410,
    occasion: 'a test',
    ...more,
  });

  it('covers what it names, in the shape that it names, and nothing else', () => {
    expect(applyDeviations('supertone', [found({})], [allowed])).toMatchObject({
      findings: [],
      stale: [],
      used: [{ times: 1 }],
    });
    for (const other of [{ operation: 'POST /v1/things' }, { pointer: '500' }, { side: 'request' as const }])
      expect(applyDeviations('supertone', [found(other)], [allowed]).findings).toHaveLength(1);
    const [misshapen] = applyDeviations('supertone', [found({ value: {} })], [allowed]).findings;
    expect(misshapen?.says).toContain('/words is required');
  });
  it('is reported once it occurs no more', () => {
    expect(applyDeviations('supertone', [], [allowed]).stale).toEqual([allowed]);
    expect(applyDeviations('elevenlabs', [], [allowed]).stale).toEqual([]);
  });
});
