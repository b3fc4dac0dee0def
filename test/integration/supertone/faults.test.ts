import { describe, expect, it } from 'vitest';
import { foreignVoice } from '#hosts/demo/vendors/supertone/voices.ts';
import { failureOf, setUp } from './setup.ts';

it.each([
  ['rateLimit', ['provider_rate_limited'], 'no', 'again', 0],
  ['errorBefore', ['provider_error'], 'unknown', 'unknown', 0],
  ['errorAfter', ['provider_error', 'outcome_unknown'], 'unknown', 'unknown', 1],
  ['cutBefore', ['outcome_unknown'], 'unknown', 'unknown', 0],
  ['cutAfter', ['outcome_unknown'], 'unknown', 'unknown', 1],
  ['hang', ['outcome_unknown'], 'unknown', 'unknown', 1],
] as const)(
  'the fault %s is %s (charged %s, %s) with %i on the vendor books',
  async (fault, codes, charged, disposition, billed) => {
    const { submit, server } = await setUp({ faults: { [fault]: 1 } }, { answerTimeoutSeconds: 0.3 });
    const failure = await failureOf(submit('One line.'));
    expect(failure).toMatchObject({ charged, disposition });
    expect(codes).toContain(failure.code);
    expect(server.ledger()).toHaveLength(billed);
    expect(server.counts()[`fault.${fault}`]).toBe(1);
  },
);

it('takes a vendor that cannot be reached for offline: nothing left', async () => {
  const { submit, server, supertone, context } = await setUp();
  await server.close();
  for (const call of [submit('One line.'), supertone.probe(context)])
    expect(await failureOf(call)).toMatchObject({
      code: 'provider_offline',
      phase: 'connect',
      charged: 'no',
      disposition: 'again',
    });
});

it('does not know what became of a line that was called off after it left', async () => {
  const { supertone, workspace, context, recipe, server } = await setUp({ serviceTimeMs: 60_000 });
  const stop = new AbortController();
  const call = supertone.submit({ ...context, signal: stop.signal }, supertone.request(workspace, recipe('x y')), null);
  const failure = failureOf(call);
  await expect.poll(() => server.ledger().length).toBe(1);
  stop.abort();
  expect(await failure).toMatchObject({ code: 'outcome_unknown', charged: 'unknown' });
});

describe.each(['snake', 'camel', 'none'] as const)('a refusal spelled %s', (spelling) => {
  it.each([
    ['text_too_long', { text: 'a'.repeat(301) }],
    ['text_rejected', { text: '... !' }],
    ['setting_refused', { language: 'xx' }],
    ['setting_refused', { settings: { pitch_shift: 99 } }],
    ['setting_refused', { settings: { style: 'furious' } }],
    ['voice_not_found', { voice: 'nobody' }],
    ['voice_not_found', { voice: foreignVoice }],
  ] as const)('is %s for %o, costs nothing and says what to do', async (code, wrong) => {
    const { submit, server } = await setUp({ spelling });
    const failure = await failureOf(submit('A line.', wrong));
    // Without a body only the status is left to go by.
    const expected =
      spelling !== 'none'
        ? code
        : 'voice' in wrong
          ? wrong.voice === 'nobody'
            ? code
            : 'subscription_required'
          : 'setting_refused';
    expect(failure).toMatchObject({ code: expected, charged: 'no', disposition: 'permanent' });
    expect(failure.message).toMatch(/"Agency".*Nothing was charged and the line is kept\./);
    expect(failure.message.includes('The vendor says:')).toBe(spelling !== 'none');
    expect(server.ledger()).toEqual([]);
  });
});

it('tells a wrong key and an empty balance apart, before anything is billed', async () => {
  const { server, submit } = await setUp({ balance: 1 });
  expect(await failureOf(submit('This takes more than one second to say.'))).toMatchObject({
    code: 'out_of_credits',
    charged: 'no',
    disposition: 'permanent',
  });
  server.change({ apiKey: 'another-key' });
  expect(await failureOf(submit('This one too.'))).toMatchObject({ code: 'key_refused', charged: 'no' });
  expect(server.ledger()).toEqual([]);
});

it('sends nothing without a key', async () => {
  const { supertone, context, server } = await setUp();
  for (const key of [null, '  '])
    expect(await failureOf(supertone.readAccount?.({ ...context, key }))).toMatchObject({ code: 'key_missing' });
  expect(server.counts()['figures']).toBeUndefined();
});
