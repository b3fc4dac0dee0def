import { assert, constantFrom, dictionary, jsonValue, oneof, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseFields, readComplaint, readStatus } from '#engine/providers/chosen/schema.ts';

const context = { baseUrl: 'https://api.example.com/eu', wantedId: null, retryAfterMs: null };
const read = (value: unknown, wantedId: string | null = null) => {
  const fields = parseFields(JSON.stringify(value));
  return fields === null ? null : readStatus(fields, { ...context, wantedId });
};

describe('a status that is read', () => {
  it.each([
    ['plain', { id: 'g1', status: 'COMPLETED', audioUrl: 'https://cdn.example/a.wav', credits: 12 }],
    [
      'snake case, lower-case status, text amount',
      { generation_id: 'g1', status: 'completed', audio_url: 'https://cdn.example/a.wav', cost: '12' },
    ],
    [
      'inside generation',
      {
        success: true,
        generation: { generationId: 'g1', status: 'Completed', url: 'https://cdn.example/a.wav', debit: 12 },
      },
    ],
    [
      'inside data, the envelope with a status of its own',
      {
        status: 'success',
        data: { id: 'g1', status: 'COMPLETED', audioUrl: 'https://cdn.example/a.wav', creditsCharged: 12 },
      },
    ],
    [
      'an envelope with an id of its own',
      {
        id: 'req_9',
        status: 'ok',
        data: { id: 'g1', status: 'COMPLETED', audioUrl: 'https://cdn.example/a.wav', cost: 12 },
      },
    ],
    [
      'two layers deep',
      { data: { generation: { id: 'g1', status: 'COMPLETED', url: 'https://cdn.example/a.wav', cost: 12 } } },
    ],
    [
      'a debit as a change of the balance',
      { id: 'g1', status: 'COMPLETED', url: 'https://cdn.example/a.wav', debit: -12 },
    ],
    [
      'the debit beside the balance that is left',
      { id: 'g1', status: 'COMPLETED', url: 'https://cdn.example/a.wav', credits: 9000, creditsCharged: 12 },
    ],
  ])('is found when written as: %s', (_name, value) => {
    expect(read(value)).toEqual({
      kind: 'completed',
      vendorId: 'g1',
      chargedCredits: 12,
      audioUrl: 'https://cdn.example/a.wav',
    });
  });

  it('resolves a relative audio URL against the base URL', () => {
    expect(read({ id: 1, status: 'COMPLETED', audioUrl: '/audio/1.wav' })).toMatchObject({
      vendorId: '1',
      audioUrl: 'https://api.example.com/audio/1.wav',
    });
  });

  it.each([
    ['an unknown word', { id: 'g1', status: 'QUEUED' }],
    [
      'an unknown word inside an envelope that says COMPLETED',
      { status: 'COMPLETED', data: { id: 'g1', status: 'CANCELED', url: 'https://x.example/a' } },
    ],
    ['no status', { id: 'g1', audioUrl: 'https://cdn.example/a.wav' }],
    ['COMPLETED without a URL', { id: 'g1', status: 'COMPLETED', audioUrl: null }],
    ['COMPLETED with a URL that is no web address', { id: 'g1', status: 'COMPLETED', audioUrl: 'file:///etc/passwd' }],
  ])('is still processing with %s', (_name, value) => {
    expect(read(value)).toMatchObject({ kind: 'processing', vendorId: 'g1' });
  });

  it('is null without an id', () => {
    expect(read({ status: 'COMPLETED', audioUrl: 'https://cdn.example/a.wav' })).toBeNull();
    expect(read({ id: '..', status: 'PROCESSING' })).toBeNull();
    expect(read({ id: '', status: 'PROCESSING' })).toBeNull();
    expect(read(['g1'])).toBeNull();
  });

  it('keeps the id that was asked for and finds its layer', () => {
    const value = { id: 'other', status: 'PROCESSING', generation: { id: 'g1', status: 'FAILED' } };
    expect(read(value, 'g1')).toMatchObject({ kind: 'failed', vendorId: 'g1' });
    expect(read({ status: 'PROCESSING' }, 'g1')).toMatchObject({ kind: 'processing', vendorId: 'g1' });
  });

  it.each([
    ['all of it when nothing is said, as documented', {}, 12],
    ['all of it for true', { refunded: true }, 12],
    ['nothing for false', { refunded: false }, 0],
    ['a part', { creditsRefunded: '5' }, 5],
  ])('that failed gives back %s', (_name, extra, refundedCredits) => {
    const value = { id: 'g1', status: 'failed', credits: 12, error: { code: 'X', message: 'model crashed' }, ...extra };
    expect(read(value)).toEqual({
      kind: 'failed',
      vendorId: 'g1',
      chargedCredits: 12,
      refundedCredits,
      message: 'model crashed',
    });
  });

  const names = [
    'id',
    'generationId',
    'status',
    'audioUrl',
    'url',
    'credits',
    'cost',
    'refunded',
    'error',
    'detail',
    'message',
  ];
  const words = ['COMPLETED', 'failed', 'ok', 'g7', '..', '', 'https://x.example/a', 'file:///a', '-3'];
  const noise = dictionary(constantFrom(...names), oneof(jsonValue(), constantFrom(...words)));

  it('never throws on anything, and is completed only with an id and a web address', () => {
    const shapes = oneof(
      jsonValue(),
      noise,
      record({ data: noise }),
      record({ status: jsonValue(), generation: noise }),
    );
    assert(
      property(shapes, (value) => {
        const status = read(value);
        if (status === null) return;
        expect(status.vendorId).toMatch(/^(?!\.\.?$).+/s);
        if (status.kind === 'completed') expect(status.audioUrl).toMatch(/^https?:/);
      }),
      { numRuns: 2000 },
    );
  });

  it('that was asked for by its id is found whatever stands around it', () => {
    const wanted = { id: 'g1', status: 'COMPLETED', audioUrl: 'https://cdn.example/a.wav', creditsCharged: 12 };
    assert(
      property(noise, constantFrom('generation', 'data'), (around, layer) => {
        const found = { kind: 'completed', vendorId: 'g1', chargedCredits: 12, audioUrl: 'https://cdn.example/a.wav' };
        expect(read({ ...around, [layer]: wanted }, 'g1')).toEqual(found);
      }),
    );
  });
});

describe('a complaint that is read', () => {
  it.each([
    [{ code: 'A_CODE', message: 'words here' }],
    [{ error: 'A_CODE', message: 'words here' }],
    [{ error: { code: 'A_CODE', message: 'words here' } }],
    [{ detail: { code: 'A_CODE', message: 'words here' } }],
    [{ error: { type: 'A_CODE', message: 'words here' } }],
    [{ errors: [{ code: 'A_CODE', message: 'words here' }] }],
    [{ status: 'error', data: { code: 'A_CODE', message: 'words here' } }],
  ])('has its code and message: %o', (value) => {
    expect(readComplaint(parseFields(JSON.stringify(value)))).toEqual({ code: 'A_CODE', message: 'words here' });
  });

  it('takes a sentence for a message, not for a code', () => {
    expect(readComplaint({ error: 'Your balance is too low' })).toEqual({
      code: null,
      message: 'Your balance is too low',
    });
  });

  it('is empty for a page that is not JSON', () => {
    expect(readComplaint(parseFields('<html>502</html>'))).toEqual({ code: null, message: null });
  });
});
