/** The adapter against the fake vendor on a real port. Long, because each call it makes is tried here. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readWav } from '#engine/audio/read-wav.ts';
import type { VendorHistoryPage } from '#engine/providers/provider.ts';
import { unknownRates } from '#engine/providers/unknown-rates.ts';
import { adapterAt, audioOf, completedOf, createStillClock, failureOf, gather, present, setUp } from './setup.ts';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const text = 'Hello there.';

describe('a direct line', () => {
  it.each([true, false])('comes as the vendor made it, timestamps %s', async (timestamps) => {
    const { submit, server } = await setUp({}, { timestamps });
    const status = audioOf(await submit());
    const bytes = await gather(status.body);
    const [row] = server.ledger();
    expect(row).toMatchObject({
      id: status.vendorId,
      requestId: status.requestId,
      chargedCredits: status.chargedCredits,
    });
    expect(sha256(bytes)).toBe(row?.audioSha256);
    expect(status.concurrency?.maximum).toBe(10);
    const times = status.timings?.() ?? null;
    expect(times?.symbols.join('') ?? null).toBe(timestamps ? text : null);
  });

  it('is fetched again from the history by its id, free, with its debit', async () => {
    const { submit, poll, download, server } = await setUp();
    const status = audioOf(await submit());
    await gather(status.body).catch(() => undefined);
    const found = completedOf(await poll(status.vendorId ?? ''));
    expect(found).toMatchObject({ vendorId: status.vendorId, chargedCredits: status.chargedCredits });
    expect(sha256(await download(found.audioUrl))).toBe(server.ledger()[0]?.audioSha256);
    expect(server.ledger()).toHaveLength(1);
  });

  it('that the history does not have yet is asked about again', async () => {
    const clock = createStillClock();
    const { submit, poll, server } = await setUp({ historyDelayMs: 30_000 }, {}, clock);
    const sent = submit();
    while (server.pendingTimers() === 0) await new Promise(setImmediate);
    clock.advance(5);
    const { vendorId, body } = audioOf(await sent);
    await gather(body);
    expect(await failureOf(poll(vendorId ?? ''))).toMatchObject({ code: 'not_found', disposition: 'again' });
    clock.advance(30_000);
    expect((await poll(vendorId ?? '')).kind).toBe('completed');
  });

  it.each(['pcm_24000', 'wav_24000'])('of %s is a WAV, from the answer and from the history', async (format) => {
    for (const timestamps of [true, false]) {
      const { submit, poll, download } = await setUp({}, { timestamps });
      const status = audioOf(await submit({ format }));
      const bytes = await gather(status.body);
      expect(readWav(bytes)).toMatchObject({ ok: true, layout: { sampleRate: 24_000, channels: 1, cutOff: null } });
      const found = completedOf(await poll(status.vendorId ?? '', { format }));
      expect((await download(found.audioUrl)).subarray(44)).toEqual(bytes.subarray(44));
    }
  });

  it('of PCM that the history serves as MP3 stays MP3', async () => {
    const { submit, poll, download } = await setUp({ historyAudio: 'mp3' });
    const status = audioOf(await submit({ format: 'pcm_24000' }));
    await gather(status.body);
    const found = completedOf(await poll(status.vendorId ?? '', { format: 'pcm_24000' }));
    expect((await download(found.audioUrl)).subarray(0, 3).toString()).toBe('ID3');
  });

  it.each([
    [{ flagged: true }, {}, 'account_flagged'],
    [{ creditLimit: 3 }, {}, 'out_of_credits'],
    [{ creditLimit: 3, quotaAnswer: 'insufficient_credits' }, {}, 'out_of_credits'],
    [{ tier: 'starter' }, { format: 'mp3_44100_192' }, 'format_refused'],
    [{ tier: 'creator' }, { format: 'pcm_44100' }, 'format_refused'],
    [{ scopes: ['voices_read'] }, {}, 'missing_permission'],
    [{}, { voice: 'nobody' }, 'voice_not_found'],
    [{}, { model: 'eleven_v99' }, 'model_unavailable'],
    [{}, { text: 'This is unspeakable.' }, 'text_rejected'],
    [{}, { model: 'eleven_v3', text: 'a'.repeat(5001) }, 'text_too_long'],
    [{}, { settings: { stability: 4 } }, 'setting_refused'],
  ] as const)('with %j and %j ends in %s, for nothing', async (options, given, code) => {
    for (const errorShape of ['current', 'legacy'] as const) {
      const { submit, server } = await setUp({ ...options, errorShape });
      expect(await failureOf(submit(given))).toMatchObject({ code, disposition: 'permanent', charged: 'no' });
      expect(server.ledger()).toEqual([]);
    }
  });

  it('with a key that is no more the right one ends', async () => {
    const { submit, server } = await setUp();
    server.change({ apiKey: 'sk_rotated_0123456789' });
    expect(await failureOf(submit())).toMatchObject({ code: 'key_refused', disposition: 'permanent', charged: 'no' });
  });

  it.each(['rateLimitExceeded', 'rateLimitConcurrent', 'rateLimitBusy'] as const)(
    'struck by %s goes again later',
    async (fault) => {
      const { submit, server } = await setUp({ faults: { [fault]: 1 } });
      expect(await failureOf(submit())).toMatchObject({
        code: 'provider_rate_limited',
        disposition: 'again',
        charged: 'no',
      });
      expect(server.ledger()).toEqual([]);
    },
  );

  it('over the requests at a time learns how many those are', async () => {
    const { submit } = await setUp({ concurrencyCap: 0 });
    const error = await failureOf(submit());
    expect(error).toMatchObject({ code: 'provider_rate_limited', disposition: 'again' });
    expect(error.concurrency).toEqual({ current: 0, maximum: 0 });
  });

  it('that the vendor says was not charged is tried anew', async () => {
    const { submit } = await setUp({ faults: { errorNotCharged: 1 } });
    expect(await failureOf(submit())).toMatchObject({ disposition: 'attempt', charged: 'no' });
  });

  it('with request ids that are too old is tried anew without them', async () => {
    const { elevenlabs, context, workspace, recipe, voice } = await setUp();
    const request = elevenlabs.request(workspace, recipe({ voice }), {
      previousRequestIds: ['nobody-knows-it'],
      nextRequestIds: [],
    });
    expect(await failureOf(elevenlabs.submit(context, request, null))).toMatchObject({
      disposition: 'attempt',
      charged: 'no',
    });
  });
});

describe('a lost answer', () => {
  it.each(['cutAfter', 'errorAfter'] as const)('by %s is found in the history and paid for once', async (fault) => {
    const { submit, elevenlabs, context, lost, download, server } = await setUp({ faults: { [fault]: 1 } });
    const call = lost();
    expect(await failureOf(submit())).toMatchObject({ charged: 'unknown', disposition: 'unknown' });
    const findings = await present(elevenlabs.find)(context, call);
    if (findings.kind !== 'found') throw new Error(findings.message);
    const [row] = server.ledger();
    expect(findings.status).toMatchObject({
      kind: 'completed',
      vendorId: row?.id,
      chargedCredits: row?.chargedCredits,
    });
    expect(sha256(await download(completedOf(findings.status).audioUrl))).toBe(row?.audioSha256);
  });

  it('of two identical texts is found once each', async () => {
    const { submit, elevenlabs, context, lost, server } = await setUp({ faults: { cutAfter: 1 } });
    const call = lost();
    await Promise.all([failureOf(submit()), failureOf(submit())]);
    const taken = new Set<string>();
    for (let turn = 0; turn < 2; turn += 1) {
      const findings = await present(elevenlabs.find)(context, { ...call, isTaken: (id) => taken.has(id) });
      if (findings.kind !== 'found') throw new Error(findings.message);
      taken.add(findings.status.vendorId ?? '');
    }
    expect([...taken].toSorted()).toEqual(
      server
        .ledger()
        .map(({ id }) => id)
        .toSorted(),
    );
    expect(await present(elevenlabs.find)(context, { ...call, isTaken: (id) => taken.has(id) })).toMatchObject({
      kind: 'absent',
      balanceNow: 24,
    });
  });

  it('is found by a computer whose clock is hours off', async () => {
    const clock = createStillClock();
    const { context, lost, server, voice } = await setUp({}, {}, clock);
    server.addHistory([{ at: clock.now(), text, voiceId: voice }]);
    for (const hours of [-5, 5]) {
      const now = () => clock.now() + hours * 3_600_000;
      const { elevenlabs } = adapterAt(server.baseUrl, {}, now);
      const findings = await present(elevenlabs.find)(context, lost({}, { submittedAt: now() }));
      expect(findings.kind).toBe('found');
    }
  });

  it('cannot be looked for without the right to read the history', async () => {
    const { elevenlabs, context, lost } = await setUp({ scopes: ['text_to_speech'] });
    expect(await failureOf(present(elevenlabs.find)(context, lost()))).toMatchObject({
      code: 'history_unavailable',
      disposition: 'permanent',
      charged: 'unknown',
    });
  });
});

describe('a flow', () => {
  it('is waited for, fetched from another host without the key, and its price learned from the history', async () => {
    const { submit, poll, download, server } = await setUp({}, { route: 'flows' });
    const sent = await submit();
    expect(sent).toMatchObject({ kind: 'processing', chargedCredits: null });
    const flowId = sent.vendorId ?? '';
    await expect.poll(async () => (await poll(flowId)).kind).toBe('completed');
    const status = completedOf(await poll(flowId));
    const [row] = server.ledger();
    expect(status).toMatchObject({ vendorId: row?.flowId, chargedCredits: row?.chargedCredits });
    expect(new URL(status.audioUrl).origin).toBe(server.otherOrigin);
    expect(sha256(await download(status.audioUrl))).toBe(row?.audioSha256);
    expect(server.seenKeys()).toEqual([]);
  });

  it('that failed was not charged', async () => {
    const { submit, poll } = await setUp({ faults: { flowFailed: 1 } }, { route: 'flows' });
    const flowId = (await submit()).vendorId ?? '';
    await expect.poll(async () => (await poll(flowId)).kind).toBe('failed');
    expect(await poll(flowId)).toMatchObject({
      chargedCredits: 0,
      refundedCredits: 0,
      message: expect.stringMatching(/It was not charged\.$/),
    });
  });

  it('whose answer was lost is found in the history and followed by its id there', async () => {
    const { submit, poll, elevenlabs, context, lost, download, server } = await setUp(
      { faults: { cutAfter: 1 }, processingInHistory: true },
      { route: 'flows' },
    );
    const call = lost();
    await failureOf(submit());
    const findings = await present(elevenlabs.find)(context, call);
    if (findings.kind !== 'found') throw new Error(findings.message);
    const id = findings.status.vendorId ?? '';
    await expect.poll(async () => (await poll(id)).kind).toBe('completed');
    const status = completedOf(await poll(id));
    expect(sha256(await download(status.audioUrl))).toBe(server.ledger()[0]?.audioSha256);
  });
});

describe('the account', () => {
  it('has models whose rules and prices are those of the vendor', async () => {
    const { elevenlabs, context, workspace, recipe, submit, voice } = await setUp();
    const rates = { ...unknownRates, models: await present(elevenlabs.models)(context) };
    for (const { modelId, textLimit } of rates.models) {
      expect(elevenlabs.textRules(workspace, voice, modelId, rates).limit).toBe(textLimit);
      const status = audioOf(await submit({ model: modelId }));
      await gather(status.body);
      expect(elevenlabs.estimateCredits(recipe({ model: modelId }), rates)).toBe(status.chargedCredits);
    }
  });

  it('lists its voices, and searches and adds those of the library', async () => {
    const { elevenlabs, context, server } = await setUp();
    const voices = await elevenlabs.voices(context);
    expect(voices.map(({ voiceId }) => voiceId)).toEqual(
      expect.arrayContaining(server.voices().map((one) => one.voiceId)),
    );
    expect(voices.find(({ name }) => name === 'Harbour Master')).toMatchObject({
      priceMultiplier: 2,
      noticePeriodDays: 90,
      isOwn: false,
    });
    expect(voices.find(({ category }) => category === 'cloned')).toMatchObject({ isOwn: true, priceMultiplier: 1 });
    const library = present(elevenlabs.library);
    const [first, second] = [await library(context, { page: 0 }), await library(context, { page: 1 })];
    expect(first.hasMore).toBe(true);
    expect(second.hasMore).toBe(false);
    const added = second.voices[0];
    const id = await present(elevenlabs.addFromLibrary)(context, added?.libraryId ?? '', 'Ours');
    expect((await elevenlabs.voices(context)).find(({ voiceId }) => voiceId === id)?.name).toBe('Ours');
  });

  it('tells what it used, in all and by day', async () => {
    const { elevenlabs, context, submit, server } = await setUp();
    await gather(audioOf(await submit()).body);
    await gather(audioOf(await submit({ model: 'eleven_flash_v2_5' })).body);
    const account = await present(elevenlabs.readAccount)(context);
    expect(account).toMatchObject({ usedCredits: 18, limitCredits: 600_000, plan: 'pro' });
    const today = new Date().toISOString().slice(0, 10);
    const range = { from: today, to: today };
    const sum = (rows: readonly { readonly credits: number | null }[]) =>
      rows.reduce((total, { credits }) => total + (credits ?? 0), 0);
    const rows = await present(elevenlabs.usage)(context, range);
    expect(rows.map(({ model }) => model)).toEqual(
      expect.arrayContaining(['eleven_multilingual_v2', 'eleven_flash_v2_5']),
    );
    expect(sum(rows)).toBe(18);
    server.change({ scopes: ['user_read'] });
    const byVoice = await present(elevenlabs.usage)(context, range);
    expect(byVoice).toHaveLength(1);
    expect(sum(byVoice)).toBe(18);
  });

  it('has a history that can be paged through from its newest item to its oldest, with audio on demand', async () => {
    const { elevenlabs, context, server, voice } = await setUp();
    const at = Date.now() - 100_000;
    const added = server.addHistory(
      Array.from({ length: 7 }, (_, index) => ({
        at: at + index * 1000,
        text: `Line ${index}.`,
        voiceId: voice,
        format: 'pcm_16000',
      })),
    );
    const texts: string[] = [];
    let cursor: string | null = null;
    do {
      const page: VendorHistoryPage = await present(elevenlabs.history)(context, { cursor, limit: 3 });
      texts.push(...page.items.map((item) => item.text));
      cursor = page.cursor;
    } while (cursor !== null);
    expect(texts).toEqual([6, 5, 4, 3, 2, 1, 0].map((index) => `Line ${index}.`));
    const audio = await gather(await present(elevenlabs.historyAudio)(context, added[0]?.id ?? ''));
    expect(readWav(audio)).toMatchObject({ ok: true, layout: { sampleRate: 16_000 } });
  });

  it('is tested scope by scope', async () => {
    const { elevenlabs, context, server } = await setUp();
    expect((await elevenlabs.test(context)).ok).toBe(true);
    server.change({ scopes: ['text_to_speech', 'voices_read'] });
    const { checks } = await elevenlabs.test(context);
    expect(checks.flatMap(({ missing }) => missing ?? [])).toEqual(['models_read', 'user_read', 'speech_history_read']);
    expect(server.ledger()).toEqual([]);
  });
});
