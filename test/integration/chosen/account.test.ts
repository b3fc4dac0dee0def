import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { VendorHistoryPage, VendorItem } from '#engine/providers/provider.ts';
import { completed, createManualClock, failureOf, setUp } from './setup.ts';

const listPath = '/api/generations?cursor={cursor}';
const shapes = ['plain', 'snake', 'nested'] as const;
const permanent = { phase: 'connect', charged: 'no', disposition: 'permanent' };

/** Answers every GET with one text and keeps what was asked. */
const saying = async (text: string) => {
  const asked: string[] = [];
  const host = createServer((req, res) => {
    asked.push(req.url ?? '');
    res.end(text);
  });
  await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void host.close());
  return { asked, baseUrl: `http://127.0.0.1:${(host.address() as AddressInfo).port}` };
};

describe('the history', () => {
  it('is our own ledger where the workspace names no list, and nothing is asked', async () => {
    const { chosen, context, server } = await setUp({ hasList: true });
    const failure = await failureOf(Promise.resolve(chosen.history?.(context, { cursor: null, limit: 10 })));
    expect(failure).toMatchObject({ ...permanent, code: 'history_unavailable' });
    expect(failure.message).toMatch(/own ledger.*setting listPath/);
    expect(chosen.abilities.remoteHistory).toBe(false);
    expect(server.counts()['lists']).toBeUndefined();
  });

  it.each(shapes)('is read page by page, newest first, in the shape %s', async (shape) => {
    const clock = createManualClock();
    const { chosen, context, server, submit } = await setUp(
      { hasList: true, shape, listPageSize: 2, serviceTimeMs: 0, mode: 'processing' },
      { listPath },
      clock,
    );
    for (const text of ['One.', 'Two.', 'Three.', 'Four.', 'Five.']) {
      await submit(text);
      clock.advance(1000);
    }
    const items: VendorItem[] = [];
    let cursor: string | null = null;
    let pages = 0;
    do {
      const page: VendorHistoryPage | undefined = await chosen.history?.(context, { cursor, limit: 2 });
      items.push(...(page?.items ?? []));
      cursor = page?.cursor ?? null;
      pages += 1;
    } while (cursor !== null);
    expect(pages).toBe(3);
    expect(items.map(({ text }) => text)).toEqual(['Five.', 'Four.', 'Three.', 'Two.', 'One.']);
    const books = new Map(server.ledger().map((row) => [row.id, row]));
    for (const item of items)
      expect(item).toMatchObject({
        at: books.get(item.vendorItemId)?.createdAt,
        voiceName: 'Nova',
        credits: books.get(item.vendorItemId)?.chargedCredits,
        state: 'COMPLETED',
      });
  });

  it('ends where it is known already', async () => {
    const clock = createManualClock();
    const { chosen, context, submit } = await setUp(
      { hasList: true, listPageSize: 2, serviceTimeMs: 0, mode: 'processing' },
      { listPath },
      clock,
    );
    for (const text of ['One.', 'Two.', 'Three.']) {
      await submit(text);
      clock.advance(1000);
    }
    const fromAt = clock.now() - 1500;
    const page = await chosen.history?.(context, { cursor: null, limit: 2, fromAt });
    expect(page).toMatchObject({ items: [{ text: 'Three.' }], cursor: null });
  });

  it('counts what failed as refunded', async () => {
    const { chosen, context, submit } = await setUp({ hasList: true, faults: { failed: 1 } }, { listPath });
    expect(await submit('This one fails.')).toMatchObject({ kind: 'failed' });
    const page = await chosen.history?.(context, { cursor: null, limit: 2 });
    expect(page?.items).toMatchObject([{ text: 'This one fails.', credits: 0, state: 'FAILED' }]);
  });

  it('has the audio of an entry, by its id', async () => {
    const { chosen, context, server, submit } = await setUp({ hasList: true }, { listPath });
    completed(await submit('Heard again.'));
    const [item] = (await chosen.history?.(context, { cursor: null, limit: 1 }))?.items ?? [];
    const hash = createHash('sha256');
    for await (const chunk of (await chosen.historyAudio?.(context, item?.vendorItemId ?? '')) ?? [])
      hash.update(chunk);
    expect(hash.digest('hex')).toBe(server.ledger()[0]?.audioSha256);
  });

  it('asks for the first page without an empty cursor, and for as many as wanted', async () => {
    const { asked, baseUrl } = await saying('[]');
    const { chosen, context, workspace } = await setUp();
    const read = (path: string, cursor: string | null) =>
      chosen.history?.(
        { ...context, workspace: { ...workspace, baseUrl, settings: { listPath: path } } },
        { cursor, limit: 7 },
      );
    expect(await read('/l?cursor={cursor}&take={limit}', null)).toEqual({ items: [], cursor: null });
    await read('/l?take={limit}&after={cursor}', null);
    await read('/l?take={limit}&after={cursor}', 'a b&c');
    expect(asked).toEqual(['/l?take=7', '/l?take=7', '/l?take=7&after=a%20b%26c']);
  });

  it.each([
    ['nonsense', /not with JSON/],
    ['{"ok":true}', /without a list of generations/],
    ['[{"text":"x","createdAt":"2026-01-01"}]', /without an id in entry 1/],
    ['{"items":[{"id":1,"createdAt":5},{"id":2,"createdAt":"soon"}]}', /without a time in entry 2/],
  ])('is told to be unreadable where the answer is %s', async (text, message) => {
    const { baseUrl } = await saying(text);
    const { chosen, context, workspace } = await setUp();
    const failure = await failureOf(
      Promise.resolve(
        chosen.history?.(
          { ...context, workspace: { ...workspace, baseUrl, settings: { listPath } } },
          { cursor: null, limit: 5 },
        ),
      ),
    );
    expect(failure).toMatchObject({ code: 'bad_response', charged: 'no' });
    expect(failure.message).toMatch(message);
  });

  it('says which setting is wrong when nothing lies at its path', async () => {
    const { chosen, context } = await setUp({}, { listPath });
    const failure = await failureOf(Promise.resolve(chosen.history?.(context, { cursor: null, limit: 5 })));
    expect(failure).toMatchObject({ code: 'not_found', charged: 'no', disposition: 'permanent' });
    expect(failure.message).toContain('setting listPath');
  });
});

