/**
 * Where we, or our fakes, knowingly differ from the vendors' files, and why. Each must still occur: one that does not is
 * reported like a fault, so that the list never outlives its reasons.
 */
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Finding } from './check-exchange.ts';
import { faultsOf } from './faults.ts';
import type { Vendor } from './vendors.ts';

export interface Deviation {
  readonly vendor: Vendor;
  readonly operations: RegExp;
  readonly side: Finding['side'];
  readonly part: Finding['part'];
  /** Whole pointer, parameter or status. */
  readonly pointers: RegExp;
  readonly reason: string;
  /** What must stand there instead, as a JSON Schema; anything where absent. */
  readonly instead?: object;
}

const words = { type: 'string', minLength: 1 };
const elevenLabsComplaint = {
  anyOf: [
    {
      required: ['detail'],
      properties: {
        detail: {
          required: ['type', 'code', 'message', 'status', 'request_id'],
          properties: { type: words, code: words, message: words, status: words, request_id: words, param: words },
          additionalProperties: false,
        },
      },
      additionalProperties: false,
    },
    {
      required: ['detail'],
      properties: {
        detail: {
          required: ['status', 'message'],
          properties: { status: words, message: words },
          additionalProperties: false,
        },
      },
      additionalProperties: false,
    },
    { required: ['status', 'message'], properties: { status: words, message: words }, additionalProperties: false },
  ],
};
const supertoneComplaint = {
  required: ['status', 'message'],
  properties: {
    status: { const: 'error' },
    message: {
      required: ['message', 'error'],
      properties: { message: words, error: words, status_code: { type: 'integer' }, statusCode: { type: 'integer' } },
      additionalProperties: false,
    },
  },
  additionalProperties: false,
};

export const deviations: readonly Deviation[] = [
  {
    vendor: 'elevenlabs',
    operations: /./,
    side: 'answer',
    part: 'status',
    pointers: /^(400|401|402|403|404|409|429|500|503)$/,
    reason:
      'The file declares 200 and 422 alone; the vendor refuses with these and the bodies of VENDORS C.8 (current, legacy, flat).',
    instead: elevenLabsComplaint,
  },
  {
    vendor: 'elevenlabs',
    operations: /./,
    side: 'answer',
    part: 'body',
    pointers: /^\/detail\/\d+\/(input|ctx)$/,
    reason: 'A 422 names the refused input beside what the file lists (VENDORS C.8, shape c).',
  },
  {
    vendor: 'elevenlabs',
    operations: /^POST \/v1\/voices\/add\/[^/]+\/[^/]+$/,
    side: 'request',
    part: 'operation',
    pointers: /^$/,
    reason: 'Adding a library voice is not among the 24 paths that the file was cut down to (VENDORS D).',
  },
  {
    vendor: 'elevenlabs',
    operations: /^HEAD \/$/,
    side: 'request',
    part: 'operation',
    pointers: /^$/,
    reason: 'Whether the vendor answers at all is asked of its root, without the key: any answer will do.',
  },
  {
    vendor: 'elevenlabs',
    operations: /^GET \/v1\/user\/subscription$/,
    side: 'answer',
    part: 'body',
    pointers: /^\/is_eligible_for_starter_promo$/,
    reason: 'Newer than the file: in the SDK of October only (VENDORS D).',
  },
  {
    vendor: 'elevenlabs',
    operations: /^POST \/v1\/history\/download$/,
    side: 'answer',
    part: 'content-type',
    pointers: /^$/,
    reason: 'One item is answered as an audio file, not as a zip (VENDORS C.6); the file declares the zip alone.',
    instead: { enum: ['audio/mpeg', 'audio/wav', 'audio/x-wav'] },
  },
  {
    vendor: 'supertone',
    operations: /./,
    side: 'answer',
    part: 'body',
    pointers: /^\/message\/(statusCode|status_code)$/,
    reason: "The file's schema asks for status_code, its own examples say statusCode (VENDORS B.3); both are read.",
    instead: { type: ['integer', 'null'] },
  },
  {
    vendor: 'supertone',
    operations: /^GET \/v1\/(voices(\/\{voice_id\}|\/search)?|voice-usage|credits)$/,
    side: 'answer',
    part: 'body',
    pointers: /^$/,
    reason:
      'Errors of these are declared without a body; a service that sends one all the same is read too (VENDORS B.3).',
    instead: supertoneComplaint,
  },
  {
    vendor: 'supertone',
    operations: /./,
    side: 'answer',
    part: 'content-type',
    pointers: /^$/,
    reason: 'An error may come bare also where the file declares a body: status alone decides then (VENDORS B.3).',
    instead: { const: '' },
  },
  {
    vendor: 'supertone',
    operations: /^GET \/v1\/(voices|voice-usage)$/,
    side: 'answer',
    part: 'status',
    pointers: /^400$/,
    reason:
      'Ranges that stand in the documentation alone (10 to 100 of a page, 30 days) are refused; the file declares no refusal.',
    instead: supertoneComplaint,
  },
  {
    vendor: 'supertone',
    operations: /^GET \/v1\/credits$/,
    side: 'request',
    part: 'header',
    pointers: /^x-sup-api-key$/,
    reason:
      'Whether the vendor answers at all is asked without the key: any answer will do, and nothing is shown to it.',
  },
  {
    vendor: 'supertone',
    operations: /./,
    side: 'answer',
    part: 'status',
    pointers: /^410$/,
    reason: 'The service after its announced end (VENDORS 0.1), which no version of the file describes.',
  },
];

export interface Applied {
  readonly findings: readonly Finding[];
  readonly used: readonly { readonly deviation: Deviation; readonly times: number }[];
  /** Allowed, and no longer seen. */
  readonly stale: readonly Deviation[];
}

export const applyDeviations = (
  vendor: Vendor,
  found: readonly Finding[],
  allowed: readonly Deviation[] = deviations,
): Applied => {
  const ajv = new Ajv2020({ strict: false, allErrors: true, verbose: true });
  const ours = allowed
    .filter((deviation) => deviation.vendor === vendor)
    .map((deviation) => ({ deviation, times: 0, validate: ajv.compile(deviation.instead ?? {}) }));
  const findings: Finding[] = [];
  for (const finding of found) {
    const match = ours.find(
      ({ deviation: { operations, side, part, pointers } }) =>
        side === finding.side &&
        part === finding.part &&
        operations.test(finding.operation) &&
        pointers.test(finding.pointer),
    );
    if (match === undefined) {
      findings.push(finding);
      continue;
    }
    match.times += 1;
    if (match.validate(finding.value ?? null) === true) continue;
    // The deviation itself is allowed; what stands there must still be what its reason describes.
    const faults = faultsOf(match.validate.errors ?? []);
    findings.push({
      ...finding,
      says: `${finding.says}; allowed in the documented shape, but ${faults.map(({ pointer, says }) => `${pointer || 'it'} ${says}`).join(', ')}`,
    });
  }
  return {
    findings,
    used: ours.filter(({ times }) => times > 0).map(({ deviation, times }) => ({ deviation, times })),
    stale: ours.filter(({ times }) => times === 0).map(({ deviation }) => deviation),
  };
};
