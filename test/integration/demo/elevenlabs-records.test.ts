/** What the fake of ElevenLabs keeps beside its books: history, flows and voices. */
import { describe, expect, it } from 'vitest';
import { bytesOf, Flow, setUp, sha256 } from './elevenlabs-setup.ts';

describe('the history', () => {
  it('shows a call only when its delay is over, then gives its audio out for nothing', async () => {
    const { clock, server, call, speak, history } = await setUp();
    await speak('Spring is here.');
    const [row] = server.ledger();
    expect((await history()).history).toEqual([]);
    expect((await call('GET', `/v1/history/${row?.id ?? ''}`)).status).toBe(404);
    clock.advance(500);
    expect((await history()).history).toMatchObject([
      {
        history_item_id: row?.id,
        text: 'Spring is here.',
        state: 'created',
        character_count_change_from: 0,
        character_count_change_to: 15,
      },
    ]);
    const audio = await bytesOf(await call('GET', `/v1/history/${row?.id ?? ''}/audio`));
    expect(sha256(audio)).toBe(row?.audioSha256);
    expect(server.ledger()).toHaveLength(1);
  });

  it('shows it as processing meanwhile where it is told to', async () => {
    const { clock, speak, history } = await setUp({ processingInHistory: true });
    await speak('Spring is here.');
    expect((await history()).history).toMatchObject([{ state: 'processing' }]);
    clock.advance(500);
    expect((await history()).history).toMatchObject([{ state: 'created' }]);
  });

  it('never hears of a call without logging', async () => {
    const { clock, server, speak, history } = await setUp({ tier: 'enterprise' });
    const answer = await speak('Secret.', { query: '?enable_logging=false' });
    expect(answer.headers.get('history-item-id')).toBeNull();
    clock.advance(60_000);
    expect((await history()).history).toEqual([]);
    expect(server.ledger()).toMatchObject([{ chargedCredits: 7 }]);
  });

  it('is paged newest first without a gap, and filtered', async () => {
    const { server, history, voice } = await setUp();
    const other = server.voices()[1]?.voiceId ?? '';
    const at = Date.UTC(2025, 10, 1);
    server.addHistory(
      Array.from({ length: 7 }, (_, index) => ({
        at: at + index * 1000,
        text: `Item ${index}`,
        voiceId: index % 2 === 0 ? voice : other,
        source: index === 3 ? ('Flows' as const) : ('TTS' as const),
      })),
    );
    const seen: string[] = [];
    let page = await history('?page_size=3');
    seen.push(...page.history.map(({ text }) => text));
    while (page.has_more) {
      page = await history(`?page_size=3&start_after_history_item_id=${page.last_history_item_id ?? ''}`);
      seen.push(...page.history.map(({ text }) => text));
    }
    expect(seen).toEqual([6, 5, 4, 3, 2, 1, 0].map((index) => `Item ${index}`));
    expect(page.scanned_until).toBe(at / 1000);
    const texts = async (query: string) => (await history(query)).history.map(({ text }) => text);
    expect(await texts(`?voice_id=${other}`)).toEqual(['Item 5', 'Item 3', 'Item 1']);
    expect(await texts('?source=Flows')).toEqual(['Item 3']);
    expect(await texts('?search=item+4')).toEqual(['Item 4']);
    expect(await texts(`?date_after_unix=${at / 1000 + 5}&date_before_unix=${at / 1000 + 6}`)).toEqual(['Item 5']);
    expect((await texts('?sort_direction=asc'))[0]).toBe('Item 0');
    expect(server.ledger()).toEqual([]);
  });

  it('forgets a deleted item, but the books do not', async () => {
    const { clock, server, call, speak, history } = await setUp();
    await speak('Gone tomorrow.');
    clock.advance(500);
    const id = server.ledger()[0]?.id ?? '';
    expect(await (await call('DELETE', `/v1/history/${id}`)).json()).toEqual({ status: 'ok' });
    expect((await history()).history).toEqual([]);
    expect(server.ledger()).toHaveLength(1);
  });

  it('hands several items out as one ZIP, and complains flat about unknown ones', async () => {
    const { server, call, voice } = await setUp();
    const ids = server
      .addHistory(['One.', 'Two.'].map((text, index) => ({ at: index + 1, text, voiceId: voice })))
      .map(({ id }) => id);
    const zip = await call('POST', '/v1/history/download', { history_item_ids: ids });
    expect(zip.headers.get('content-type')).toBe('application/zip');
    expect(
      Buffer.from(await zip.arrayBuffer())
        .subarray(0, 2)
        .toString('latin1'),
    ).toBe('PK');
    const unknown = await call('POST', '/v1/history/download', { history_item_ids: ['x'] });
    expect(unknown.status).toBe(400);
    expect(await unknown.json()).toMatchObject({ error: 'history_items_not_found' });
  });
});

