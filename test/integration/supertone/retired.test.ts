import { describe, expect, it } from 'vitest';
import { HttpError } from '#engine/ports.ts';
import type { Http } from '#engine/ports.ts';
import type { SpeechProvider } from '#engine/providers/provider.ts';
import type { CallContext } from '#engine/providers/provider.ts';
import { createAdapter, failureOf, leadingTo, setUp, viewOf } from './setup.ts';

const production = 'https://supertoneapi.com';
const afterwards = Date.UTC(2026, 10, 22);
const before = Date.UTC(2026, 7, 30);
const ended = { code: 'provider_retired', charged: 'no', disposition: 'permanent' };

const freeCalls = (supertone: SpeechProvider, context: CallContext) => [
  supertone.probe(context),
  supertone.readAccount?.(context),
  supertone.voices(context),
  supertone.usage?.(context, { from: '2026-11-01', to: '2026-11-02' }),
];
const atProduction = (http: Http, now: number, key: string | null) => ({
  supertone: createAdapter(http, () => now),
  context: { workspace: viewOf(production), key, signal: new AbortController().signal },
});

it('says of a vendor that answers 410 that it has ended, on every call, and what still works', async () => {
  const { server, supertone, context, submit } = await setUp({ retired: 'gone' });
  for (const call of [...freeCalls(supertone, context), submit('A line.')]) {
    const failure = await failureOf(call);
    expect(failure).toMatchObject(ended);
    expect(failure.message).toMatch(
      /31 August 2026.*takes, usage and history stored here stay readable.*another voice/,
    );
  }
  const result = await supertone.test(context);
  expect(result.ok).toBe(false);
  expect(result.checks.at(-1)).toMatchObject({ name: 'Service', ok: false });
  expect(server.ledger()).toEqual([]);
});

describe('the production address after the announced day', () => {
  it('has ended when a page stands where the API was', async () => {
    const { server, http } = await setUp({ retired: 'page' });
    const { supertone, context } = atProduction(leadingTo(http, server.baseUrl), afterwards, server.apiKey);
    for (const call of freeCalls(supertone, context)) expect(await failureOf(call)).toMatchObject(ended);
  });

  it('has ended when its name has no address any more', async () => {
    const nameless: Http = {
      request: () => Promise.reject(new HttpError('connect', 'dns', 'supertoneapi.com could not be found.')),
      close: () => Promise.resolve(),
    };
    const { supertone, context } = atProduction(nameless, afterwards, 'some-key');
    for (const call of freeCalls(supertone, context))
      expect(await failureOf(call)).toMatchObject({ ...ended, phase: 'connect' });
    const earlier = atProduction(nameless, before, 'some-key');
    expect(await failureOf(earlier.supertone.probe(earlier.context))).toMatchObject({
      code: 'provider_offline',
      disposition: 'again',
    });
  });

  it('has not ended while it serves', async () => {
    const { server, http } = await setUp();
    const { supertone, context } = atProduction(leadingTo(http, server.baseUrl), afterwards, server.apiKey);
    await supertone.probe(context);
    expect(await supertone.readAccount?.(context)).toMatchObject({ remainingCredits: 100_000 });
  });
});

it('takes a page for a fault where it was never announced that the address would end', async () => {
  const { supertone, context } = await setUp({ retired: 'page' });
  expect(await failureOf(supertone.readAccount?.(context))).toMatchObject({ code: 'not_found' });
  await supertone.probe(context);
});