describe('the account', () => {
  it('is what this app has seen where the workspace names no place for it', async () => {
    const { chosen, context, server } = await setUp({ hasAccount: true });
    const failure = await failureOf(Promise.resolve(chosen.readAccount?.(context)));
    expect(failure).toMatchObject({ ...permanent, code: 'not_found' });
    expect(failure.message).toContain('seen by this app');
    expect(server.counts()['lists']).toBeUndefined();
  });

  it.each(shapes)('is read in the shape %s, and its plan wins over the one that was chosen', async (shape) => {
    const { chosen, context, submit } = await setUp(
      { hasAccount: true, shape, balance: 1000, plan: 'business' },
      { accountPath: '/api/account', plan: 'pro' },
    );
    await submit('Ten chars.');
    const reading = await chosen.readAccount?.(context);
    expect(reading).toMatchObject({ remainingCredits: 990, plan: 'business', subscription: null });
    if (shape === 'snake') expect(reading).toMatchObject({ usedCredits: 10, limitCredits: 1000, resetAt: null });
    else expect(new Date(reading?.resetAt ?? 0).toISOString()).toMatch(/-01T00:00:00\.000Z$/);
  });

  it('has the plan that was chosen where the vendor tells none', async () => {
    const { baseUrl } = await saying('{"credits": "-12.5"}');
    const { chosen, context, workspace } = await setUp();
    const settings = { accountPath: '/me', plan: 'Scale' };
    const reading = await chosen.readAccount?.({ ...context, workspace: { ...workspace, baseUrl, settings } });
    expect(reading).toMatchObject({ remainingCredits: -12.5, plan: 'scale' });
  });

  it('is told to be unreadable where the answer has neither balance nor plan, and refused with a wrong key', async () => {
    const { baseUrl } = await saying('{"name":"Agency"}');
    const { chosen, context, workspace } = await setUp({ hasAccount: true }, { accountPath: '/api/account' });
    const elsewhere = { ...workspace, baseUrl, settings: { accountPath: '/me' } };
    const failure = await failureOf(Promise.resolve(chosen.readAccount?.({ ...context, workspace: elsewhere })));
    expect(failure).toMatchObject({ code: 'bad_response', disposition: 'again' });
    expect(failure.message).toContain('without a balance or a plan');
    expect(await failureOf(Promise.resolve(chosen.readAccount?.({ ...context, key: 'wrong' })))).toMatchObject({
      code: 'key_refused',
      disposition: 'permanent',
    });
  });
});
