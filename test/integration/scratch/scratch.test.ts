import { unknownRates } from '#engine/providers/unknown-rates.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SpeechRecipe } from '#contract/entities.ts';
import { analyseWav } from '#engine/audio/analyse.ts';
import type { Compute, Http, Programs } from '#engine/ports.ts';
import { createScratch } from '#engine/providers/scratch/adapter.ts';
import type { CallContext, SpeechProvider, WorkspaceView } from '#engine/providers/provider.ts';
import { createCompute, type NodeCompute } from '#node/compute/compute.ts';

const workspace: WorkspaceView = { id: 'w1', name: 'scratch', provider: 'scratch', baseUrl: '', settings: {} };
const recipe: SpeechRecipe = {
  kind: 'speech',
  provider: 'scratch',
  account: 'scratch',
  voice: 'slt',
  model: null,
  language: null,
  text: 'Spring is here.',
  settings: {},
  format: 'wav',
};
const context = (signal = new AbortController().signal): CallContext => ({ workspace, key: null, signal });
const noHttp: Http = {
  request: () => Promise.reject(new Error('Scratch works offline.')),
  close: async () => undefined,
};
const noPrograms: Programs = { voices: async () => [], speak: () => Promise.reject(new Error('No programs here.')) };

let compute: NodeCompute;
let scratch: SpeechProvider;
const scratchWith = (ports: { compute?: Compute; programs?: Programs }): SpeechProvider =>
  createScratch({ http: noHttp, compute, programs: noPrograms, now: () => 0, ...ports });
beforeAll(() => {
  compute = createCompute();
  scratch = scratchWith({});
});
afterAll(() => compute.close());

const submit = async (
  changes: Partial<SpeechRecipe>,
  provider = scratch,
  signal?: AbortSignal,
): Promise<Uint8Array> => {
  const status = await provider.submit(context(signal), provider.request(workspace, { ...recipe, ...changes }), null);
  if (status.kind !== 'audio') throw new Error(`Unexpected answer: ${status.kind}`);
  expect(status).toMatchObject({ vendorId: null, chargedCredits: 0 });
  const chunks: Uint8Array[] = [];
  for await (const chunk of status.body) chunks.push(chunk);
  return Buffer.concat(chunks);
};

describe('scratch', () => {
  it('makes one canonical body of a recipe', () => {
    const request = scratch.request(workspace, { ...recipe, settings: { speed: 1.15 } });
    expect(request).toMatchObject({ method: 'POST', url: 'scratch:speak', contentType: 'application/json' });
    expect(new TextDecoder().decode(request.body)).toBe('{"speed":1.15,"text":"Spring is here.","voice":"slt"}');
    expect(new TextDecoder().decode(scratch.request(workspace, recipe).body)).toContain('"speed":1,');
  });

  it('has one account on every machine and in every workspace', () => {
    expect(scratch.account({ ...workspace, id: 'w2', name: 'other' })).toBe(scratch.account(workspace));
  });

  it('speaks for nothing, the same bytes for the same recipe', async () => {
    const first = await submit({});
    expect(analyseWav(first)).toMatchObject({ ok: true, format: 'wav' });
    expect(await submit({})).toEqual(first);
    expect(scratch.estimateCredits(recipe, unknownRates)).toBe(0);
  });

  it('honours speed, also when it was written as text', async () => {
    const [normal, fast] = [await submit({}), await submit({ settings: { speed: '2' } })];
    expect(fast.length / normal.length).toBeCloseTo(0.5, 1);
  });

  it.each(['fast', 0, 99, ''])('refuses the speed %j for good', async (speed) => {
    await expect(submit({ settings: { speed } })).rejects.toMatchObject({
      code: 'invalid_input',
      disposition: 'permanent',
      charged: 'no',
    });
  });

  it('names the voices there are when one is unknown', async () => {
    const expected = {
      code: 'voice_not_found',
      disposition: 'permanent',
      charged: 'no',
      message: expect.stringMatching(/"nobody".*slt, rms, awb, kal16, kal/),
    };
    await expect(submit({ voice: 'nobody' })).rejects.toMatchObject(expected);
    const programs: Programs = {
      voices: async () => [{ id: 'espeak-ng:de', name: 'German', language: 'de', gender: null, program: 'espeak-ng' }],
      speak: () => Promise.reject(new Error('Not asked.')),
    };
    await expect(submit({ voice: 'nobody' }, scratchWith({ programs }))).rejects.toMatchObject({
      message: expect.stringMatching(/espeak-ng:de/),
    });
  });

  it('refuses for good what no voice can say', async () => {
    await expect(submit({ text: '!!!' })).rejects.toMatchObject({
      code: 'text_rejected',
      disposition: 'permanent',
      charged: 'no',
    });
  });

  it('tries again when the worker crashed', async () => {
    const crashing = createCompute({ workerUrl: new URL('./crashing-worker.ts', import.meta.url) });
    await expect(submit({}, scratchWith({ compute: crashing }))).rejects.toMatchObject({
      code: 'provider_failed',
      disposition: 'attempt',
      charged: 'no',
      message: expect.stringMatching(/worker stopped/),
    });
    await crashing.close();
  });

  it('stops when the signal says so, and charges nothing', async () => {
    const abort = new AbortController();
    const speaking = submit({ text: 'A long text. '.repeat(300) }, scratch, abort.signal);
    abort.abort();
    await expect(speaking).rejects.toMatchObject({ code: 'cancelled', charged: 'no' });
    expect((await submit({})).length).toBeGreaterThan(1000);
  });

  it('lists the built-in voices first, then those of the system', async () => {
    const programs: Programs = {
      ...noPrograms,
      voices: async () => [
        { id: 'espeak-ng:en-us', name: 'English (America)', language: 'en-US', gender: 'male', program: 'espeak-ng' },
      ],
    };
    const voices = await scratchWith({ programs }).voices(context());
    expect(voices.map(({ voiceId }) => voiceId)).toEqual(['slt', 'rms', 'awb', 'kal16', 'kal', 'espeak-ng:en-us']);
    expect(voices.find(({ voiceId }) => voiceId === 'awb')).toMatchObject({ language: 'en-GB', gender: 'male' });
  });

  it('is reachable offline and says how its voices are', async () => {
    await expect(scratch.probe(context())).resolves.toBeUndefined();
    const result = await scratch.test(context());
    expect(result).toMatchObject({
      ok: true,
      checks: [
        { name: 'built-in voices', ok: true },
        { name: 'system voices', ok: null },
      ],
    });
  });
});