describe('a flow', () => {
  const order = (voice: string) => ({ text: 'Spring is here.', voice, model_id: 'eleven_multilingual_v2' });

  it('is billed at once and ends with content on the other host', async () => {
    const { clock, server, call, json, voice } = await setUp();
    const created = Flow.parse(await json('POST', '/v1/flows/text-to-speech', order(voice)));
    expect(created.status).toBe('pending');
    clock.advance(1000);
    const done = Flow.parse(await json('GET', `/v1/flows/text-to-speech/${created.id}`));
    const [row] = server.ledger();
    expect(row).toMatchObject({ flowId: created.id, source: 'Flows', chargedCredits: 15 });
    const audio = await call('GET', done.content_url ?? '', undefined, { key: null });
    expect(sha256(await bytesOf(audio))).toBe(row?.audioSha256);
    expect(server.seenKeys()).toEqual([]);
    expect(await json('GET', '/v1/flows/text-to-speech?page_size=1')).toMatchObject({
      generations: [{ id: created.id, status: 'completed' }],
      has_more: false,
      next_cursor: null,
    });
  });

  it('that fails is paid back and stays out of the history', async () => {
    const { clock, server, json, history, subscription, voice } = await setUp({ faults: { flowFailed: 1 } });
    const { id } = Flow.parse(await json('POST', '/v1/flows/text-to-speech', order(voice)));
    clock.advance(60_000);
    expect(await json('GET', `/v1/flows/text-to-speech/${id}`)).toMatchObject({
      status: 'failed',
      failure_reason: expect.any(String) as string,
    });
    expect(server.ledger()).toMatchObject([{ chargedCredits: 15, refundedCredits: 15 }]);
    expect(await subscription()).toMatchObject({ character_count: 0 });
    expect((await history()).history).toEqual([]);
  });

  it('gives a fresh address when one has expired', async () => {
    const { clock, json, call, voice } = await setUp({ faults: { flowAudioExpired: 1 } });
    const { id } = Flow.parse(await json('POST', '/v1/flows/text-to-speech', order(voice)));
    clock.advance(1000);
    const download = async () => {
      const { content_url: url = '' } = Flow.parse(await json('GET', `/v1/flows/text-to-speech/${id}`));
      return (await call('GET', url, undefined, { key: null })).status;
    };
    expect([await download(), await download(), await download()]).toEqual([403, 403, 200]);
  });

  it('takes no fields of the other way', async () => {
    const { call, voice } = await setUp();
    const answer = await call('POST', '/v1/flows/text-to-speech', { ...order(voice), seed: 3 });
    expect(answer.status).toBe(422);
  });
});

describe('the voices', () => {
  it('are paged and filtered', async () => {
    const { json } = await setUp();
    const first = await json('GET', '/v2/voices?page_size=5');
    expect(first).toMatchObject({ has_more: true, total_count: 12 });
    const token = (first as { next_page_token: string }).next_page_token;
    expect(await json('GET', `/v2/voices?page_size=100&next_page_token=${token}`)).toMatchObject({ has_more: false });
    expect(await json('GET', '/v2/voices?category=cloned')).toMatchObject({
      voices: [{ name: 'Northwind House Voice', is_owner: true }],
    });
    expect(await json('GET', '/v2/voices?search=harbour&include_custom_rates=false')).toMatchObject({ voices: [] });
  });

  it('can be added from the library, and then spoken with', async () => {
    const { json, speak } = await setUp();
    const page = (await json('GET', '/v1/shared-voices?page_size=1&page=2')) as {
      voices: { voice_id: string; public_owner_id: string }[];
    };
    const { voice_id: id = '', public_owner_id: owner = '' } = page.voices[0] ?? {};
    expect((await speak('Hello.', { voice: id })).status).toBe(404);
    await json('POST', `/v1/voices/add/${owner}/${id}`, { new_name: 'Our new voice' });
    expect(await json('GET', `/v1/voices/${id}`)).toMatchObject({ name: 'Our new voice' });
    expect((await speak('Hello.', { voice: id })).status).toBe(200);
  });
});
